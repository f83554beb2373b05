"""The funnel plot and the registry of figures."""

import re
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from spm.errors import SpmError
from spm.presentation.chapter import Kapitel
from spm.presentation.figures import funnel
from spm.presentation.figures.figure import Figure
from spm.presentation.figures.funnel import draw_funnel, outliers
from spm.presentation.figures.kinds import FIGURES, kind_of
from spm.published import DEUTLICH_UEBER, DEUTLICH_UNTER, GESPERRT, UEBER, UNTER
from tests.presentation_sample import kennzahl, sicht

RATE = {"art": "rate", "faktor": 1000, "einheit": "je 1.000"}


def svg(view, tmp_path):
    path = tmp_path / "trichter.svg"
    draw_funnel(view).save(path)
    return path.read_text(encoding="utf-8")


def changed(view, raum, **numbers):
    rows = dict(view.rows)
    rows[raum, view.year] = rows[raum, view.year]._replace(**numbers)
    return replace(view, rows=rows)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_limits_of_a_share_are_those_of_the_score_test(level):
    view = sicht(7)
    p = view.total.wert / 100
    z = stats.norm.ppf((1 + level) / 2)
    for side, sign in zip(funnel._limits(view, level, 1500.0), (-1, 1), strict=True):
        for n, y in side:
            wanted = p + sign * z * np.sqrt(p * (1 - p) / n)
            assert y == pytest.approx(100 * min(max(wanted, 0), 1), abs=1e-9)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_at_the_limits_of_a_rate_the_tail_has_its_probability(level):
    view = sicht(7, kennzahl(**RATE))
    average, tail = view.total.wert / 1000, (1 - level) / 2
    lower, upper = funnel._limits(view, level, 1500.0)
    assert len(lower) > 50 and len(upper) > 50
    for n, y in lower:
        assert stats.poisson.cdf(round(y / 1000 * n), average * n) == pytest.approx(tail, rel=1e-3)
    for n, y in upper:
        events = round(y / 1000 * n)
        assert stats.poisson.sf(events - 1, average * n) == pytest.approx(tail, rel=1e-3)


def test_areas_outside_are_found_as_by_scipy():
    view = sicht(40)
    p = view.total.wert / 100
    found = outliers(view)
    for row in view.published:
        z = (row.zaehler / row.nenner - p) / np.sqrt(p * (1 - p) / row.nenner)
        inner, outer = (stats.norm.ppf(x) for x in (0.975, 0.999))
        classes = {DEUTLICH_UEBER: z > outer, UEBER: outer >= z > inner}
        classes |= {UNTER: -outer <= z < -inner, DEUTLICH_UNTER: z < -outer}
        assert found.get(row.raum) == next((k for k, there in classes.items() if there), None)
    assert found


@pytest.mark.parametrize("n", [1, 7, 86])
@pytest.mark.parametrize("entry", [kennzahl(), kennzahl(**RATE)], ids=["share", "rate"])
def test_any_number_of_areas(n, entry, tmp_path):
    view = sicht(n, entry)
    picture = svg(view, tmp_path)
    assert picture == svg(view, tmp_path)
    assert "nan" not in picture.lower().replace("finance", "")
    assert len(FIGURES["trichter"].alt_text(view)) <= 300


def test_suppressed_areas_leave_no_trace(tmp_path):
    """Whatever stood in them: the same bytes; and neither name nor number of them."""
    names = [f"Raum {i}" for i in range(1, 7)] + ["Verborgenhausen"]
    view = sicht(7, names=names, hidden=[(None, "7", 2023, GESPERRT)])
    other = changed(view, "7", zaehler=9.0, nenner=4000.0, wert=0.2)
    pictures = [svg(v, tmp_path) for v in (view, other)]
    assert pictures[0] == pictures[1]
    text = "".join(re.findall(r">([^<]+)<", pictures[0]))
    assert "Verborgenhausen" not in text and "1 aus Gründen der Geheimhaltung" in text
    alt = FIGURES["trichter"].alt_text(view)
    assert "Verborgenhausen" not in alt and "1 ohne Wert" in alt


def test_without_a_value_of_the_municipality_there_are_no_limits(tmp_path):
    view = sicht(7, hidden=[(None, "gesamt", 2023, GESPERRT)])
    assert outliers(view) == {}
    assert "keine Grenzen" in "".join(re.findall(r">([^<]+)<", svg(view, tmp_path)))
    assert "Grenzen von" not in FIGURES["trichter"].alt_text(view)


@pytest.mark.filterwarnings("error:divide by zero")
@pytest.mark.parametrize("entry", [kennzahl(), kennzahl(**RATE)], ids=["share", "rate"])
def test_where_nothing_happened_nothing_scatters(entry, tmp_path):
    view = sicht(3, entry)
    for raum in ("1", "2", "3", "gesamt"):
        view = changed(view, raum, zaehler=0.0, wert=0.0, ki_unten=0.0)
    assert "Ohne einen Fall" in "".join(re.findall(r">([^<]+)<", svg(view, tmp_path)))
    assert outliers(view) == {}


@pytest.mark.parametrize("art", ["anzahl", "quotient", "saldo", "veraenderung", "messwert"])
def test_only_shares_and_rates_have_a_funnel(art):
    with pytest.raises(SpmError, match="nur für Anteile und Raten") as error:
        draw_funnel(sicht(7, kennzahl(art=art)))
    assert "kapitel.trichter" in str(error.value) and "kapitel.balken" in str(error.value)


def chapter(view):
    return Kapitel("sgb2", [view], lambda key: view, lambda v: [], lambda v: {})


def test_a_notebook_shows_it_with_its_text_and_its_numbers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    view = sicht(7)
    key = view.indicator.id
    block = chapter(view).trichter(key)
    assert block.markdown == chapter(view).abbildung("trichter", key).markdown
    assert f"figures/{key}-trichter.svg" in block.markdown
    assert f"#fig-{key.replace('_', '-')}-trichter" in block.markdown
    assert "Trichterdiagramm" in block.markdown and "im Vergleich" in block.markdown


def test_a_kind_that_does_not_exist(tmp_path):
    with pytest.raises(SpmError, match="«trichtr» gibt es nicht") as error:
        chapter(sicht(7)).abbildung("trichtr", "x")
    assert "trichter" in str(error.value)


def test_a_new_kind_is_a_line(tmp_path, monkeypatch):
    """Whatever stands in the registry can be shown, with gaps told as of the others."""
    monkeypatch.chdir(tmp_path)
    drawn = kind_of("balken").draw
    monkeypatch.setitem(FIGURES, "punkte", Figure("punkte", drawn, lambda view: "Punkte."))
    view = sicht(3)
    assert "-punkte.svg" in chapter(view).abbildung("punkte", view.indicator.id).markdown
    empty = sicht(3, hidden=[(None, None, None, GESPERRT)])
    assert "punkte" not in chapter(empty).abbildung("punkte", view.indicator.id).markdown
