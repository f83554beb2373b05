"""Values of other places in figures, sentences and tables, and where they must not be."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from spm.presentation.blocks import plain
from spm.presentation.comparisons import compared
from spm.presentation.figures.bars import draw_bars
from spm.presentation.pages import matter
from spm.presentation.tables import crosstable
from spm.presentation.views import Place
from spm.presentation.wording import alttext
from spm.presentation.wording.comparison import for_comparison
from spm.presentation.wording.grammar import for_municipality, in_municipality, in_place
from spm.published import ComparisonValue
from tests.presentation_sample import sicht

KREIS = ComparisonValue("Kreis Lippe", 2023, 14.1, "Landesamt", "Kreis")
LAND = ComparisonValue("Nordrhein-Westfalen", 2023, 16.2, "Landesamt", "Land")


def everything(view) -> str:
    """All that a reader could see of another place."""
    figure = draw_bars(view)
    drawn = [t.get_text() for t in figure.axes.get_children() if hasattr(t, "get_text")]
    blocks = [crosstable.comparisons([view], "sgb2"), matter.comparisons({"sgb2": [view]})]
    texts = [for_comparison(view), alttext.of_bars(view), *drawn, *(b.markdown for b in blocks)]
    return plain(" ".join(texts))


def test_the_reporting_year_is_shown_everywhere():
    text = everything(compared(sicht(), [KREIS, LAND]))
    for part in ("14,10 %", "16,20 %", "Kreis Lippe 14,10 %", "Landesamt", "Nordrhein-Westfalen"):
        assert part in text.replace("\u00a0", " ")


@pytest.mark.parametrize("status", ["gesperrt", "absender_gesperrt", "nicht_geliefert"])
def test_no_value_stands_beside_an_unpublished_total(status):
    """The Kreis minus the other municipalities would tell it."""
    hidden = sicht(hidden=[(None, "gesamt", 2023, status)])
    text = everything(compared(hidden, [KREIS, LAND]))
    assert "14,10" not in text and "Kreis Lippe" not in text and "Landesamt" not in text
    earlier = KREIS._replace(jahr=2022)
    assert compared(hidden, [earlier]).elsewhere == (earlier,)
    hidden = sicht(hidden=[(None, "gesamt", 2022, status)])
    assert compared(hidden, [earlier]).elsewhere == ()


def test_a_suppressed_year_is_not_replaced_by_an_older_one():
    hidden = sicht(hidden=[(None, "gesamt", 2023, "gesperrt")])
    assert compared(hidden, [KREIS._replace(jahr=2021), KREIS]).elsewhere == ()


def test_the_nearest_earlier_year_is_named():
    years = [KREIS._replace(jahr=year, wert=float(year - 2000)) for year in (2019, 2022, 2024)]
    view = compared(sicht(), years)
    assert [value.jahr for value in view.elsewhere] == [2022]
    assert "Kreis Lippe (2022) 22,00 %" in everything(view).replace("\u00a0", " ")


def test_pooled_values_are_not_compared_with_single_years():
    assert compared(sicht(fenster=3), [KREIS]).elsewhere == ()


def test_the_sentence_claims_nothing():
    view = compared(sicht(), [KREIS, LAND, KREIS._replace(gebiet="Höxter", jahr=2022, quelle="B.")])
    text = plain(for_comparison(view)).replace("\u00a0", " ")
    assert text == (
        "Zum Vergleich: Im Kreis Lippe lag der Wert 2023 bei 14,10 % und in Nordrhein-Westfalen "
        "bei 16,20 % (Quelle: Landesamt). In Höxter lag der Wert 2022 bei 14,10 % (Quelle: B)."
    )
    assert not any(word in text for word in ("höher", "niedriger", "über", "unter", "besser"))
    assert for_comparison(sicht()) == ""


def test_names_and_sources_are_escaped():
    nasty = KREIS._replace(gebiet="Kreis A|B <i>", quelle="*x* @fig-y")
    view = compared(sicht(), [nasty])
    source = crosstable.comparisons([view], "sgb2").markdown
    assert "A\\|B \\<i\\>" in source and "\\*x\\* \\@fig-y" in source


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 7, 16, 86])
@pytest.mark.parametrize(
    "values", [(14.1, 16.2, 15.5), (0.0, 95.0, 15.0), (40.0, 41.0, 42.0), (1.0, 1.0, 1.0)]
)
def test_labels_lie_neither_on_each_other_nor_outside(n, values):
    names = ["Kreis mit sehr langem Namen Nr. 12", "Nordrhein-Westfalen", "Detmold"]
    others = [
        KREIS._replace(gebiet=name, wert=value, jahr=2022)
        for name, value in zip(names, values, strict=True)
    ]
    canvas = draw_bars(compared(sicht(n), others))
    renderer = FigureCanvasAgg(canvas.figure).get_renderer()
    texts = [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]
    boxes = [t.get_window_extent(renderer).shrunk(0.98, 0.7) for t in texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert all(box.x0 >= -1 and box.x1 <= canvas.width + 1 for box in boxes)


@pytest.mark.parametrize(
    ("name", "where", "for_whom"),
    [
        ("Flensburg", "in Flensburg", "für Flensburg"),
        ("Kreis Lippe", "im Kreis Lippe", "für den Kreis Lippe"),
        ("Landkreis Harz", "im Landkreis Harz", "für den Landkreis Harz"),
        ("Rhein-Sieg-Kreis", "im Rhein-Sieg-Kreis", "für den Rhein-Sieg-Kreis"),
        ("Rhein-Kreis Neuss", "im Rhein-Kreis Neuss", "für den Rhein-Kreis Neuss"),
        ("Wetteraukreis", "im Wetteraukreis", "für den Wetteraukreis"),
        ("Märkischer Kreis", "im Märkischen Kreis", "für den Märkischen Kreis"),
        ("Städteregion Aachen", "in der Städteregion Aachen", "für die Städteregion Aachen"),
        ("Region Hannover", "in der Region Hannover", "für die Region Hannover"),
        ("Stadt Lemgo", "in der Stadt Lemgo", "für die Stadt Lemgo"),
        ("Kreuzau", "in Kreuzau", "für Kreuzau"),
        ("Amt Mitte", "im Amt Mitte", "für das Amt Mitte"),
    ],
)
def test_names_get_their_article(name, where, for_whom):
    assert plain(in_municipality(Place(name))) == where
    assert plain(for_municipality(Place(name))) == for_whom


@pytest.mark.parametrize(
    ("article", "where", "for_whom"),
    [
        ("der", "im Wesergau", "für den Wesergau"),
        ("die", "in der Wesergau", "für die Wesergau"),
        ("das", "im Wesergau", "für das Wesergau"),
        ("", "in Wesergau", "für Wesergau"),
    ],
)
def test_the_params_file_may_name_the_article(article, where, for_whom):
    ort = Place("Wesergau", article=article)
    assert (plain(in_municipality(ort)), plain(for_municipality(ort))) == (where, for_whom)


def test_places_to_compare_with_have_articles_too():
    assert plain(in_place("Saarland")) == "im Saarland"
    assert plain(in_place("Regierungsbezirk Detmold")) == "im Regierungsbezirk Detmold"
    assert plain(in_place("Deutschland")) == "in Deutschland"
