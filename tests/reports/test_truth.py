"""The demo report is true: its labels and sentences follow from its open data.

All of it is worked out again, from the CSV files alone and by code that shares nothing with the
program (``tests/truth.py``); where both differ, one of them is wrong.
"""

import random
import re
from collections import Counter
from types import SimpleNamespace

import lxml.html
import pytest

from tests import truth, truthoverall, truthsentences
from tests.reports.leaks import normal, tables_of_page

SEED, SENTENCES = 18, 100
CLOSE = 1e-4
"""Values are published with six digits after the point."""

CHAPTERS = "0*.html"
SIGNS = {"ueber": "", "unter": "", "deutlich_ueber": "2", "deutlich_unter": "2"}


@pytest.fixture(scope="module")
def told(demo):
    """The open data as read, and what follows from them."""
    pages = demo / "report/pilotkommune/html"
    rows, catalogue, developments = truth.read(pages / "daten")
    return SimpleNamespace(
        pages=pages,
        rows=rows,
        catalogue=catalogue,
        developments=developments,
        classes=truth.classes(rows),
        expected=truth.developments(rows, catalogue),
        others=list(truth.table(pages / "daten/vergleichswerte.csv")),
        areas=sorted({r.name for r in rows if r.area not in ("gesamt", "nz")}),
    )


def wrong_classes(rows, classes):
    return [
        (r.key, r.year, r.area, r.told)
        for r in rows
        if r.told != classes.get((r.key, r.year, r.area), "")
    ]


def wrong_developments(developments, expected):
    found = []
    for cells in developments:
        here = cells["art"], cells["kennzahl"], cells["raum"]
        *numbers, way = expected.get(here, (0, 0, 0, "nothing"))
        printed = [cells[name] for name in ("differenz", "ki_unten", "ki_oben")]
        pairs = zip(printed, numbers, strict=True)
        if way != cells["richtung"] or any(a and abs(float(a) - b) > CLOSE for a, b in pairs):
            found.append((here, cells["richtung"], way))
    return found


def facts(told):
    """By chapter what its indicators give; "" holds all of them."""
    every = truthsentences.facts_of(told.rows, told.classes, told.expected, told.others)
    chapters = {"": {**every, "bericht": truthsentences.of_the_report(told.rows)}}
    for key, entry in told.catalogue.items():
        if key in every:
            chapters.setdefault(entry["kapitel"], {})[key] = every[key]
    return chapters


def test_values_and_intervals(told):
    compared = [r for r in told.rows if r.status == "ok" and r.compared]
    assert len(compared) > 1500
    for r in compared:
        assert r.recomputed() == pytest.approx((r.value, r.low, r.high), abs=CLOSE), r.key


def test_every_class(told):
    assert not wrong_classes(told.rows, told.classes)
    seen = Counter(told.classes.values())
    assert len(told.classes) > 1500 and len(seen) == 5 and min(seen.values()) > 10


def test_every_change_and_trend(told):
    assert not wrong_developments(told.developments, told.expected)
    assert {
        tuple(cells[n] for n in ("art", "kennzahl", "raum")) for cells in told.developments
    } == (set(told.expected))
    ways = {cells["richtung"] for cells in told.developments if cells["raum"] == "gesamt"}
    assert {"gestiegen", "hinweis_anstieg", "hinweis_rueckgang", "unveraendert"} <= ways


def test_a_hundred_sentences(told):
    known = facts(told)
    found = [
        (page.stem, sentence)
        for page in (*sorted(told.pages.glob(CHAPTERS)), told.pages / "kurzfassung.html")
        for sentence in truthsentences.sentences(page)
    ]
    chosen = random.Random(SEED).sample(sorted(found), min(SENTENCES, len(found)))
    assert len(chosen) == SENTENCES
    wrong = {}
    for stem, sentence in chosen:
        chapter = stem.partition("-")[2]
        why = truthsentences.problem(sentence, known.get(chapter, known[""]), told.areas)
        if why:
            wrong[sentence] = why
    assert not wrong


