"""No suppressed number stands anywhere in the finished demo report: all of it is walked.

The checks are in ``tests/reports/leaks.py``; the last tests plant a number and see it found.
"""

import copy
import json
import re
import shutil
import subprocess

import lxml.html
import nbformat
import openpyxl
import pandas as pd
import pytest

from spm.presentation.figures import style
from spm.published import GESAMT, NICHT_ZUORDENBAR
from tests.reports.leaks import (
    BLOCK,
    KINDS,
    NUMBERS,
    SHARES,
    SIGN,
    SLUG,
    Case,
    blocks,
    cells,
    cells_in_pdf,
    figures,
    leaks_in_figure,
    leaks_in_frame,
    leaks_in_notebook,
    leaks_in_sentences,
    leaks_in_shares,
    leaks_in_tables,
    normal,
    numbers_about,
    profile_in_pdf,
    profile_lines,
    sentences,
    shown_by,
    strips_of_hidden,
    svg_texts,
    tables_of_markdown,
    tables_of_page,
    words_of,
)

# -------------------------------------------------------------------------- the finished report


@pytest.fixture(scope="module")
def case(demo):
    return Case(demo)


@pytest.fixture(scope="module")
def read_pdf(case):
    """Lines of a PDF of the report as lists of words."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")

    def read(name, *part):
        command = ["pdftotext", "-layout", *part, str(case.folder / name), "-"]
        text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
        return [words_of(line) for line in text.splitlines() if line.strip()]

    return read


@pytest.fixture(scope="module")
def pdf_lines(read_pdf):
    return read_pdf(f"{SLUG}.pdf")


@pytest.fixture(scope="module")
def columns(read_pdf):
    """Lines of the left and the right half of every page: the appendix has two columns."""
    halves = (("-x", x, "-y", "0", "-W", "298", "-H", "842") for x in ("0", "298"))
    return [line for half in halves for line in read_pdf(f"{SLUG}.pdf", "-r", "72", *half)]


APPENDIX = "tabellenanhang.html"
BESIDE = ("kurzfassung.html", "gesamtbild.html", "ziele.html", APPENDIX, "leichte-sprache.html")
"""Pages beside the chapters that speak about indicators."""


def test_there_is_something_to_hide(case):
    assert len(case.suppressed) > 50
    assert sum(bool(case.secrets(key).values) for key in case.hidden) > 5
    assert case.suppressed["wert"].notna().sum() > 50


def test_what_is_combined_child_by_child_is_published_for_the_municipality_alone(case):
    assert {"seu_drei_befunde", "seu_sprache_kita_ab_3"} <= {key for key, *_ in case.rowless}
    assert all(raum != GESAMT for _, _, raum in case.rowless)


def test_the_published_data(case):
    assert leaks_in_frame(case, case.published) == []


def test_every_table_cell(case):
    seen = set()
    for page in [*case.chapters.values(), *map(case.page, BESIDE)]:
        assert leaks_in_tables(case, page) == []
    for page in case.chapters.values():
        seen |= {cell for table in tables_of_page(page) for cell, _ in cells(case, table)}
    assert case.now <= seen, "every suppressed value of the reporting year has its cell"


def test_every_table_of_the_appendix(case):
    tables = list(tables_of_page(case.page(APPENDIX)))
    seen = {cell[:3] for table in tables for cell, _ in cells(case, table)}
    keys = {key for key, *_ in seen}
    assert len(keys) > 50
    expected = {cell for cell in case.series - case.rowless if cell[0] in keys}
    assert expected <= seen, "of every year"


def test_every_row_of_the_profiles(case):
    signs = 0
    assert set(case.profiles) == set(case.names.values())
    for raum, page in case.profiles.items():
        assert leaks_in_tables(case, page, raum) == []
        assert strips_of_hidden(case, page, raum) == []
        signs += sum(SIGN in row for table in tables_of_page(page) for row in table.rows)
    hidden = [raum for _, raum, group in case.cells if not group and raum != NICHT_ZUORDENBAR]
    assert 10 < signs < len(hidden), "the fixed set of indicators holds some of what is hidden"


def test_every_sentence_caption_and_alternative_text(case):
    spoken, every = 0, list(case.bericht.catalogue)
    for chapter, page in case.chapters.items():
        keys = [view.indicator.id for view in case.bericht.kapitel(chapter).views]
        assert leaks_in_sentences(case, page, keys) == []
        spoken += sum(len(list(sentences(page, key))) for key in case.hidden)
    for page in [*map(case.page, BESIDE), *case.profiles.values()]:
        assert leaks_in_sentences(case, page, every) == []
    assert spoken > 20


def test_every_figure(case):
    signs, seen = {kind: 0 for kind in KINDS}, []
    for key, kind, path in figures(case):
        svg = path.read_text(encoding="utf-8")
        assert leaks_in_figure(case, key, kind, svg) == []
        signs[kind] += sum(text == SIGN for text, _ in svg_texts(svg))
        seen.append(path)
        same = case.folder / "book" / "figures" / path.name
        assert same.read_bytes() == path.read_bytes()
    assert all(signs.values()), signs
    drawn = {(key, kind) for key, kind, _ in figures(case)}
    assert drawn == {(key, kind) for key, _ in drawn for kind in KINDS}, "on paper and on phones"
    for name in SHARES:
        assert leaks_in_shares(case, shared_by(case), shares_of(case, name)) == []
    # Maps of places count indicators and hold no value of any.
    maps = [
        *(case.folder / "html").glob("figures/*.svg"),
        *(case.folder / "html/profile").glob("*.svg"),
    ]
    for path in set(maps) - set(seen):
        texts = [text for text, _ in svg_texts(path.read_text(encoding="utf-8"))]
        assert not [text for text in texts if re.search(r"\d,\d|\d von \d", text)], path.name


def shares_of(case, name):
    return (case.folder / "html" / "figures" / f"{name}.svg").read_text(encoding="utf-8")


def shared_by(case):
    """The indicator whose shares the chapter Gesamtbild draws: its caption begins with it."""
    page = case.page("gesamtbild.html")
    caption = normal(page.xpath("string(//figure[@id='fig-gesamtbild-konzentration']//figcaption)"))
    title = caption.partition(": ")[2].partition(": ")[0]
    return next(v.indicator.id for v in case.views if normal(v.indicator.kurztitel) == title)


def test_every_table_row_of_the_pdf(case, pdf_lines, columns):
    beside = map(case.page, ("kurzfassung.html", "gesamtbild.html"))
    for page in [*case.chapters.values(), *beside]:
        assert cells_in_pdf(page, pdf_lines) == []
    assert cells_in_pdf(case.page(APPENDIX), columns) == []


def test_every_profile_row_of_the_pdfs(case, pdf_lines, read_pdf):
    for raum, page in case.profiles.items():
        alone = read_pdf(f"html/profile/raum-{raum}.pdf")
        for lines in (profile_lines(case, raum, pdf_lines), alone):
            same, other = profile_in_pdf(page, lines)
            assert len(same) > 10 and other == []


def test_every_executed_notebook(case):
    paths = sorted(case.folder.rglob("*.ipynb"))
    assert len(paths) >= 7
    seen, spoken = set(), 0
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        assert leaks_in_notebook(case, notebook) == []
        for text in shown_by(notebook):
            seen |= {c for table in tables_of_markdown(text) for c, _ in cells(case, table)}
            spoken += len(BLOCK.findall(text))
    assert case.now <= seen
    assert spoken == sum(len(list(blocks(page))) for page in case.chapters.values()) > 30


def numbers_by_name(content, name=""):
    """The names under which a JSON file holds numbers."""
    if isinstance(content, dict):
        return {n for key, entry in content.items() for n in numbers_by_name(entry, key)}
    if isinstance(content, list):
        return {n for entry in content for n in numbers_by_name(entry, name)}
    return {name} if type(content) in (int, float) else set()


def test_every_data_file(case):
    """Besides published rows, what follows from them and open data, no file holds data."""
    suffixes = {".parquet", ".csv", ".xlsx", ".xls", ".json", ".feather", ".db", ".sqlite"}
    found = [p for p in case.folder.rglob("*") if p.suffix in suffixes]
    allowed = {"manifest.json", "geheimhaltung.json", "published.parquet", "entwicklung.parquet"}
    names = {p.relative_to(case.folder).as_posix() for p in found}
    # Numbers of sections and figures, and what Markdown may hold: the program's own file.
    counters = "book/_extensions/spm/zaehlung.json"
    allowed |= {counters, "book/_extensions/spm/permitted.json"}
    assert {n for n in names if not n.startswith("html/daten/")} <= allowed
    counted = json.loads((case.folder / counters).read_text(encoding="utf-8"))
    assert numbers_by_name(counted) == {"fig", "folge", "tbl"}, (
        "chapters, figures and tables are counted"
    )
    frame = pd.read_parquet(case.folder / "published.parquet")
    assert leaks_in_frame(case, frame) == []
    pd.testing.assert_frame_equal(frame, case.published)


def open_rows(case):
    """Rows of published values in every CSV of the open data: (file, row as texts)."""
    for path in sorted((case.folder / "html" / "daten").rglob("*.csv")):
        excel = path.stem.endswith("-excel")
        kind = {"sep": ";", "encoding": "utf-8-sig"} if excel else {}
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, **kind)
        if {"kennzahl", "jahr", "raum", "status"} <= set(frame.columns):
            yield from ((path.name, row) for row in frame.to_dict("records"))


def leaks_in_open_row(case, row):
    """Numbers in a row of the open data that is not published."""
    cells = [row.get(name, "") for name in [*NUMBERS, "abzueglich", "geglaettet", "klasse"]]
    hidden = (row["kennzahl"], int(row["jahr"]), row["raum"]) in case.unpublished
    return [cell for cell in cells if cell] if hidden else []


def test_every_row_of_the_open_data(case):
    hidden = 0
    for name, row in open_rows(case):
        assert leaks_in_open_row(case, row) == [], (name, row)
        hidden += (row["kennzahl"], int(row["jahr"]), row["raum"]) in case.unpublished
    assert hidden > 4 * len(case.suppressed) - 1, "in the common file and its own, twice each"


def test_every_cell_of_the_workbook(case):
    """Every suppressed value has its sign; beside one of the reporting year there is no number."""
    book = openpyxl.load_workbook(case.folder / "html" / "daten" / f"{SLUG}.xlsx")
    year, signs = case.bericht.params.bericht.berichtsjahr, 0
    for sheet in book.worksheets[2:]:
        head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        last = head.index(str(year))
        for row in rows:
            signs += row.count(SIGN)
            if row[last] == SIGN:
                assert not any(row[last + 1 :]), row
    assert signs == case.suppressed["gruppe"].isna().sum()


# ------------------------------------------------------------------------- the checks can fail


@pytest.fixture(scope="module")
def secret(case):
    """(indicator, area, its true value as text) of a suppressed area with a block."""
    rows = case.suppressed[case.suppressed["jahr"].eq(case.year) & case.suppressed["gruppe"].isna()]
    heads = {key: head for head, key in case.heads.items()}
    drawn = {key for key, _, _ in figures(case)}
    for row in rows.itertuples():
        view = case.bericht.view(row.kennzahl)
        value = normal(view.number(row.wert)) if row.wert == row.wert else ""
        names = dict(view.area_names)
        if (
            row.kennzahl in drawn
            and view.window == 1  # the appendix has a column for its year
            and row.raum in names
            and heads[row.kennzahl] in labels(case.profiles[row.raum])
            and value in (case.secrets(row.kennzahl).values)
        ):
            return row.kennzahl, names[row.raum], value
    raise AssertionError("no suppressed value of the demo would be noticed")


def labels(page):
    """Of the rows of a profile."""
    return {normal(row[0].text_content()) for row in page.xpath("//tbody/tr")}


def chapter_of(case, key):
    return copy.deepcopy(case.chapters[case.bericht.catalogue[key].kapitel])


def plant_in_tables(case, secret, page, which):
    """Pages with the true value, one for each of the page's tables that has a cell for it."""
    key, name, value = secret
    head = next(h for h, k in case.heads.items() if k == key)
    for number, figure in enumerate(page.xpath("//figure[@class='tabelle'][.//table]")):
        columns = [normal(th.text_content()) for th in figure.xpath(".//thead//th")]
        wanted = str(case.year) if which == "-daten" else head
        its = figure.get("id") == f"tbl-{key.replace('_', '-')}-daten" or which != "-daten"
        if not its or wanted not in columns:
            continue
        planted = copy.deepcopy(page)
        figure = planted.xpath("//figure[@class='tabelle'][.//table]")[number]
        for row in figure.xpath(".//tbody/tr"):
            row_cells = row.xpath("./th|./td")
            if normal(row_cells[0].text_content()) == normal(name):
                assert normal(row_cells[columns.index(wanted)].text_content()) == SIGN
                row_cells[columns.index(wanted)].text = value
        yield planted


