"""The allocation key as the Gesamtbild shows it: opt-in, complete, beside the plain key."""

import re
from dataclasses import replace

import pytest

from spm.config.allocation import Verteilung, check_allocation
from spm.errors import SpmError
from spm.presentation.synthesis.allocation import allocation
from spm.presentation.views import AreaRow
from tests.presentation_sample import kennzahl, sicht


def view(key: str, values, counts=None, smoothed=None, **changes):
    """An indicator with these values in 2023; None: suppressed."""
    entry = kennzahl(key, **changes)
    found = sicht(len(values), entry)
    rows = {}
    for i, value in enumerate(values):
        name = f"Sozialraum {i + 1}"
        if value is None:
            rows[str(i + 1), 2023] = AreaRow(str(i + 1), name, "gesperrt")
            continue
        rows[str(i + 1), 2023] = AreaRow(
            raum=str(i + 1),
            name=name,
            status="ok",
            zaehler=counts[i] if counts else None,
            wert=value,
            ki_unten=value - 1,
            ki_oben=value + 1,
            klasse="ueber" if i == 0 else "wie",
            geglaettet=smoothed[i] if smoothed else None,
        )
    return replace(found, rows=rows)


CHILDREN = view("anteil_u18", [20, 20, 20], [100.0, 200.0, 100.0], richtung="neutral")
POVERTY = view("sgb2_quote_u18", [20.0, 15.0, 10.0])
SECTION = Verteilung(kennzahlen=["sgb2_quote_u18"], menge=600)


def text(section: Verteilung | None, *views) -> str:
    block = allocation(section, {found.indicator.id: found for found in views})
    return block.markdown.replace("\u00a0", " ")


def test_the_key_is_opt_in() -> None:
    assert text(None, CHILDREN, POVERTY) == ""


def test_by_hand() -> None:
    """Weights 2, 1.5, 1 for 100, 200, 100 children: 200, 300, 100 of 600."""
    found = text(SECTION, CHILDREN, POVERTY)
    assert "| Sozialraum 1 | 100 | 2,00 | 150 | 200 |" in found
    assert "| Sozialraum 2 | 200 | 1,50 | 300 | 300 |" in found
    assert "| Sozialraum 3 | 100 | 1,00 | 150 | 100 |" in found and "| −50 |" in found
    assert "| **Musterstadt insgesamt** | **400** |  | **600** | **600** |" in found
    assert "**Rechenbeispiel:** So würden 600 Euro verteilt" in found
    assert "auf ganze Euro gerundet und ergeben zusammen 600." in found
    assert "mit den veröffentlichten Werten" in found and "kein gemessener Bedarf" in found


def test_areas_that_may_get_more_or_less_are_named() -> None:
    """The middle area weighs 1.5 and gets by heads what it gets by weight."""
    found = text(SECTION, CHILDREN, POVERTY)
    assert "Bei Sozialraum 2 ist nicht sicher, ob dort gewichtet mehr oder weniger" in found


def test_smoothed_values_come_first() -> None:
    smooth = view("sgb2_quote_u18", [20.0, 15.0, 10.0], smoothed=[18.0, 18.0, 12.0])
    found = text(SECTION, CHILDREN, smooth)
    assert "| Sozialraum 2 | 200 | 2,00 |" in found and "geglätteten Werten" in found


def test_an_indicator_with_a_gap_is_refused_and_told() -> None:
    both = Verteilung(kennzahlen=["sgb2_quote_u18", "seu_sprache"], menge=600)
    gap = view("seu_sprache", [30.0, None, 40.0], kurztitel="Sprache auffällig")
    found = text(both, CHILDREN, POVERTY, gap)
    assert "Nicht verwendet ist „Sprache auffällig“: Der Wert ist nicht für alle" in found
    assert "| Sozialraum 1 | 100 | 2,00 | 150 | 200 |" in found
    only = Verteilung(kennzahlen=["seu_sprache"], menge=600)
    assert "lässt sich deshalb nicht rechnen" in text(only, CHILDREN, gap)
    assert "@tbl" not in text(only, CHILDREN, gap) and "|" not in text(only, CHILDREN, gap)


def test_without_all_numbers_of_children_there_is_no_key() -> None:
    some = view("anteil_u18", [20, None, 20], [100.0, None, 100.0])
    assert "Die Zahl der Kinder ist nicht für alle" in text(SECTION, some, POVERTY)
    assert "Die Zahl der Kinder ist nicht für alle" in text(SECTION, POVERTY)


def test_half_posts() -> None:
    posts = Verteilung(kennzahlen=["sgb2_quote_u18"], menge=3, einheit="Stellen", schritt=0.5)
    found = text(posts, CHILDREN, POVERTY)
    given = [
        float(n.replace(",", ".")) for n in re.findall(r"\| \d,\d\d \| [\d,]+ \| ([\d,]+)", found)
    ]
    assert given == [1.0, 1.5, 0.5]


def test_a_flat_indicator_adds_no_weight_and_one_without_differences_is_doubted() -> None:
    flat = view("sgb2_quote_u18", [20.0, 15.0, 10.0], smoothed=[15.0, 15.0, 15.0])
    assert "Kein Gewicht ergibt" in text(SECTION, CHILDREN, flat)
    alike = replace(
        POVERTY, rows={at: row._replace(klasse="wie") for at, row in POVERTY.rows.items()}
    )
    assert "kein Unterschied nachweisbar" in text(SECTION, CHILDREN, alike)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kennzahlen": ["sgb2_quote_u81"]}, "Gemeint ist vielleicht «sgb2_quote_u18»"),
        ({"kennzahlen": ["anteil_u18"]}, "wird nicht gewertet"),
        ({"kennzahlen": ["faelle"]}, "ist eine Anzahl"),
        ({"kinder": "anteil_u81"}, "synthese.verteilung.kinder"),
    ],
)
def test_indicators_that_say_nothing_of_need_are_refused(changes, said: str) -> None:
    catalogue = {found.indicator.id: found.indicator for found in (CHILDREN, POVERTY)}
    catalogue["faelle"] = kennzahl("faelle", art="anzahl")
    section = Verteilung(**({"kennzahlen": ["sgb2_quote_u18"], "menge": 600} | changes))
    with pytest.raises(SpmError) as error:
        check_allocation(section, catalogue, "params/x.yml")
    assert said in str(error.value)


def test_parts_must_be_whole() -> None:
    with pytest.raises(ValueError, match="lässt sich nicht in Teile zu"):
        Verteilung(kennzahlen=["sgb2_quote_u18"], menge=1, schritt=0.3)
