"""The demo report is true: its labels and sentences follow from its open data.

All of it is worked out again, from the CSV files alone and by code that shares nothing with the
program (``tests/truth.py``); where both differ, one of them is wrong.
"""

import random
from collections import Counter
from types import SimpleNamespace

import pytest

from tests import truth, truthsentences

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