def test_a_planted_value_in_a_table_is_found(case, secret, pdf_lines, columns):
    chapter = list(plant_in_tables(case, secret, chapter_of(case, secret[0]), "chapter"))
    appendix = list(plant_in_tables(case, secret, case.page(APPENDIX), "-daten"))
    assert (len(chapter), len(appendix)) == (2, 1), "the coloured table and the chapter's"
    for page in chapter + appendix:
        assert any(secret[2] in leak for leak in leaks_in_tables(case, page))
        lines = columns if page in appendix else pdf_lines
        assert len(cells_in_pdf(page, lines)) == 1, "the PDF shows another row"


def test_a_planted_value_in_the_kurzfassung_is_found(case):
    """In its coloured table, whose cells say in words what a colour says."""
    page = case.page("kurzfassung.html")
    hidden = page.xpath("//figure[@id='tbl-leitkennzahlen']//td[normalize-space()='•']")
    assert hidden
    for cell in hidden:
        cell.text = "12,3\u00a0−"
        heard = lxml.html.fromstring('<span class="nur-gehoert">, ungünstiger</span>')
        cell.append(heard)
    assert len(leaks_in_tables(case, page)) == len(hidden)


def test_a_planted_value_in_the_gesamtbild_is_found(case):
    """In the table of values, in that of shares, and beside the bars."""
    page = case.page("gesamtbild.html")
    hidden = page.xpath("//figure[@id='tbl-gesamtbild-werte']//td[starts-with(., '•')]")
    assert hidden and not leaks_in_tables(case, page)
    hidden[0].text = "12,3"
    assert len(leaks_in_tables(case, page)) == 1
    known = {key for key, _, group in case.cells if not group} & set(case.heads.values())
    view = next(v for v in case.views if v.indicator.id in known and v.window == 1 and not v.groups)
    name = next(n for raum, n in view.area_names if (view.indicator.id, raum, "") in case.cells)
    (table,) = page.xpath("//figure[@id='tbl-gesamtbild-konzentration']")
    (row,) = table.xpath(".//tbody/tr[1]")
    texts = [view.indicator.kurztitel, name, "56 %", "31 %", "5 von 9"]
    if len(row) < len(texts):  # of one area alone, which the caption names
        texts.pop(1)
        for other in row.itersiblings():
            other.getparent().remove(other)
        (caption,) = table.xpath(".//figcaption")
        for part in list(caption):
            caption.remove(part)
        caption.text = f"Welcher Teil der gezählten und aller Kinder in {name} lebt"
    for cell, text in zip(row, texts, strict=True):
        cell.text = text
    assert len(leaks_in_tables(case, page)) == 4, "each number is one"
    svg = f'<text style="fill: {style.INK}">{name}</text><text style="fill: {style.INK}">5 %</text>'
    assert leaks_in_shares(case, view.indicator.id, svg)
    assert not leaks_in_shares(case, view.indicator.id, svg.replace("5 %", SIGN))


