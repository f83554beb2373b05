"""What a reader of the PDF sees first: contents on one page, whole words in table heads."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from spm.book import render
from tests.book_example import chapter, figure, shown, staged, table

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext ist nicht installiert"),
]


def pages(folder: Path, **notebooks: object) -> list[str]:
    """Text of every page of a book with these chapters."""
    book = staged(folder, {f"{name}.ipynb": cells for name, cells in notebooks.items()})
    render(book, folder / "out", formats=("pdf",), renderer="embedded", slug="b")
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "out/b.pdf"), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sections", "listed", "length"), [(5, True, 1), (60, True, 1), (150, False, 1)]
)
def test_contents_take_one_page(tmp_path: Path, sections: int, listed: bool, length: int) -> None:
    headings = "\n\n".join(f"## Abschnitt {i}\n\nSatz." for i in range(sections))
    found = pages(
        tmp_path,
        index=chapter("# Anfang {#sec-a .unnumbered}", "## Wegweiser {.unnumbered}\n\nSatz."),
        viele=chapter("# Viele {#sec-viele}", headings),
    )
    assert "Inhalt" in found[1] and ("Abschnitt 4" in found[1]) is listed
    assert "Wegweiser" not in "".join(found[: length + 1]) and "Wegweiser" in found[length + 1]


def test_words_in_table_heads_stay_whole_and_notes_stay_below(tmp_path: Path) -> None:
    head = ("Sozialraum", "Körperkoordination auffällig in %", "Übergewicht in %", "Masern in %")
    rows = [head, ("Altstadt", "1,0", "2,0", "•")]
    note = shown("::: {.anmerkung}\nZeichen: • geheim.\n:::")
    found = pages(
        tmp_path,
        index=chapter("# Anfang {#sec-a}", table("tbl-a", "Werte.", rows), note),
    )
    for word in ("Körperkoordination", "Übergewicht", "Masern", "Zeichen: • geheim."):
        assert word in found[2]


FILLERS = range(14, 32)
"""Paragraphs above the cells; the last ones leave them no room on the page."""


def filled(folder: Path, cells: Callable[[str], list[object]]) -> dict[int, list[str]]:
    """Pages of chapters where the same cells begin ever lower; ``cells`` makes them for an id."""
    notebooks = {
        f"k{n}": chapter(f"# Kapitel {n}", *(f"Absatz {i}." for i in range(n)), *cells(f"tbl-{n}"))
        for n in FILLERS
    }
    found = pages(folder, **notebooks)
    starts = [i for i, page in enumerate(found) if "Absatz 0." in page]
    ends = [*starts[1:], len(found)]
    return {n: found[i:j] for n, i, j in zip(FILLERS, starts, ends, strict=True)}


@pytest.mark.slow
def test_short_tables_stay_whole_with_title_heading_and_note(tmp_path: Path) -> None:
    rows = [("Raum", "Wert"), *((f"Zeile {i:02}", "1,0") for i in range(1, 9))]
    note = shown("::: {.anmerkung}\nWas die Zeichen bedeuten.\n:::")
    chapters = filled(
        tmp_path, lambda key: ["## Abschnitt", table(key, "Kurze Tabelle.", rows), note]
    )
    moved = set()
    for n, own in chapters.items():
        at = next(i for i, page in enumerate(own) if "Zeile 01" in page)
        moved.add(at)
        for words in ("Abschnitt", "Kurze Tabelle.", "Raum", "Zeile 08", "Was die Zeichen"):
            assert words in own[at], (n, words)
    assert moved == {0, 1}, "the example reaches the end of the page"


@pytest.mark.slow
def test_long_tables_begin_with_rows_and_repeat_their_header(tmp_path: Path) -> None:
    rows = [("Raumname", "Wert"), *((f"Zeile {i:02}", "1,0") for i in range(1, 61))]
    chapters = filled(tmp_path, lambda key: ["## Abschnitt", table(key, "Lange Tabelle.", rows)])
    for n, own in chapters.items():
        with_rows = [page for page in own if "Zeile" in page]
        assert len(with_rows) > 1 and all("Raumname" in page for page in with_rows)
        for words in ("Abschnitt", "Lange Tabelle.", "Zeile 02"):
            assert words in with_rows[0], (n, words)


@pytest.mark.slow
def test_a_heading_within_a_table_is_not_the_last_line_of_a_page(tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [("Raumname", "Unter-Dreijährige", "Anteil")]
    for group in range(1, 11):
        rows.append((f"**Gruppe {group:02}**", "", ""))
        rows += [(f"Zeile {group:02}-{i}", "1,0", "2,0") for i in range(1, 4)]
    chapters = filled(tmp_path, lambda key: [table(key, "Tabelle mit Gruppen.", rows)])
    for n, own in chapters.items():
        for group in range(1, 11):
            at = next(i for i, page in enumerate(own) if f"Gruppe {group:02}" in page)
            assert f"Zeile {group:02}-1" in own[at], (n, group)
        assert sum("Gruppe 01" in page for page in own) == 1, "it is not repeated"
    lines = chapters[14][0].splitlines()
    head, first = (next(x for x in lines if word in x) for word in ("Raumname", "Zeile 01-1"))
    right = head.index("Unter-Dreijährige") + len("Unter-Dreijährige")
    assert abs(right - first.index("1,0") - 3) <= 2, "numbers keep to the right"


def test_footnotes_stand_on_the_page_of_their_sign(tmp_path: Path) -> None:
    text = "Ein Satz[^1] und noch einer[^2].\n\n[^1]: Erste Anmerkung.\n\n[^2]: Zweite *Anmerkung*."
    found = pages(tmp_path, index=chapter("# Anfang {#sec-a}", text, *(["Absatz."] * 60)))
    page = found[2]
    order = [page.index(w) for w in ("Ein Satz", "Absatz.", "Erste Anmerkung", "Zweite Anmerkung")]
    assert order == sorted(order) and "Anmerkung" not in "".join(found[3:])


def test_a_box_sets_what_stands_in_it_as_anywhere_else(tmp_path: Path) -> None:
    """Figures and tables in a box keep their numbers: a filter has to look into boxes again."""
    rows = [("Raum", "Wert"), ("Nord", "1,0")]
    start = (
        "::::: {.kennzahl}\n## Im Norden leben mehr Kinder {#kennzahl-a kurz='Kinder im Norden'}"
        "\n\n"
        "::: {.kennzeile}\nKinder, 2023\n:::"
    )
    found = pages(
        tmp_path,
        zahlen=chapter(
            "# Zahlen {#sec-z}",
            shown(start),
            figure("fig-a", "bev", "Kinder je Raum.", "Balken."),
            table("tbl-a", "Werte je Raum.", rows),
            shown("::: {.anmerkung}\nZeichen: keine.\n:::\n:::::\n\n::::: {.dicht}"),
            table("tbl-b", "Eng.", [("Raum", "Wert"), ("Süd", "2,0")]),
            shown(":::::\n\n::::: {.spalten}"),
            table("tbl-c", "Spalte.", [("Raum", "Wert"), ("West", "3,0")]),
            shown(":::::"),
        ),
    )
    text = " ".join(" ".join(found).split())
    for wanted in (
        *("Abbildung 1.1: Kinder je Raum.", "Tabelle 1.1: Werte", "Tabelle 1.2: Eng."),
        *("Tabelle 1.3: Spalte.", "Nord 1,0", "Süd 2,0", "West 3,0", "Zeichen: keine."),
    ):
        assert wanted in text, wanted
    contents = " ".join(found[1].split())
    assert "1.1 Kinder im Norden" in contents and "leben mehr" not in contents


def test_chapters_that_are_looked_up_begin_on_the_page_of_the_one_before(tmp_path: Path) -> None:
    found = pages(
        tmp_path,
        methoden=chapter("# Methoden {#sec-m .unnumbered .hinten}", "Wie gerechnet wird."),
        glossar=chapter("# Glossar {#sec-g .unnumbered .fortlaufend}", "Was Wörter bedeuten."),
        anhang=chapter("# Anhang {#sec-a .unnumbered .anhang}", "Zahlen."),
    )
    assert "Glossar" in found[2] and "Wie gerechnet wird." in found[2]
    assert "Zahlen." in found[3], "the appendix has pages of its own"


def test_a_chapter_of_a_few_lines_begins_below_the_one_before(tmp_path: Path) -> None:
    text = "Für dieses Kapitel liegt keine Lieferung vor."
    found = pages(
        tmp_path,
        a=chapter(
            "# Voll {#sec-voll}", table("tbl-a", "Werte.", [("Raum", "Wert"), ("Nord", "1")])
        ),
        b=chapter("# Leer {#sec-leer}", text),
        c=chapter("# Auch leer {#sec-auch}", text),
        d=chapter(
            "# Wieder {#sec-wieder}", table("tbl-d", "Mehr.", [("Raum", "Wert"), ("Ost", "2")])
        ),
    )
    assert found[2].count(text) == 2 and "Nord" in found[2], "all on the page of the first"
    assert "Ost" in found[3] and "Kapitel 4" in found[3]


@pytest.mark.parametrize(("text", "together"), [("Ein Satz.", True), ("## Teil\n\nSatz.", False)])
def test_a_gesamtbild_with_nothing_to_say_takes_no_page(
    tmp_path: Path, text: str, together: bool
) -> None:
    found = pages(
        tmp_path,
        kurzfassung=chapter("# In Kürze {#sec-k .unnumbered}", "Das Wichtigste."),
        gesamtbild=chapter("# Alles zusammen {#sec-g .unnumbered}", text),
    )
    (page,) = [own for own in found if "Das Wichtigste." in own]
    assert ("Satz." in page) == together
