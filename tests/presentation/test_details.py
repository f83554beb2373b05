"""The table behind a figure shows everything published about an indicator, and nothing else."""

from dataclasses import replace

from spm.presentation.tables.details import details
from spm.presentation.tables.offers import matrix
from spm.presentation.views import Change
from spm.published import GESAMT
from tests.presentation_sample import kennzahl, sicht


def lines(block):
    return [line for line in block.markdown.splitlines() if line.startswith("|")]


def test_counts_intervals_classes_and_changes_stand_side_by_side():
    view = sicht(3)
    rows = dict(view.rows)
    rows["1", 2023] = rows["1", 2023]._replace(klasse="deutlich_ueber", geglaettet=12.3)
    rows["2", 2023] = rows["2", 2023]._replace(klasse="wie")
    for key, year, by in (("1", 2018, -2.4), ("2", 2019, 0.5), (GESAMT, 2018, 1.4)):
        rows[key, year] = rows[key, year]._replace(wert=rows[key, 2023].wert + by)
    changes = {
        "1": Change(2018, 2023, 2.4, 1.0, 3.8, "gestiegen"),
        "2": Change(2019, 2023, -0.5, -2.0, 1.0, "unveraendert"),
        GESAMT: Change(2018, 2023, -1.4, -2.0, -0.8, "hinweis_rueckgang"),
    }
    block = details(replace(view, rows=rows, changes=changes))
    head, _, one, two, _, _, total = lines(block)
    assert "| Unterschied zur übrigen Kommune |" in head and "seit 2018" in head
    assert "↑↑\u00a0höher" in one and "12,30" in one and "↑\u00a0+2,40" in one
    assert (
        "| nicht nachweisbar |" in two
        and "| −0,50 |" in two
        and "für Sozialraum 2 seit 2019" in block.markdown
        and "+" not in two
    )
    assert "(↓)\u00a0−1,40" in total and total.startswith("| **")
    assert "ein Pfeil vor einer Veränderung heißt: sie ist nachweisbar" in block.markdown
    assert "ein Pfeil in Klammern: es gibt einen Hinweis" in block.markdown


def test_a_suppressed_area_has_its_sign_and_no_number():
    block = details(sicht(3, hidden=[(None, "2", 2023, "gesperrt")]))
    cells = [cell.strip() for cell in lines(block)[3].strip("|").split("|")]
    assert cells[0] == "Sozialraum 2" and cells.count("•") == 1
    assert all(cell in ("", "•") for cell in cells[1:])
    assert "aus Gründen der Geheimhaltung nicht gezeigt" in block.markdown


def test_a_count_has_no_empty_columns():
    count = kennzahl("einwohner", art="anzahl", einheit="Personen", nachkommastellen=0)
    head = lines(details(sicht(3, count)))[0]
    assert "geglättet" not in head and "Intervall" not in head and "Grundzahl" not in head


def test_offers_meet_need_where_a_difference_is_shown():
    phase = ["0 bis 2 Jahre"]
    offers = sicht(3, kennzahl("angebote", art="messwert", lebensphase=phase, einheit="je 1.000"))
    burden = sicht(3, kennzahl("last", richtung="belastend", lebensphase=phase))
    relief = sicht(3, kennzahl("gut", richtung="entlastend", lebensphase=phase))
    neutral = sicht(3, kennzahl("neutral", richtung="neutral", lebensphase=phase))
    other = sicht(3, kennzahl("spaeter", richtung="belastend", lebensphase=["Grundschule"]))

    def classed(view, klasse):
        rows = {k: r._replace(klasse=klasse) for k, r in view.rows.items() if k[0] == "1"}
        none = {k: r._replace(klasse=None) for k, r in view.rows.items() if k[0] != "1"}
        return replace(view, rows=rows | none)

    others = [classed(v, "ueber") for v in (burden, relief, neutral, other)]
    table = lines(matrix([offers], others, "angebote"))
    number = f"{offers.row('1').zaehler:.0f}"
    assert "0 bis 2 Jahre" in table[0]
    assert f"| {number}\u00a0(1/2) |" in table[2]  # higher burden counts, higher relief does not
    assert "(" not in table[3]
    assert not matrix([replace(offers, rows={})], others, "angebote")