def test_a_planted_value_in_a_profile_is_found(case, secret, pdf_lines):
    key, name, value = secret
    raum = case.names[name]
    head = next(h for h, k in case.heads.items() if k == key)
    page = copy.deepcopy(case.profiles[raum])
    (row,) = [r for r in page.xpath("//tbody/tr") if normal(r[0].text_content()) == head]
    row[2].text = "1,0–2,0"
    assert leaks_in_tables(case, page, raum)
    row[1].text, row[2].text = value, None
    assert any(value in leak for leak in leaks_in_tables(case, page, raum))
    row[-1].append(lxml.html.fromstring('<svg><circle class="punkt"></circle></svg>'))
    assert strips_of_hidden(case, page, raum)
    lines = profile_lines(case, raum, pdf_lines)
    planted = [[value if word == SIGN else word for word in line] for line in lines]
    assert profile_in_pdf(case.profiles[raum], planted)[1]


def test_a_planted_value_in_the_pdf_is_found(case, secret, pdf_lines, columns):
    pages = (chapter_of(case, secret[0]), pdf_lines), (case.page(APPENDIX), columns)
    for page, lines in pages:
        planted = [[secret[2] if word == SIGN else word for word in line] for line in lines]
        assert cells_in_pdf(page, planted)


@pytest.mark.parametrize("where", ["img", "figcaption", "h2", "p"])
def test_a_planted_value_in_words_is_found(case, secret, where):
    key, _, value = secret
    page = chapter_of(case, key)
    block = dict(blocks(page))[key]
    element = block.xpath(f".//{where}")[0]
    if where == "img":
        element.set("alt", f"{element.get('alt')} Verborgen: {value}\u00a0%.")
    else:
        element.text = f"Verborgen: {value}\u00a0%."
    assert leaks_in_sentences(case, page, [key]) == [f"{key}: {value}"]