def by_name(told, key):
    """Classes of the compared areas of an indicator in the report's year, by name."""
    names = {r.area: r.name for r in told.rows}
    last = max(r.year for r in told.rows)
    return {
        names[area]: klasse
        for (of, year, area), klasse in told.classes.items()
        if of == key and year == last
    }


def test_every_headline(told):
    """The heading of a block is its finding: which areas differ, and which way."""
    claims = [
        claim
        for page in sorted(told.pages.glob(CHAPTERS))
        for claim in truthsentences.headlines(page)
    ]
    wrong = [why for c in claims if (why := truthsentences.wrong_headline(c, by_name(told, c.key)))]
    assert not wrong
    assert sum(bool(c.sides) or c.nobody is not None for c in claims) > 20


def test_a_wrong_headline_is_seen(told):
    classes = by_name(told, "sgb2_quote_u18")
    right = (
        "In Sozialraum 4 ist der Anteil der unter 18-Jährigen, die Hilfe erhalten, höher als in "
        "der übrigen Kommune, in fünf weiteren niedriger"
    )
    for text, wrong in (
        (right, False),
        (right.replace("raum 4", "raum 5"), True),
        (right.replace("fünf", "vier"), True),
        (right.replace("höher", "niedriger"), True),
        ("Der Anteil liegt bei 15,7 %; keiner der sieben Sozialräume weicht erkennbar ab", True),
    ):
        claim = truthsentences.read_headline(text, "sgb2_quote_u18")
        assert bool(truthsentences.wrong_headline(claim, classes)) == wrong, text


def test_coloured_cells(told):
    """A colour is the class of the cell's area and indicator, judged as the catalogue says."""
    names = {r.area: r.name for r in told.rows}
    last = max(r.year for r in told.rows)
    ways = {}
    for (key, year, area), klasse in told.classes.items():
        if year == last:
            ways[key, names[area]] = colour(klasse, told.catalogue[key]["richtung"])
    seen = 0
    for page in told.pages.glob("*.html"):
        for row, head, name in truthsentences.cells(page):
            keys = [k for k, e in told.catalogue.items() if head.startswith(titled(e, head))]
            expected = {ways[key, row] for key in keys if (key, row) in ways}
            if expected:
                seen += 1
                assert name in expected, (page.name, row, head)
    assert seen > 40


def titled(entry, head):
    """The beginning of a column's head; with the unit, so that no other name begins like it."""
    name = entry["kurztitel"]
    unit = {"%": "in %"}.get(entry["einheit"], entry["einheit"])
    return f"{name} {unit}".strip()


def colour(klasse, direction):
    if klasse == "wie":
        return "gleich"
    above, end = "ueber" in klasse, SIGNS[klasse]
    if direction == "neutral":
        return ("hoeher" if above else "niedriger") + end
    return ("unguenstig" if above == (direction == "belastend") else "guenstig") + end


def test_a_wrong_label_is_seen(told):
    """The check itself: each of these errors must be found."""
    flipped = {"ueber": "unter", "wie": "ueber"}
    row = next(r for r in told.rows if r.told in flipped)
    true, row.told = row.told, flipped[row.told]
    assert len(wrong_classes(told.rows, told.classes)) == 1
    row.told = true
    cells = next(c for c in told.developments if c["richtung"] == "hinweis_anstieg")
    assert wrong_developments([cells | {"richtung": "gestiegen"}], told.expected)
    assert wrong_developments([cells | {"differenz": "1.0"}], told.expected)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("16,64", "16,65"),
        ("Sozialraum 1", "Sozialraum 2"),
    ],
)
def test_a_wrong_number_in_a_sentence_is_seen(told, true, false):
    sentence = (
        "Der höchste Wert beträgt 27,85 % (Sozialraum 4), ein anderer 16,64 % (Sozialraum 1)."
    )
    known = facts(told)["sgb2"]
    assert not truthsentences.problem(sentence, known, told.areas)
    assert truthsentences.problem(sentence.replace(true, false), known, told.areas)


