"""What must not stand in a report, and the checks that walk pages, figures, PDF and notebooks.

Every check returns what it found, so that a test can plant a number and see it found.
"""

import copy
import html
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import lxml.html
import nbformat
import pandas as pd

from spm import Report
from spm.presentation.figures import style
from spm.presentation.wording import peers
from spm.presentation.wording.grammar import sign_of
from spm.published import GESAMT, GESPERRT, NICHT_ZUORDENBAR
from spm.text.numbers import format_number, round_half_away

SLUG = "pilotkommune"
SIGN = sign_of(GESPERRT)
KEY = ["kennzahl", "jahr", "raum", "gruppe"]
NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
KINDS = ("block", "block-schmal")
FACILITIES = {"Kita", "Grundschule"}
FIRST_HEADS = {"Kennzahl", "Frage", "Teilziel"}
TARGETS = "Teilziel und Kennzahl"
"""First head of the tables of targets."""

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
        self.year = year = self.bericht.params.bericht.berichtsjahr
        now = self.suppressed[self.suppressed["jahr"].eq(year)]
        self.cells = set(
            now[["kennzahl", "raum", "gruppe"]].fillna("").itertuples(index=False, name=None)
        )
        rows = self.published[self.published["status"].ne("ok") & self.published["gruppe"].isna()]
        single = self.suppressed[self.suppressed["gruppe"].isna()]
        self.series = set(single[["kennzahl", "jahr", "raum"]].itertuples(index=False, name=None))
        self.unpublished = set(
            rows[["kennzahl", "jahr", "raum"]].itertuples(index=False, name=None)
        )
        self.shown = {
            key: self.texts(key, rows)
            for key, rows in self.published[self.published["status"].eq("ok")].groupby("kennzahl")
        }
        for key, texts in self.shown.items():
            texts.values |= self.derived(key)
        self.views = [self.bericht.view(key) for key in self.bericht.catalogue]
        self.names = {n: raum for v in self.views if not v.groups for raum, n in v.area_names}
        self.hidden = {key: self.texts(key, r) for key, r in self.suppressed.groupby("kennzahl")}

    @cached_property
    def rowless(self):
        """Suppressed (indicator, year, area) of what has one row, that of the municipality."""
        alone = {view.indicator.id for view in self.views if view.whole_only}
        return {cell for cell in self.series if cell[0] in alone and cell[2] != GESAMT}

    @cached_property
    def now(self):
        """Suppressed (indicator, year, area, group) of the year that must have their sign."""
        cells = {(key, self.year, raum, group) for key, raum, group in self.cells}
        return {cell for cell in cells if cell[:3] not in self.rowless}

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
        found += [v.wert for v in (*view.elsewhere, *view.alike)]
        found += [group.middle for group in peers.groups(view)]
        changes = view.changes.values()
        found += [x for a in changes for x in (a.differenz, a.ki_unten, a.ki_oben) if x == x]
        return {
            normal(format_number(x, places, signed=sign)) for x in found for sign in (True, False)
        }

    def secrets(self, key):
        """What must not be printed about an indicator: nothing that is shown of it anyway."""
        hidden, shown = self.hidden.get(key, Texts()), self.shown.get(key, Texts())
        return Texts(hidden.values - shown.values, hidden.counts - shown.counts)

    def page(self, name):
        return lxml.html.parse(str(self.folder / "html" / name)).getroot()

    @cached_property
    def chapters(self):
        pages = {}
        for path in sorted((self.folder / "html").glob("0*.html")):
            source = nbformat.read(self.folder / "book" / f"{path.stem}.ipynb", as_version=4)
            code = "\n".join(cell.source for cell in source.cells)
            pages[re.search(r'bericht\.kapitel\("(\w+)"\)', code)[1]] = self.page(path.name)
        return pages

    @cached_property
    def words(self):
        """(what a text calls it, indicator), the longest first: one name may hold another."""
        of = [(view.indicator, view.indicator.id) for view in self.views]
        names = {
            (normal(name).casefold(), key)
            for its, key in of
            for name in (its.kurztitel, its.titel, its.satz.partition(" ")[2])
            if name
        }
        return sorted(names, key=lambda pair: (-len(pair[0]), pair))

    @cached_property
    def profiles(self):
        """Page of every area by its id."""
        pages = [
            self.page(f"profile/{p.name}") for p in self.folder.glob("html/profile/raum-*.html")
        ]
        return {self.names[normal(page.xpath("string(//h1)"))]: page for page in pages}

    @cached_property
    def heads(self):
        """Indicator by the head of its column, or of its row."""
        heads = {}
        for view in self.views:
            span = f", {view.short_years(view.year)}" if view.window > 1 else ""
            heads[normal(view.axis) + span] = view.indicator.id
        assert len(heads) == len(self.views)
        return heads

    def raum(self, key, label):
        """The area, or the group it belongs to, that a row of a table about an indicator names."""
        place = self.bericht.place.name
        if label in (place, f"{place} insgesamt"):
            return GESAMT
        if label == "nicht zuordenbar":
            return NICHT_ZUORDENBAR
        view = self.bericht.view(key)
        names = {normal(name): raum for raum, name in view.area_names}
        if label in names:
            return names[label]
        return self.group(view, label)

    def group(self, view, name):
        """The group of a view that an area of this name belongs to."""
        return next(group for group, parts in view.groups.items() if name in parts)

    def name(self, raum):
        return next(name for name, its in self.names.items() if its == raum)