def test_a_planted_value_beside_its_area_is_found(case, secret):
    """Even if it is shown of another area or year."""
    key, name, _ = secret
    shown = min(case.shown[key].values - {v for v in case.shown[key].values if v[0] in "−+"})
    assert numbers_about(case, key, f"Höher: {name} ({shown}\u00a0%).") == [
        f"{key}: {name} ({shown}"
    ]
    assert numbers_about(case, key, f"Er reicht bis {shown}\u00a0% ({name}).")
    assert not numbers_about(case, key, f"Er reicht bis {shown}\u00a0%.")


def test_a_planted_value_in_a_finding_is_found(case, secret):
    key, _, value = secret
    words = case.bericht.view(key).indicator.satz
    for page in (chapter_of(case, key), case.page("kurzfassung.html")):
        item = page.xpath("//main//li")[0]
        item.clear()
        item.text = f"Stand: D{words[1:]} liegt dort bei {value}\u00a0%."
        assert leaks_in_sentences(case, page, [key]) == [f"{key}: {value}"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_value_in_a_figure_is_found(case, secret, kind):
    key, name, value = secret
    path = case.folder / "html" / "figures" / f"{key}-{kind}.svg"
    svg = path.read_text(encoding="utf-8")
    assert leaks_in_figure(case, key, kind, svg) == []
    planted = svg.replace(f">{SIGN}</text>", f">{value}\u00a0%</text>")
    assert planted != svg
    assert any(name in leak for leak in leaks_in_figure(case, key, kind, planted))
    for drawn in (
        f'<text style="font-size: 9px; fill: {style.INK}" x="1" y="2">{value}</text>',
        f'<text style="font-size: 9px; fill: {style.INK}" x="1" y="2">Hier {value}\u00a0%</text>',
        f'<!-- {value} --> <g style="fill: {style.INK}"></g>',
    ):
        inked = svg.replace("</svg>", f"{drawn}</svg>")
        assert leaks_in_figure(case, key, kind, inked) == [f"{key}-{kind}: {value}"]


def noticed_in_a_cell(case, source, text):
    output = nbformat.v4.new_output("display_data", {"text/markdown": text})
    cell = nbformat.v4.new_code_cell(source, outputs=[output])
    return leaks_in_notebook(case, nbformat.v4.new_notebook(cells=[cell]))


def test_a_planted_value_in_a_notebook_is_found(case, secret):
    key, name, value = secret
    told = f"Es sind {value}\u00a0%."
    assert noticed_in_a_cell(case, f'kapitel.aussagen("{key}")', told) == [f"{key}: {value}"]
    block = f"::::: {{.kennzahl}}\n## {told} {{#kennzahl-{key.replace('_', '-')}}}\n:::::\n"
    assert noticed_in_a_cell(case, "kapitel.kennzahlen()", block) == [f"{key}: {value}"]
    head = next(h for h, k in case.heads.items() if k == key).replace("(", "\\(")
    table = f"| Sozialraum | {head} |\n| --- | --: |\n| {name} | [{value} −]{{.unguenstig}} |\n"
    assert any(value in leak for leak in noticed_in_a_cell(case, "kapitel.waermetabelle()", table))


def test_planted_counts_are_found(case, secret):
    counts = min(case.secrets(secret[0]).counts)
    assert numbers_about(case, secret[0], f"Das sind {counts} Kindern.")
    assert not numbers_about(case, secret[0], f"Das sind 9{counts}0 Kindern.")


def test_a_planted_number_in_the_open_data_is_found(case):
    key, year, raum = min(case.unpublished)
    row = {"kennzahl": key, "jahr": str(year), "raum": raum, "status": "gesperrt", "wert": "7.3"}
    assert leaks_in_open_row(case, row) == ["7.3"]


def test_a_planted_row_in_a_data_file_is_found(case):
    row = case.suppressed.index[0]
    planted = case.published.copy()
    planted.loc[row, "zaehler"] = case.suppressed.loc[row, "zaehler"]
    assert len(leaks_in_frame(case, planted)) == 1
    planted = case.published.copy()
    planted.loc[row, "klasse"] = "ueber"
    assert len(leaks_in_frame(case, planted)) == 1
