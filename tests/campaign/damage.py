"""Damage that files suffer in offices: every kind takes a copy of the demo and a seeded chance.

No kind makes a file that somebody could have meant: a number that is merely another one is no
damage that any program can see.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell

PARAMS = Path("params/pilotkommune.yml")
CATALOGUE = Path("params/kennzahlen.yml")
RAW = Path("data/raw/pilotkommune")
GEOMETRY = RAW / "sozialraeume.geojson"
TABLES = {
    "hze.csv": ("hze", "utf-8-sig"),
    "einwohner.csv": ("einwohner", "cp1252"),
    "bewegungen.csv": ("bewegungen", "cp1252"),
    "mobilitaet.csv": ("mobilitaet", "utf-8-sig"),
}
"""CSV files that are damaged: their delivery and encoding."""
BOOKS = {"sgb2.xlsx": "sgb2", "haushalte.xlsx": "haushalte"}
TEXTS = Path("params/texte/pilotkommune")


@dataclass(frozen=True)
class Kind:
    """One kind of damage.

    Parameters
    ----------
    part : "CSV", "Arbeitsmappe", "Geometrie", "Params", "Katalog", "Text".
    do : damages the project in a folder; says what it did and which deliveries are looked at.
    """

    part: str
    name: str
    do: Callable[[Path, random.Random], tuple[str, tuple[str, ...]]]


def only(project: Path, deliveries: tuple[str, ...]) -> None:
    """Leave out the other deliveries: a check takes a second then."""
    path = project / PARAMS
    head, section = path.read_text(encoding="utf-8").split("\nlieferungen:\n")
    entries = re.split(r"(?m)^  (?=[a-z0-9]+:$)", section)[1:]
    kept = [re.sub(r"(?m)^#.*", "", e) for e in entries if e.split(":")[0] in deliveries]
    text = f"{head}\nlieferungen:\n" + "".join(f"  {entry}" for entry in kept)
    path.write_text(text, encoding="utf-8")


# ------------------------------------------------------------------------------------------ CSV


def _bytes(change: Callable[[bytes, random.Random], bytes]) -> Callable[..., Any]:
    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        name = chance.choice(sorted(TABLES))
        path = project / RAW / name
        path.write_bytes(change(path.read_bytes(), chance))
        return name, (TABLES[name][0],)

    return do


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) // 10, len(content) - 40)]


def _inserted(*what: bytes) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chance: random.Random) -> bytes:
        place = chance.randrange(3, len(content))
        return content[:place] + chance.choice(what) + content[place:]

    return change


def _lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[..., Any]:
    """Change the lines of a table; the number is that of one of its data lines."""

    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        name = chance.choice(sorted(TABLES))
        delivery, encoding = TABLES[name]
        path = project / RAW / name
        lines = path.read_bytes().decode(encoding).splitlines()
        data = [i for i, line in enumerate(lines) if re.search(r"20\d\d;.*;\d+$", line)]
        line = chance.choice(data)
        change(lines, line, chance)
        path.write_bytes("\r\n".join(lines).encode(encoding, errors="replace") + b"\r\n")
        return f"{name}, Zeile {line + 1}", (delivery,)

    return do


def _cells(change: Callable[[list[str], random.Random], None]) -> Callable[..., Any]:
    def on_line(lines: list[str], line: int, chance: random.Random) -> None:
        cells = lines[line].split(";")
        change(cells, chance)
        lines[line] = ";".join(cells)

    return _lines(on_line)


def _count(*values: str) -> Callable[..., Any]:
    """Another text in place of a count; ``{}`` is the count itself."""

    def change(cells: list[str], chance: random.Random) -> None:
        cells[-1] = chance.choice(values).format(cells[-1])

    return _cells(change)


def _year(cells: list[str], chance: random.Random) -> None:
    place = next(i for i, cell in enumerate(cells) if re.search(r"20\d\d$", cell))
    cells[place] = chance.choice(["", "20", "20233", "2031", "1923", "zwanzig", "٢٠٢٣"])


def _area(cells: list[str], chance: random.Random) -> None:
    cells[0] = chance.choice(["", "99", "-", "Sozialraum Nord-Süd", "1\u200b1", "1;", "=1+1"])


def _swapped(cells: list[str], chance: random.Random) -> None:
    cells[0], cells[-1] = f"9{cells[-1]}", cells[0]


def _header(lines: list[str]) -> int:
    """The line before the first data."""
    return next(i for i, line in enumerate(lines) if re.search(r"20\d\d;.*;\d+$", line)) - 1


def _heading(change: Callable[[str], str]) -> Callable[..., Any]:
    def on_line(lines: list[str], line: int, chance: random.Random) -> None:
        place = _header(lines)
        cells = lines[place].split(";")
        column = chance.randrange(len(cells))
        cells[column] = change(cells[column])
        lines[place] = ";".join(cells)

    return _lines(on_line)


def _whole(*contents: bytes) -> Callable[[bytes, random.Random], bytes]:
    return lambda content, chance: chance.choice(contents)


def _doubled(lines: list[str], line: int, chance: random.Random) -> None:
    lines.insert(line, lines[line])


def _lost(lines: list[str], line: int, chance: random.Random) -> None:
    """Rows that cannot have been zeros by chance."""
    many = [i for i, each in enumerate(lines) if re.search(r"20\d\d;.*;\d{3,}$", each)]
    if many:
        del lines[chance.choice(many)]
    else:
        del lines[line : line + 40]


def _repeated(lines: list[str], line: int, chance: random.Random) -> None:
    lines.insert(line, lines[_header(lines)])


def _remark(lines: list[str], line: int, chance: random.Random) -> None:
    words = ["Quelle: eigene Erhebung", "Hinweis: vorläufig", "Summe;;;", "Gesamt;2023;;99999"]
    lines.insert(line, chance.choice(words))


def _quotation(lines: list[str], line: int, chance: random.Random) -> None:
    lines[line] = '"' + lines[line]


def _separator(lines: list[str], line: int, chance: random.Random) -> None:
    more = chance.choice([True, False])
    lines[line] = lines[line].replace(";", ";;" if more else "", 1)


# ------------------------------------------------------------------------------------- workbooks


def _book(change: Callable[[Any, Any, random.Random], object]) -> Callable[..., Any]:
    """Change a workbook; given are a sheet with numbers and one of its number cells."""

    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        name = chance.choice(sorted(BOOKS))
        path = project / RAW / name
        book = openpyxl.load_workbook(path)
        sheet = book[chance.choice(_used(book, project))]
        numbers = [
            cell
            for row in sheet.iter_rows(min_row=3, min_col=3)
            for cell in row
            if isinstance(cell.value, int) and cell.value > 40
        ]
        cell = chance.choice(numbers)
        change(sheet, cell, chance)
        book.save(path)
        return f"{name}, {sheet.title}, {cell.coordinate}", (BOOKS[name],)

    return do


def _used(book: Any, project: Path) -> list[str]:
    params = (project / PARAMS).read_text(encoding="utf-8")
    return [name for name in book.sheetnames if re.search(rf"blatt: \"?{re.escape(name)}", params)]


def _value(*values: Any) -> Callable[..., Any]:
    def change(sheet: Any, cell: Any, chance: random.Random) -> None:
        value = chance.choice(values)
        cell.value = value.format(cell.value) if isinstance(value, str) else value

    return _book(change)


def _merged(sheet: Any, cell: Any, chance: random.Random) -> None:
    sheet.merge_cells(
        start_row=cell.row, end_row=cell.row + 1, start_column=cell.column, end_column=cell.column
    )


def _percent(sheet: Any, cell: Any, chance: random.Random) -> None:
    cell.number_format = chance.choice(["0%", '0" Tsd."', "@@", "mmmm", ";;;"])


def _hidden(sheet: Any, cell: Any, chance: random.Random) -> None:
    sheet.row_dimensions[cell.row].hidden = True


def _renamed(sheet: Any, cell: Any, chance: random.Random) -> None:
    sheet.title = f"{sheet.title} (2)"


def _shifted(sheet: Any, cell: Any, chance: random.Random) -> None:
    sheet.insert_cols(1)


def _ten_times(sheet: Any, cell: Any, chance: random.Random) -> None:
    cell.value *= chance.choice([100, 1000])


def _blank_header(sheet: Any, cell: Any, chance: random.Random) -> None:
    for row in range(1, cell.row):
        heading = sheet.cell(row, cell.column)
        if not isinstance(heading, MergedCell):
            heading.value = None


def _no_book(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    name = chance.choice(sorted(BOOKS))
    path = project / RAW / name
    content = path.read_bytes()
    place = chance.randrange(200, len(content) - 200)
    choices = [content[:place], content[:place] + b"\0" * 64 + content[place + 64 :], b"PK\3\4"]
    path.write_bytes(chance.choice(choices))
    return name, (BOOKS[name],)


# -------------------------------------------------------------------------------------- geometry


def _map(change: Callable[[dict[str, Any], dict[str, Any], random.Random], object]) -> Any:
    """Change the geometry; given are the whole file and one of its areas."""

    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        path = project / GEOMETRY
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content, chance.choice(content["features"]), chance)
        path.write_text(json.dumps(content), encoding="utf-8")
        return path.name, ("hze",)

    return do


def _points(area: dict[str, Any], move: Callable[[float, float], list[Any]]) -> None:
    def walk(found: Any) -> Any:
        if isinstance(found[0], list):
            return [walk(inner) for inner in found]
        return move(*found[:2])

    area["geometry"]["coordinates"] = walk(area["geometry"]["coordinates"])


def _all_points(move: Callable[[float, float], list[Any]]) -> Any:
    def change(content: dict[str, Any], area: dict[str, Any], chance: random.Random) -> None:
        for each in content["features"]:
            _points(each, move)

    return _map(change)


def _property(change: Callable[[dict[str, Any], str, random.Random], object]) -> Any:
    def on_area(content: dict[str, Any], area: dict[str, Any], chance: random.Random) -> None:
        change(area["properties"], chance.choice(sorted(area["properties"])), chance)

    return _map(on_area)


def _map_text(change: Callable[[str, random.Random], str]) -> Any:
    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        path = project / GEOMETRY
        path.write_text(change(path.read_text(encoding="utf-8"), chance), encoding="utf-8")
        return path.name, ("hze",)

    return do


def _twice(content: dict[str, Any], area: dict[str, Any], chance: random.Random) -> None:
    content["features"].append(json.loads(json.dumps(area)))


def _one_name(content: dict[str, Any], area: dict[str, Any], chance: random.Random) -> None:
    other = next(each for each in content["features"] if each is not area)
    area["properties"] = {**area["properties"], "name": other["properties"]["name"]}


# ---------------------------------------------------------------------------------- YAML and text


def _yaml(path: Path, change: Callable[[str, random.Random], str]) -> Any:
    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        only(project, ("hze",))  # before it is damaged
        whole = project / path
        before = whole.read_text(encoding="utf-8")
        after = change(before, chance)
        whole.write_bytes(after.encode("utf-8", "surrogateescape"))
        line = next((i for i, (a, b) in enumerate(_pairs(before, after), 1) if a != b), len(after))
        return f"{path.name}, Zeile {line}", ()

    return do


def _pairs(one: str, other: str) -> Iterator[tuple[str, str]]:
    return zip(one.splitlines(), other.splitlines(), strict=False)


_KEY = re.compile(r"(?m)^(?P<indent> *)(?:- )?(?P<key>[a-z_]{4,}):(?P<value>[^\n#]*)$")


def _at_key(change: Callable[[re.Match[str], random.Random], str], *, valued: bool = True) -> Any:
    def on_text(text: str, chance: random.Random) -> str:
        found = [m for m in _KEY.finditer(text) if bool(m["value"].strip()) or not valued]
        match = chance.choice(found)
        return text[: match.start()] + change(match, chance) + text[match.end() :]

    return on_text


def _misspelt(match: re.Match[str], chance: random.Random) -> str:
    place = match.end("key") - match.start() - 2
    return match[0][:place] + match[0][place] + match[0][place:]


def _wrong(*values: str) -> Any:
    def change(match: re.Match[str], chance: random.Random) -> str:
        return f"{match[0][: match.start('value') - match.start()]} {chance.choice(values)}"

    return _at_key(change)


def _tab(match: re.Match[str], chance: random.Random) -> str:
    return "\t" + match[0]


def _key_twice(match: re.Match[str], chance: random.Random) -> str:
    return match[0] + "\n" + match[0].replace("- ", "  ", 1)


def _text_cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(20, len(text) // 2)] + "\n  {["


def _text_inserted(*what: str) -> Any:
    def change(text: str, chance: random.Random) -> str:
        place = chance.randrange(1, len(text))
        return text[:place] + chance.choice(what) + text[place:]

    return change


def _bomb(text: str, chance: random.Random) -> str:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    return text + "\n" + "\n".join(levels) + "\n"


def _nested(text: str, chance: random.Random) -> str:
    return text + "\ntief: " + "[" * 5000 + "]" * 5000 + "\n"


def _markdown(*contents: str) -> Any:
    def do(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
        path = chance.choice(sorted((project / TEXTS).glob("*.md")))
        text = path.read_text(encoding="utf-8")
        damaged = text + "\n\n" + chance.choice(contents) + "\n"
        path.write_bytes(damaged.encode("utf-8", "surrogateescape"))
        return path.name, ("hze",)

    return do


def _stranger(project: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    name = chance.choice(["gibt_es_nicht.md", "sgb3.md", "Kapitel 3.md", "con.md"])
    (project / TEXTS / name).write_text("Ein Text.\n", encoding="utf-8")
    return name, ("hze",)


KINDS = (
    Kind("CSV", "abgeschnitten", _bytes(_cut)),
    Kind("CSV", "fremde Bytes", _bytes(_inserted(b"\0", b"\xff\xfe", b"\x81", b"\x1a"))),
    Kind(
        "CSV",
        "keine Tabelle",
        _bytes(_whole(b"", b"\r\n", b"<html><body>Anmelden</body></html>", b"PK\3\4", b"\0" * 99)),
    ),
    Kind("CSV", "andere Zeilenenden", _bytes(lambda c, _: c.replace(b"\r\n", b"\r"))),
    Kind("CSV", "Zeile fehlt", _lines(_lost)),
    Kind("CSV", "Zeile doppelt", _lines(_doubled)),
    Kind("CSV", "Kopf noch einmal", _lines(_repeated)),
    Kind("CSV", "Bemerkung darin", _lines(_remark)),
    Kind("CSV", "Anführungszeichen", _lines(_quotation)),
    Kind("CSV", "Trennzeichen", _lines(_separator)),
    Kind("CSV", "Ziffern verrutscht", _count("{}00", "{}000")),
    Kind("CSV", "keine Zahl", _count("{}O", "l{}", "ca. {}", "k. A.", "unter 3", "#REF!", "{}!")),
    Kind("CSV", "keine Anzahl", _count("-{}", "{},5", "{}e3", "0x1F", "1e400", "NaN", "inf")),
    Kind("CSV", "zweideutig", _count("1.000", "{},000", "1'000", "{}.0")),
    Kind("CSV", "andere Ziffern", _count("٣٤", "３４", "³", "Ⅳ", "\u200b{}", "{}\u00ad")),
    Kind("CSV", "sehr lang", _count("9" * 5000, "x" * 100_000)),
    Kind("CSV", "Jahr", _cells(_year)),
    Kind("CSV", "Raum", _cells(_area)),
    Kind("CSV", "Zellen vertauscht", _cells(_swapped)),
    Kind("CSV", "Überschrift", _heading(lambda h: h + "x")),
    Kind("CSV", "keine Überschrift", _heading(lambda h: "")),
    Kind("Arbeitsmappe", "keine Zahl", _value("x{}", "{} (vorl.)", "#N/A", "keine", True)),
    Kind("Arbeitsmappe", "keine Anzahl", _value(-5, 12.5, 1e300, "=1+1", "=A1/0")),
    Kind("Arbeitsmappe", "verbunden", _book(_merged)),
    Kind("Arbeitsmappe", "Zahlenformat", _book(_percent)),
    Kind("Arbeitsmappe", "ausgeblendet", _book(_hidden)),
    Kind("Arbeitsmappe", "Blatt umbenannt", _book(_renamed)),
    Kind("Arbeitsmappe", "Spalten verrutscht", _book(_shifted)),
    Kind("Arbeitsmappe", "Ziffern verrutscht", _book(_ten_times)),
    Kind("Arbeitsmappe", "ohne Überschrift", _book(_blank_header)),
    Kind("Arbeitsmappe", "beschädigt", _no_book),
    Kind("Geometrie", "Raum fehlt", _map(lambda c, a, _: c["features"].remove(a))),
    Kind("Geometrie", "Raum zweimal", _map(_twice)),
    Kind("Geometrie", "Name zweimal", _map(_one_name)),
    Kind(
        "Geometrie",
        "ein Raum weit weg",
        _map(lambda c, a, _: _points(a, lambda x, y: [x + 4e5, y])),
    ),
    Kind("Geometrie", "Achsen", _all_points(lambda x, y: [y, x])),
    Kind("Geometrie", "winzig", _all_points(lambda x, y: [x / 1e8, y / 1e8])),
    Kind("Geometrie", "riesig", _all_points(lambda x, y: [x * 1e5, y * 1e5])),
    Kind("Geometrie", "keine Zahl", _map(lambda c, a, _: _points(a, lambda x, y: [None, y]))),
    Kind(
        "Geometrie", "unendlich", _map(lambda c, a, _: _points(a, lambda x, y: [float("inf"), y]))
    ),
    Kind("Geometrie", "ohne Umriss", _map(lambda c, a, _: a.update(geometry=None))),
    Kind(
        "Geometrie",
        "Punkt",
        _map(lambda c, a, _: a.update(geometry={"type": "Point", "coordinates": [7, 51]})),
    ),
    Kind("Geometrie", "Spalte leer", _property(lambda p, key, _: p.update({key: None}))),
    Kind("Geometrie", "Spalte fehlt", _property(lambda p, key, _: p.pop(key))),
    Kind(
        "Geometrie", "Name unsichtbar", _property(lambda p, key, _: p.update(name="\u200b\u2060"))
    ),
    Kind("Geometrie", "Name endlos", _property(lambda p, key, _: p.update(name="N" * 10_000))),
    Kind("Geometrie", "abgeschnitten", _map_text(lambda t, c: t[: c.randrange(9, len(t) - 9)])),
    Kind("Geometrie", "verschachtelt", _map_text(lambda t, _: "[" * 90_000 + t)),
    Kind("Params", "Schlüssel verschrieben", _yaml(PARAMS, _at_key(_misspelt, valued=False))),
    Kind(
        "Params",
        "falsche Art",
        _yaml(PARAMS, _wrong("[[]]", "{a: {b: c}}", "-1e400", "!!binary x", "2023-02-30", "\x07")),
    ),
    Kind("Params", "Tabulator", _yaml(PARAMS, _at_key(_tab))),
    Kind("Params", "Schlüssel doppelt", _yaml(PARAMS, _at_key(_key_twice))),
    Kind("Params", "abgeschnitten", _yaml(PARAMS, _text_cut)),
    Kind(
        "Params", "fremde Zeichen", _yaml(PARAMS, _text_inserted("\x00", "\udcff", "\x1b", "\x0b"))
    ),
    Kind("Params", "Bombe", _yaml(PARAMS, _bomb)),
    Kind("Params", "verschachtelt", _yaml(PARAMS, _nested)),
    Kind("Katalog", "Schlüssel verschrieben", _yaml(CATALOGUE, _at_key(_misspelt, valued=False))),
    Kind(
        "Katalog", "falsche Art", _yaml(CATALOGUE, _wrong("[[]]", "{a: {b: c}}", "-1e400", "\x07"))
    ),
    Kind("Katalog", "Tabulator", _yaml(CATALOGUE, _at_key(_tab))),
    Kind("Katalog", "Schlüssel doppelt", _yaml(CATALOGUE, _at_key(_key_twice))),
    Kind("Katalog", "abgeschnitten", _yaml(CATALOGUE, _text_cut)),
    Kind("Katalog", "Bombe", _yaml(CATALOGUE, _bomb)),
    Kind(
        "Text",
        "beschädigt",
        _markdown(
            "\udcff\udcfe",
            "\x00",
            "{{< include /etc/passwd >}}",
            "> " * 5000 + "x",
            "[" * 5000,
            "<script>alert(1)</script>",
            "[x](java\x01script:alert(1))",
            "::: {.x",
            "@fig-gibtesnicht",
            "![](../../geheim.png)",
            "\u202eabc",
            "`{python} 1+1`",
        ),
    ),
    Kind("Text", "fremde Datei", _stranger),
)