# ------------------------------------------------------------------------------------- tables


class Table(NamedTuple):
    id: str
    columns: list
    rows: list
    """The first text of a row is its label."""
    caption: str = ""


def tables_of_page(page):
    """All tables of a page; what only listeners hear belongs to the text of a cell."""
    for figure in page.xpath("//figure[contains(@class, 'tabelle')][.//table]"):
        columns = [normal(th.text_content()) for th in figure.xpath(".//thead//th")]
        rows = [
            [normal(cell.text_content()) for cell in row.xpath("./th|./td")]
            for row in figure.xpath(".//tbody/tr")
        ]
        caption = normal(figure.xpath("string(.//figcaption)"))
        yield Table(figure.get("id") or "", columns, rows, caption)


def tables_of_markdown(text):
    """All tables that a cell of a notebook shows."""
    pattern = r"((?:^\|.*\n)+)(?:\s*^: (.*?)\{#([\w-]+)[^}]*\})?"
    for lines, caption, name in re.findall(pattern, text, flags=re.MULTILINE):
        rows = [
            [plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
            for line in lines.splitlines()
        ]
        if len(rows) > 2:
            yield Table(name, rows[0], rows[2:], normal(caption))


def plain(cell):
    """A cell of a Markdown table without its marks."""
    cell = re.sub(r"`[^`]*`\{=\w+\}", "", cell)
    cell = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", cell.strip())
    cell = re.sub(r"^(\*+)(.*)\1$", r"\2", cell.strip())
    return normal(re.sub(r"\\(\W)", r"\1", cell))


def cells(case, table):
    """((indicator, year, area, facility), text) of every cell with a value or a sign."""
    first, *columns = table.columns
    year = case.year
    if table.id in OVERALL:
        yield from OVERALL[table.id](case, table)
        return
    if first == TARGETS:
        yield from values_of_targets(case, table)
        return
    if table.id.endswith("-daten"):
        key = table.id.removeprefix("tbl-").removesuffix("-daten").replace("-", "_")
        for label, *texts in table.rows:
            for head, text in zip(columns, texts, strict=True):
                # The interval of the last value stands beside it.
                last = re.search(r"\d{4}$", head)[0]
                if text or not head.startswith("Intervall"):
                    yield (key, int(last), case.raum(key, label), ""), text
        return
    for label, *texts in table.rows:
        for head, text in zip(columns, texts, strict=True):
            if head not in case.heads:
                continue
            key = case.heads[head]
            if first in FACILITIES:
                yield (key, year, GESAMT, f"{first}: {label}"), text
            else:
                yield (key, year, case.raum(key, label), ""), text


def values_side_by_side(case, table):
    """Cells of a table with areas beside each other; one of a group of areas stays empty there."""
    for label, *texts in table.rows:
        for name, text in zip(table.columns[1:], texts, strict=True):
            if label in case.heads and text:
                key = case.heads[label]
                yield (key, case.year, case.raum(key, name), ""), text


def shares_of_areas(case, table):
    """Shares and counts of an indicator in an area, one row for each.

    Without a column for areas all rows are of one, which the caption names.
    """
    keys = {}
    for view in case.views:
        span = f", {view.short_years(view.year)}" if view.window > 1 else ""
        keys[normal(view.indicator.kurztitel) + span] = view.indicator.id
    level = normal(case.bericht.place.level)
    for label, *texts in table.rows:
        key = keys[label]
        if level in table.columns:
            raeume = [case.raum(key, texts.pop(0))]
        else:
            names = case.bericht.view(key).area_names
            known = [raum for raum, name in names if named_in(table.caption, normal(name))]
            assert known, table.caption
            raeume = known
        for raum in raeume:
            for text in texts:
                yield (key, case.year, raum, ""), text


def named_in(caption, name):
    """Whether a caption names an area, and not one of a longer name."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", caption) is not None


def needs_of_areas(case, table):
    """The share of an area in those whom the indicator of need counts."""
    key = case.bericht.params.angebote.bedarf["alle Lebensphasen"]
    at = table.columns.index("Bedarf") - 1
    for label, *texts in table.rows[:-1]:
        yield (key, case.year, case.raum(key, label), ""), texts[at]


OVERALL = {
    "tbl-gesamtbild-werte": values_side_by_side,
    "tbl-gesamtbild-konzentration": shares_of_areas,
    # Numbers of tests by their result; `tests/truthoverall.py` counts them again.
    "tbl-gesamtbild-bereiche": lambda case, table: iter(()),
    "tbl-gesamtbild-angebote": needs_of_areas,
    # Both are made of indicators that are published for all areas, else of none; their own tests
    # (tests/synthesis, tests/presentation/synthesis) suppress a value and see them left out.
    "tbl-gesamtbild-index": lambda case, table: iter(()),
    "tbl-gesamtbild-verteilung": lambda case, table: iter(()),
}
"""How to read the tables of the chapter Gesamtbild, which are arranged in other ways."""


def values_of_targets(case, table):
    """The value of each target's indicator and area, which its label names behind the target."""
    at = next(i for i, head in enumerate(table.columns) if head.startswith("Wert ")) - 1
    axes = {normal(view.axis): view.indicator.id for view in case.views}
    for label, *texts in table.rows:
        head = max((head for head in axes if f": {head}, " in label), key=len)
        name = label.partition(f": {head}, ")[2].rpartition(", ")[0]
        key = axes[head]
        yield (key, case.year, case.raum(key, name), ""), texts[at]


def leaks_in_cells(case, table):
    """Every suppressed cell shows the sign and nothing else."""
    hidden = {(key, year, raum, "") for key, year, raum in case.series}
    hidden |= {(key, case.year, raum, group) for key, raum, group in case.cells}
    return [
        f"{cell}: {text}" for cell, text in cells(case, table) if cell in hidden and text != SIGN
    ]


def leaks_in_rows(case, table, raum=GESAMT):
    """Rows about one indicator each: of the municipality, or of the area of a profile."""
    found = []
    for label, *texts in table.rows:
        head = label.partition(", gemeinsam mit ")[0]
        if table.columns[0] != "Kennzahl" or head not in case.heads or table.id in OVERALL:
            continue
        key = case.heads[head]
        found += numbers_about(case, key, " ".join([label, *texts]))
        here = raum if raum == GESAMT else case.raum(key, case.name(raum))
        if (key, here, "") in case.cells:
            # Besides the sign, only the value of the municipality is told.
            open_to_all = table.columns.index("Kommune gesamt") - 1
            told = [t for i, t in enumerate(texts) if t and i != open_to_all]
            found += [] if told == [SIGN] else [f"{key}, {raum}: {told}"]
    return found


def leaks_in_tables(case, page, raum=GESAMT):
    found = []
    for table in tables_of_page(page):
        known = (
            table.id in OVERALL
            or table.columns[0] == TARGETS
            or any(head in case.heads for head in table.columns[1:])
        )
        assert known or table.columns[0] in FIRST_HEADS or table.id.endswith("-daten"), table
        found += leaks_in_cells(case, table) + leaks_in_rows(case, table, raum)
    return found


def strips_of_hidden(case, page, raum):
    """Suppressed rows of a profile whose strip marks a value or an interval."""
    found = []
    for row in page.xpath("//tbody/tr"):
        key = case.heads.get(normal(row[0].text_content()))
        marks = row.xpath(".//*[contains(@class, 'punkt') or contains(@class, 'intervall')]")
        if (key, raum, "") in case.cells and marks:
            found.append(f"{key}, {raum}: {len(marks)} marks")
    return found


# ----------------------------------------------------------------------------------- sentences


def leaks_in_frame(case, frame):
    """Rows that are suppressed in the published data must hold no number in any copy."""
    both = frame.merge(case.suppressed[KEY], on=KEY, how="inner")
    told = both[[*NUMBERS, "klasse"]].notna().any(axis=1) | both["status"].ne(GESPERRT)
    return [str(tuple(row)) for row in both.loc[told, KEY].itertuples(index=False)]


def secret_numbers(case, key, text):
    """Secret numbers of an indicator that stand in a text."""
    text, secrets = normal(text), case.secrets(key)
    found = secrets.values & set(NUMBER.findall(text))
    # "Teil 1 von 2" of a table counts nobody.
    found |= {
        c
        for c in secrets.counts
        if re.search(rf"(?<![\d.,])(?<!Teil ){re.escape(c)}(?![\d.,])", text)
    }
    return sorted(found)


def numbers_about(case, key, text):
    """Secret numbers in a text that speaks about one indicator, and numbers of hidden areas."""
    found = [f"{key}: {number}" for number in secret_numbers(case, key, text)]
    number = r"[−+]?\d+(?:\.\d{3})*,\d+"
    for raum, name in case.bericht.view(key).area_names:
        if (key, raum, "") in case.cells:
            here = re.escape(normal(name))
            beside = rf"{here} \({number}|{number}(?: %| je [\d.]+)? \({here}\)"
            found += [f"{key}: {told}" for told in re.findall(beside, normal(text))]
    return found


def named(case, text):
    """Indicators that a text names, by their short name, title or the words of sentences."""
    text, found = normal(text).casefold(), set()
    for name, key in case.words:
        if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            found.add(key)
            text = text.replace(name, "·")
    return found


def numbers_among(case, keys, text):
    """Secret numbers of the indicators that a text names, or else of all that it may speak about.

    What is shown of another of them is no secret: "A (12,3 %), B (4,5 %)".
    """
    if not NUMBER.search(text):
        return []
    keys = named(case, text) or set(keys)
    if len(keys) == 1:
        return numbers_about(case, *keys, text)
    found = []
    for key in sorted(keys):
        others = [case.shown[k] for k in keys - {key} if k in case.shown]
        found += [
            f"{key}: {n}"
            for n in secret_numbers(case, key, text)
            if not any(n in texts.values or n in texts.counts for texts in others)
        ]
    return found


def blocks(page):
    """(indicator, element) of the blocks of a chapter's page."""
    for block in page.xpath("//div[contains(concat(' ', @class, ' '), ' kennzahl ')]"):
        (name,) = block.xpath(".//h2/@id")
        yield name.removeprefix("kennzahl-").replace("-", "_"), block


def sentences(page, key):
    """Headline, label line, paragraphs, captions and alternative texts of an indicator's block."""
    for name, block in blocks(page):
        if name == key:
            for path in (".//h2", ".//p", ".//li", ".//figcaption"):
                yield from (normal(e.text_content()) for e in block.xpath(path))
            yield from block.xpath(".//@alt|.//@aria-label|.//@title")


def texts_beside(page):
    """Texts outside the blocks: findings, notes, captions, questions, what other attributes say."""
    outside = "[not(ancestor::div[contains(concat(' ', @class, ' '), ' kennzahl ')])]"
    for path in ("//main//p", "//main//li", "//main//figcaption", "//main//h1", "//main//h2"):
        for element in page.xpath(path + outside):
            # How a cell with numbers of tests is read: an example, about no indicator.
            yield re.sub(r"„\d+ von \d+ [+−]“", "", normal(element.text_content()))
    for row in page.xpath("//main//tbody/tr[ancestor::figure[contains(@id, '-prueffragen')]]"):
        yield normal(row.text_content())
    yield from map(normal, page.xpath(f"//main//*{outside}/@alt|//main//*{outside}/@title"))


def leaks_in_sentences(case, page, keys):
    found = [
        leak
        for key, block in blocks(page)
        for text in [*sentences(page, key), block.text_content()]
        for leak in numbers_about(case, key, text)
    ]
    for text in texts_beside(page):
        for part in text.split(";"):
            found += numbers_among(case, keys, part)
    return list(dict.fromkeys(found))


# ------------------------------------------------------------------------------------- figures


def figures(case):
    """(indicator, kind, path) of every figure about an indicator."""
    for path in sorted((case.folder / "html" / "figures").glob("*.svg")):
        key, _, kind = path.stem.partition("-")
        if key in case.bericht.catalogue:
            assert kind in KINDS, path.name
            yield key, kind, path


def svg_texts(svg):
    """(text, colour) in drawing order; of names drawn as outlines the text is a comment."""
    pattern = (
        r'<text style="[^"]*?fill: (#\w+)[^>]*>([^<]*)</text>'
        r'|<!-- (.*?) -->\s*<g style="fill: (#\w+)'
    )
    found = re.findall(pattern, svg)
    return [(normal(html.unescape(text or note)), ink or fill) for ink, text, note, fill in found]


SHARES = ("gesamtbild-konzentration", "gesamtbild-konzentration-schmal")
"""Figures of shares: the names of the files."""


def leaks_in_shares(case, key, svg):
    """Areas that are not published whose bars have a number: behind a name stands the sign."""
    texts = [text for text, _ in svg_texts(svg)]
    found = []
    for raum, name in case.bericht.view(key).area_names:
        label = label_of(texts, normal(name))
        if (key, raum, "") in case.cells and label not in (SIGN, None):
            found.append(f"{key}, {name}: {label}")
    return found


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
    inked = [text for text, colour in texts if colour != style.QUIET]
    found = [f"{key}-{kind}: {n}" for text in inked for n in secret_numbers(case, key, text)]
    for raum, name in view.area_names:
        label = label_of([text for text, _ in texts], normal(name))
        if (key, raum, "") in case.cells and label != SIGN:
            found.append(f"{key}-{kind}, {name}: {label}")
    return found


# ----------------------------------------------------------------------------------- notebooks

BLOCK = re.compile(r"^:{5} \{\.kennzahl\}\n(.*?)^:{5}$", flags=re.MULTILINE | re.DOTALL)


def shown_by_cell(cell):
    """All texts that a cell shows."""
    for output in cell.get("outputs", []):
        for text in [*output.get("data", {}).values(), output.get("text", "")]:
            yield text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)