def test_a_wrong_claim_of_a_difference_is_seen(told):
    known = {"sgb2_quote_u18": facts(told)["sgb2"]["sgb2_quote_u18"]}
    right = "Verglichen mit der jeweils übrigen Kommune ist der Anteil in Sozialraum 4 höher."
    assert not truthsentences.problem(right, known, told.areas)
    assert truthsentences.problem(right.replace("raum 4", "raum 1"), known, told.areas)


# ------------------------------------------------------------------------------------ Gesamtbild


@pytest.fixture(scope="module")
def overall(told):
    """The page, and what it should say."""
    page = lxml.html.parse(str(told.pages / "gesamtbild.html")).getroot()
    found = truthoverall.tallies(told.rows, told.classes, told.catalogue)
    level = truthoverall.level(told.classes)
    return SimpleNamespace(
        tables={table.id: table for table in tables_of_page(page)},
        text=normal(page.xpath("//main")[0].text_content()),
        found=found,
        level=level,
        several=truthoverall.several(found, level),
    )


def wrong_domains(table, found):
    """Cells of the table of domains that are not as the tests have it."""
    wrong = []
    for name, *cells in table.rows:
        for domain, cell in zip(table.columns[1:-1], cells, strict=False):
            tested, worse, better = found[name].get(domain, (0, 0, 0))
            pairs = ((worse, "−"), (better, "+"))
            parts = [f"{n} von {tested} {sign}" for n, sign in pairs if n] or [f"0 von {tested}"]
            told = ", ".join(parts) if tested else "/"
            # What is only heard follows.
            if ", ".join(cell.split(", ")[: len(parts)]) != told:
                wrong.append((name, domain, cell, told))
        if not cells[-1].startswith(f"{len(truthoverall.prevailing(found[name], 'worse'))} von "):
            wrong.append((name, cells[-1]))
    return wrong


def test_every_domain_of_every_area(overall):
    table = overall.tables["tbl-gesamtbild-bereiche"]
    assert len(table.rows) == len(overall.found) and len(table.columns) > 4
    assert not wrong_domains(table, overall.found)
    changed = {name: dict(its) for name, its in overall.found.items()}
    first, domain = table.rows[0][0], table.columns[1]
    changed[first][domain] = truthoverall.Tally(9, 5, 0)
    assert len(wrong_domains(table, changed)) == 2, "the cell, and the number of domains"


def test_areas_with_needs_in_several_domains(overall):
    least, anywhere = overall.several
    burdened = {n: truthoverall.prevailing(its, "worse") for n, its in overall.found.items()}
    found = {name: its for name, its in burdened.items() if len(its) >= least}
    line = re.search(r"Bedarf in mehreren Bereichen: (.*?)\)\s", overall.text)[1]
    assert found and all(name in line for name in found)
    assert not any(name in line for name in set(burdened) - set(found))
    assert all(domain in line for its in found.values() for domain in its)
    told = re.search(r"unwahrscheinlich \(höchstens ([\d,]+) %, wenn die Bereiche", overall.text)[1]
    assert 0 <= float(told.replace(",", ".")) - 100 * anywhere < 0.1, "rounded up"
    without = re.search(r"Ohne diese Annahme sind es höchstens ([\d,]+) % und", overall.text)[1]
    bound = truthoverall.ceiling(overall.found, overall.level, least)
    assert 0 <= float(without.replace(",", ".")) - 100 * bound < 1, "rounded up"


def test_every_share_of_the_concentration(told, overall):
    keys = {entry["kurztitel"]: key for key, entry in told.catalogue.items()}
    table = overall.tables["tbl-gesamtbild-konzentration"]
    assert len(table.rows) > 5
    one = re.search(r"aller Kinder in (.*) lebt", table.caption)
    for label, *cells in table.rows:
        area = one[1] if one else cells.pop(0)
        burden, base, count = cells
        key = keys[re.sub(r", \d{4}–\d{4}$", "", label)]
        expected = truthoverall.shares(told.rows, key)[area]
        assert (base, burden, count) == (f"{expected[0]} %", f"{expected[1]} %", expected[2]), label
        now = told.classes[key, truthoverall.year_of(told.rows), area_key(told, area)]
        assert "ueber" in now, label


def area_key(told, name):
    return next(r.area for r in told.rows if r.name == name)
