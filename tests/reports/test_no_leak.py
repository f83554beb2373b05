"""No suppressed number stands anywhere in the finished demo report: all of it is walked.

Every check returns what it found, so that the last tests can plant a number and see it found.
"""

import copy
import html
import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cached_property

import lxml.html
import nbformat
import openpyxl
import pandas as pd
import pytest

from spm import Report
from spm.presentation.figures import style
from spm.presentation.wording.grammar import sign_of
from spm.published import GESAMT, GESPERRT, NICHT_ZUORDENBAR
from spm.text.numbers import format_number, round_half_away

SLUG = "pilotkommune"
SIGN = sign_of(GESPERRT)
KEY = ["kennzahl", "jahr", "raum", "gruppe"]
NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
KINDS = ("karte", "balken", "zeitreihe")
NUMBER = re.compile(r"[−+]?\d+(?:\.\d{3})*(?:,\d+)?")


def normal(text):
    return " ".join(text.replace("\u00a0", " ").split())


@dataclass
class Texts:
    """Numbers of one indicator as the report prints them."""

    values: set = field(default_factory=set)  # values and limits of intervals
    counts: set = field(default_factory=set)  # "12 von 340"


class Case:
    """The true numbers beside the report made from them."""

    def __init__(self, project):
        data = project / "data" / "processed" / SLUG
        self.folder = project / "report" / SLUG
        self.bericht = Report(project / "params" / f"{SLUG}.yml")
        self.published = pd.read_parquet(data / "published.parquet")
        true = pd.read_parquet(data / "indicators.parquet")
        pd.testing.assert_frame_equal(self.published[KEY], true[KEY])
        self.suppressed = true[self.published["status"].eq(GESPERRT)]
        year = self.bericht.params.bericht.berichtsjahr
        now = self.suppressed[self.suppressed["jahr"].eq(year)]
        self.cells = set(
            now[["kennzahl", "raum", "gruppe"]].fillna("").itertuples(index=False, name=None)
        )
        rows = self.published[self.published["status"].ne("ok") & self.published["gruppe"].isna()]
        self.unpublished = set(
            rows[["kennzahl", "jahr", "raum"]].itertuples(index=False, name=None)
        )
        self.shown = {
            key: self.texts(key, rows)
            for key, rows in self.published[self.published["status"].eq("ok")].groupby("kennzahl")
        }
        for key, texts in self.shown.items():
            texts.values |= self.derived(key)
        self.hidden = {key: self.texts(key, r) for key, r in self.suppressed.groupby("kennzahl")}

    def texts(self, key, rows):
        view, found = self.bericht.view(key), Texts()
        for row in rows[NUMBERS].itertuples(index=False):
            printed = [row.wert, row.ki_unten, row.ki_oben]
            # "7" stands anywhere for many reasons, "7,3" and "1.234" hardly.
            telling = [x for x in printed if view.indicator.nachkommastellen or abs(x) >= 1000]
            found.values |= {normal(view.number(x)) for x in telling if x == x}
            if row.zaehler == row.zaehler and row.nenner == row.nenner:
                found.counts.add(
                    normal(f"{format_number(row.zaehler)} von {format_number(row.nenner)}")
                )
        return found

    def derived(self, key):
        """What follows from published numbers: smoothed values, changes, values of other places."""
        view, rows = self.bericht.view(key), self.published[self.published["kennzahl"].eq(key)]
        total = rows[rows["raum"].eq(GESAMT) & rows["gruppe"].isna() & rows["status"].eq("ok")]
        places = view.indicator.nachkommastellen
        printed = [float(round_half_away(x, places)) for x in total["wert"]]
        found = [a - b for a in printed for b in printed] + rows["geglaettet"].dropna().tolist()
        found += [v.wert for v in view.elsewhere]
        changes = view.changes.values()
        found += [x for a in changes for x in (a.differenz, a.ki_unten, a.ki_oben) if x == x]
        return {
            normal(format_number(x, places, signed=sign)) for x in found for sign in (True, False)
        }

    def secrets(self, key):
        """What must not be printed about an indicator: nothing that is shown of it anyway."""
        hidden, shown = self.hidden.get(key, Texts()), self.shown.get(key, Texts())
        return Texts(hidden.values - shown.values, hidden.counts - shown.counts)

    @cached_property
    def chapters(self):
        pages = {}
        for path in sorted((self.folder / "html").glob("0*.html")):
            source = nbformat.read(self.folder / "book" / f"{path.stem}.ipynb", as_version=4)
            code = "\n".join(cell.source for cell in source.cells)
            key = re.search(r'bericht\.kapitel\("(\w+)"\)', code)[1]
            pages[key] = lxml.html.parse(str(path)).getroot()
        return pages

    def heads(self, chapter):
        """Indicator by the head of its column."""
        views = self.bericht.kapitel(chapter).views
        heads = {}
        for view in views:
            span = f", {view.short_years(view.year)}" if view.window > 1 else ""
            heads[normal(view.axis) + span] = view.indicator.id
        assert len(heads) == len(views)
        return heads