def shown_by(notebook):
    return [text for cell in notebook.cells for text in shown_by_cell(cell)]


def leaks_in_notebook(case, notebook):
    """All that a cell shows: blocks of one indicator, tables, and what its call names."""
    found = []
    for cell in notebook.cells:
        called = [k for k in re.findall(r'"(\w+)"', cell.source) if k in case.bericht.catalogue]
        for text in shown_by_cell(cell):
            for block in BLOCK.findall(text):
                key = re.search(r"\{#kennzahl-([\w-]+)", block)[1].replace("-", "_")
                found += numbers_about(case, key, block)
            rest = BLOCK.sub("", text)
            found += [leak for key in called for leak in numbers_about(case, key, rest)]
            for table in tables_of_markdown(rest):
                found += leaks_in_cells(case, table)
    return found


# ----------------------------------------------------------------------------------------- PDF


def words_of(line):
    return line.replace("\u00a0", " ").split()


def rows_for_print(page):
    """(table, label, words of the cells) without what only listeners hear; questions wrap."""
    page = copy.deepcopy(page)
    for heard in page.xpath("//*[contains(@class, 'nur-gehoert')]"):
        heard.drop_tree()
    for table in tables_of_page(page):
        if not table.id.endswith("-prueffragen"):
            for label, *texts in table.rows:
                words = " ".join(texts).split()
                # What places and sources are called, and how a value is placed, may take several
                # lines.
                last = {"vergleich": 3, "vergleichbar": 4}.get(table.id.rpartition("-")[2])
                yield table.id, label, words[-last:] if last else words


def cells_in_pdf(page, lines):
    """Rows of a page's tables that the PDF does not show as the page does."""
    missing, lines = [], [unparted(line) for line in lines]
    for name, label, words in rows_for_print(page):
        if not at_the_end(unparted(label.split()), unparted(words), lines):
            missing.append(f"{name}, {label}: {words}")
    return missing


def unparted(words):
    """Words with their signs: a narrow blank before one is read as none."""
    return re.sub(r"(?<=\d) (?=[%+−]+(?:[ )]|$))", "", " ".join(words)).split()


def at_the_end(label, words, lines):
    """Whether a line ends with the cells of a row; the last of them may go on in the next line."""
    n = len(words)
    broken = [(words, [])] + [(words[:-k], words[-k:]) for k in range(1, min(n, 3))]
    if n and "–" in words[-1]:
        low, high = words[-1].split("–", 1)  # an interval breaks behind its dash
        broken.append(([*words[:-1], f"{low}–"], [high]))
    return any(
        line[0] == label[0]
        and len(line) > len(begun)
        and line[len(line) - len(begun) :] == begun
        and (not rest or after == rest)
        for line, after in zip(lines, [*lines[1:], []], strict=True)
        for begun, rest in broken
    )


def profile_lines(case, raum, lines):
    """The lines of an area's profile in the PDF that binds all of them, up to its closing note."""
    names = [name.split() for name in case.names]
    starts = [i for i, line in enumerate(lines[:-1]) if line in names and lines[i + 1][0] == "In"]
    assert len(starts) == len(names), starts
    start = next(i for i in starts if lines[i] == case.name(raum).split())
    closing = ["Je", "breiter", "das", "Intervall,"]
    return lines[start : next(i for i in range(start, len(lines)) if lines[i][:4] == closing)]


def profile_in_pdf(page, lines):
    """(rows that both have, rows that the PDF shows in another way) of an area's profile.

    On paper a profile has a fixed set of indicators, in the web pages all of them.
    """
    same, other = [], []
    for _, label, words in rows_for_print(page):
        begin, n = label.split()[:4], len(words)
        found = [line for line in lines if line[: len(begin)] == begin]
        if words and found:
            right = any(
                line[-n:] == words and len(line) <= n + len(label.split()) for line in found
            )
            (same if right else other).append(f"{label}: {words}")
    return same, other