# ------------------------------------------------------------------------------------- checks


def leaks_in_frame(case, frame):
    """Rows that are suppressed in the published data must hold no number in any copy."""
    both = frame.merge(case.suppressed[KEY], on=KEY, how="inner")
    told = both[[*NUMBERS, "klasse"]].notna().any(axis=1) | both["status"].ne(GESPERRT)
    return [str(tuple(row)) for row in both.loc[told, KEY].itertuples(index=False)]


def tables(case, chapter, page):
    """(indicator, area or facility, text) of every cell with a number or a sign."""
    heads, ort = case.heads(chapter), case.bericht.place
    for figure in page.xpath("//figure[@class='tabelle'][.//table]"):
        if figure.get("id").endswith(("-werte", "-vergleich")):
            continue
        first, *columns = [normal(th.text_content()) for th in figure.xpath(".//thead//th")]
        facility = first in {"Kita", "Grundschule"}
        for row in figure.xpath(".//tbody/tr"):
            label, *cells = [normal(cell.text_content()) for cell in row.xpath("./th|./td")]
            for head, text in zip(columns, cells, strict=True):
                key = heads[head]
                if label == f"{ort.name} insgesamt":
                    place = (GESAMT, "")
                elif facility:
                    place = (GESAMT, f"{first}: {label}")
                elif label == "nicht zuordenbar":
                    place = (NICHT_ZUORDENBAR, "")
                else:
                    names = {name: raum for raum, name in case.bericht.view(key).area_names}
                    place = (names[label], "")
                yield (key, *place), text


def details(case, page):
    """(indicator, area, all texts of the row) of the tables about one indicator."""
    for figure in page.xpath("//figure[substring(@id, string-length(@id) - 5) = '-werte']"):
        key = figure.get("id").removeprefix("tbl-").removesuffix("-werte").replace("-", "_")
        names = {normal(name): raum for raum, name in case.bericht.view(key).area_names}
        for row in figure.xpath(".//tbody/tr"):
            label, *cells = [normal(cell.text_content()) for cell in row.xpath("./th|./td")]
            others = NICHT_ZUORDENBAR if label == "nicht zuordenbar" else GESAMT
            yield (key, names.get(label, others), ""), " ".join(filter(None, cells))


def leaks_in_tables(case, chapter, page):
    """Every suppressed cell shows the sign, and a suppressed row nothing else."""
    cells = [*tables(case, chapter, page), *details(case, page)]
    return [f"{cell}: {text}" for cell, text in cells if cell in case.cells and text != SIGN]


def numbers_about(case, key, text):
    """Secret numbers of an indicator in a text that speaks about it."""
    text, secrets = normal(text), case.secrets(key)
    found = secrets.values & set(NUMBER.findall(text))
    found |= {c for c in secrets.counts if re.search(rf"(?<![\d.,]){re.escape(c)}(?![\d.,])", text)}
    return [f"{key}: {number}" for number in sorted(found)]


def sentences(page, key):
    """Captions, alternative texts and paragraphs that refer to the figures of an indicator."""
    name = key.replace("_", "-")
    for kind in KINDS:
        for figure in page.xpath(f"//figure[@id='fig-{name}-{kind}']"):
            yield from figure.xpath(".//img/@alt")
            yield figure.xpath("string(.//figcaption)")
        yield from (
            p.text_content()
            for p in page.xpath(f"//p[.//a[contains(@href, '#fig-{name}-{kind}')]]")
        )


def leaks_in_sentences(case, chapter, page):
    found = []
    for view in case.bericht.kapitel(chapter).views:
        key = view.indicator.id
        texts = list(sentences(page, key))
        title = normal(view.indicator.titel)
        texts += [
            i
            for i in map(lambda li: li.text_content(), page.xpath("//main//li"))
            if normal(i).startswith(title)
        ]
        found += [leak for text in texts for leak in numbers_about(case, key, text)]
    return found


def svg_texts(svg):
    """(text, colour) in drawing order; of names drawn as outlines the text is a comment."""
    pattern = (
        r'<text style="[^"]*?fill: (#\w+)[^>]*>([^<]*)</text>'
        r'|<!-- (.*?) -->\s*<g style="fill: (#\w+)'
    )
    found = re.findall(pattern, svg)
    return [(normal(html.unescape(text or note)), ink or fill) for ink, text, note, fill in found]


def label_of(texts, name):
    """What stands after an area's name, which may be set in several lines."""
    for start in range(len(texts)):
        for end in range(start + 1, min(start + 4, len(texts))):
            if " ".join(texts[start:end]) == name:
                return texts[end]
    return None


def leaks_in_figure(case, key, kind, svg):
    """The label of a suppressed area is the sign, and no secret value stands anywhere."""
    texts, view = svg_texts(svg), case.bericht.view(key)
    assert texts
    bare = [text.removesuffix(" %") for text, colour in texts if colour != style.QUIET]
    found = [f"{key}-{kind}: {text}" for text in bare if text in case.secrets(key).values]
    if kind == "zeitreihe":
        return found
    for raum, name in view.area_names:
        label = label_of([text for text, _ in texts], normal(name))
        if (key, raum, "") in case.cells and label not in (SIGN, None):
            found.append(f"{key}-{kind}, {name}: {label}")
    return found


def leaks_in_notebook(case, notebook):
    """All that a cell shows about the indicators that its call names."""
    found = []
    for cell in notebook.cells:
        keys = [k for k in re.findall(r'"(\w+)"', cell.source) if k in case.bericht.catalogue]
        shown = [
            text if isinstance(text, str) else json.dumps(text)
            for output in cell.get("outputs", [])
            for text in [*output.get("data", {}).values(), output.get("text", "")]
        ]
        for key in keys:
            found += [leak for text in shown for leak in numbers_about(case, key, text)]
    return found


def cells_in_pdf(case, chapter, page, lines):
    """Rows of a chapter's tables that the PDF does not show as the pages do."""
    missing = []
    for row in page.xpath("//figure[@class='tabelle']//tbody/tr"):
        label, *cells = [normal(cell.text_content()) for cell in row.xpath("./th|./td")]
        cells = " ".join(cells).split()
        first, n = label.split()[0], len(cells)
        if not any(line[-n:] == cells and line[0] == first for line in lines if len(line) > n):
            missing.append(f"{label}: {cells}")
    return missing


# -------------------------------------------------------------------------- the finished report


@pytest.fixture(scope="module")
def case(demo):
    return Case(demo)


@pytest.fixture(scope="module")
def pdf_lines(case):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    command = ["pdftotext", "-layout", str(case.folder / f"{SLUG}.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return [line.replace("\u00a0", " ").split() for line in text.splitlines() if line.strip()]


def figures(case):
    """(indicator, kind, path) of every figure of the report."""
    for path in sorted((case.folder / "html" / "figures").glob("*.svg")):
        key, _, kind = path.stem.rpartition("-")
        if key in case.bericht.catalogue and kind in KINDS:
            yield key, kind, path


def test_there_is_something_to_hide(case):
    assert len(case.suppressed) > 50
    assert sum(bool(case.secrets(key).values) for key in case.hidden) > 5
    assert case.suppressed["wert"].notna().sum() > 50


def test_the_published_data(case):
    assert leaks_in_frame(case, case.published) == []


def test_every_table_cell(case):
    seen = set()
    for chapter, page in case.chapters.items():
        assert leaks_in_tables(case, chapter, page) == []
        seen |= {cell for cell, _ in tables(case, chapter, page)}
    assert case.cells <= seen, "every suppressed value of the reporting year has its cell"


def test_every_sentence_caption_and_alternative_text(case):
    spoken = 0
    for chapter, page in case.chapters.items():
        assert leaks_in_sentences(case, chapter, page) == []
        spoken += sum(len(list(sentences(page, key))) for key in case.hidden)
    assert spoken > 20


def test_every_figure(case):
    signs = 0
    for key, kind, path in figures(case):
        svg = path.read_text(encoding="utf-8")
        assert leaks_in_figure(case, key, kind, svg) == []
        signs += sum(text == SIGN for text, _ in svg_texts(svg))
        same = case.folder / "book" / "figures" / path.name
        assert same.read_bytes() == path.read_bytes()
    assert signs > 0


def test_every_table_row_of_the_pdf(case, pdf_lines):
    for chapter, page in case.chapters.items():
        assert cells_in_pdf(case, chapter, page, pdf_lines) == []


def test_every_executed_notebook(case):
    paths = sorted(case.folder.rglob("*.ipynb"))
    assert len(paths) >= 7
    for path in paths:
        assert leaks_in_notebook(case, nbformat.read(path, as_version=4)) == []


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
    """(indicator, area, its true value as text) of a suppressed area with a map and bars."""
    year = case.bericht.params.bericht.berichtsjahr
    rows = case.suppressed[case.suppressed["jahr"].eq(year) & case.suppressed["gruppe"].isna()]
    kinds = {(key, kind) for key, kind, _ in figures(case)}
    drawn = {key for key, _ in kinds if {(key, "karte"), (key, "balken")} <= kinds}
    for row in rows.itertuples():
        view = case.bericht.view(row.kennzahl)
        value = normal(view.number(row.wert)) if row.wert == row.wert else ""
        names = dict(view.area_names)
        if (
            row.kennzahl in drawn
            and row.raum in names
            and value in (case.secrets(row.kennzahl).values)
        ):
            return row.kennzahl, names[row.raum], value
    raise AssertionError("no suppressed value of the demo would be noticed")


def chapter_of(case, key):
    chapter = case.bericht.catalogue[key].kapitel
    return chapter, copy.deepcopy(case.chapters[chapter])


def plant_in_table(case, secret):
    """The page of the indicator with its true value in the table."""
    key, name, value = secret
    chapter, page = chapter_of(case, key)
    head = next(h for h, k in case.heads(chapter).items() if k == key)
    for figure in page.xpath("//figure[@class='tabelle'][.//table]"):
        columns = [normal(th.text_content()) for th in figure.xpath(".//thead//th")]
        for row in figure.xpath(".//tbody/tr"):
            cells = row.xpath("./th|./td")
            if head in columns and normal(cells[0].text_content()) == normal(name):
                cells[columns.index(head)].text = value
    return chapter, page


def test_a_planted_value_in_a_table_is_found(case, secret, pdf_lines):
    chapter, page = plant_in_table(case, secret)
    assert any(secret[2] in leak for leak in leaks_in_tables(case, chapter, page))
    assert cells_in_pdf(case, chapter, page, pdf_lines), "the PDF shows another row"


def test_a_planted_value_in_the_pdf_is_found(case, secret, pdf_lines):
    chapter, page = chapter_of(case, secret[0])
    planted = [[secret[2] if word == SIGN else word for word in line] for line in pdf_lines]
    assert cells_in_pdf(case, chapter, page, planted)


def test_a_planted_value_in_words_is_found(case, secret):
    key, _, value = secret
    name = key.replace("_", "-")
    for where in ("img", "figcaption"):
        chapter, page = chapter_of(case, key)
        element = page.xpath(f"//figure[@id='fig-{name}-balken']//{where}")[0]
        if where == "img":
            element.set("alt", f"{element.get('alt')} Verborgen: {value}\u00a0%.")
        else:
            element.text = f"Verborgen: {value}\u00a0%."
        assert leaks_in_sentences(case, chapter, page) == [f"{key}: {value}"]


@pytest.mark.parametrize("kind", ["karte", "balken"])
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
        f'<!-- {value} --> <g style="fill: {style.INK}"></g>',
    ):
        inked = svg.replace("</svg>", f"{drawn}</svg>")
        assert leaks_in_figure(case, key, kind, inked) == [f"{key}-{kind}: {value}"]


def test_a_planted_value_in_a_notebook_is_found(case, secret):
    key, _, value = secret
    output = nbformat.v4.new_output("display_data", {"text/markdown": f"Es sind {value}\u00a0%."})
    cell = nbformat.v4.new_code_cell(f'kapitel.aussagen("{key}")', outputs=[output])
    assert leaks_in_notebook(case, nbformat.v4.new_notebook(cells=[cell])) == [f"{key}: {value}"]


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
