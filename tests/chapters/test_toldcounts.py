"""Outputs of chapters against suppressed counts: what tells one, and what only looks like it."""

import json

import pytest

from spm.chapters.toldcounts import Listener, Suppressed

HELP = ("hze_ambulant", "Ambulante Hilfen je 1.000 Kinder", "Ambulante Hilfen")
CARE = ("tagespflege_u3", "Kinder unter 3 Jahren in Tagespflege", "Tagespflege unter 3")
OTHER = Suppressed(
    indicator="hze_ambulant", names=HELP, area="Sozialraum 2", keys=("2",), year=2022, count=14
)
SECRET = Suppressed(
    indicator="hze_ambulant", names=HELP, area="Sozialraum 7", keys=("7",), year=2023, count=17
)
SMALL = Suppressed(
    indicator="tagespflege_u3", names=CARE, area="Sozialraum 7", keys=("7",), year=2023, count=2
)
LISTENER = Listener(
    [OTHER, SECRET, SMALL],
    {"Sozialraum 7": {25, 310}, "Sozialraum 2": {14, 9}},
    {"hze_ambulant": HELP, "tagespflege_u3": CARE, "einwohner": ("einwohner", "Einwohner")},
    2023,
)


def told(tmp_path, text="", source="", kind="text/markdown"):
    cell = {"cell_type": "code", "source": source, "outputs": [{"data": {kind: text}}]}
    if kind == "typed":
        cell = {"cell_type": "markdown", "source": text}
    path = tmp_path / "05-hze.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return [one.what for one in LISTENER.notebook(path)]


FRAME = """\
       kennzahl  jahr          raum  zaehler
0  hze_ambulant  2022  Sozialraum 7     25.0
1  hze_ambulant  2023  Sozialraum 7     17.0
"""
TABLE = """\
| Sozialraum | Ambulante Hilfen | Einwohner |
|---|--:|--:|
| Sozialraum 6 | 21 | 5.100 |
| Sozialraum 7 | 17 | 4.140 |
"""
BY_YEAR = """\
| Sozialraum | 2022 | 2023 |
|---|--:|--:|
| Sozialraum 7 | 25 | 17 |

: Ambulante Hilfen, Anzahl {#tbl-x}
"""
HTML = (
    "<table><tr><th>Raum</th><th>hze_ambulant</th></tr>\n<tr><td>7</td>\n<td>17</td></tr></table>"
)


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        (TABLE, "", "text/markdown"),
        (BY_YEAR, "", "text/markdown"),
        (FRAME, "", "text/plain"),
        (HTML, "", "text/html"),
        ("   raum  zaehler\n0     7     17.0\n", "df[df.kennzahl == 'hze_ambulant']", "text/plain"),
        ("Im Sozialraum 7 gab es 17 Ambulante Hilfen.", "", "typed"),
        ("Ambulante Hilfen: Sozialraum 7 hatte im Jahr 2023 genau 17.", "", "text/markdown"),
        ("**Sozialraum 7**: 17 Fälle", "kapitel.x('hze_ambulant')", "text/markdown"),
    ],
)
def test_a_suppressed_count_beside_its_area_is_found(tmp_path, text, source, kind):
    assert told(tmp_path, text, source, kind) == [SECRET]


def test_a_small_one_is_found_too(tmp_path):
    text = "In Tagespflege unter 3 sind im Sozialraum 7 2 Kinder."
    assert told(tmp_path, text) == [SMALL]


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("Sozialraum 7 | 17", "Sozialraum 8 | 17"),  # another area
        TABLE.replace("Ambulante Hilfen", "Einwohner"),  # another indicator
        TABLE.replace("| 17 |", "| 17,0 |"),  # a rate
        BY_YEAR.replace("| 25 | 17 |", "| 17 | – |"),  # another year
        FRAME.replace("1  hze_ambulant  2023", "1  hze_ambulant  2021"),
        "| Sozialraum | Ambulante Hilfen |\n|---|---|\n| Sozialraum 2 | 14 |\n\n: Im Jahr 2022",
        "Im Sozialraum 7 sind Ambulante Hilfen seltener (17 %).",
        "Im Sozialraum 7 sind Ambulante Hilfen nicht gezeigt: weniger als 17.",
        "Im Sozialraum 7 liegen Ambulante Hilfen auf Platz 17.",
        "Im Sozialraum 7 sind Ambulante Hilfen gesperrt, siehe Tabelle 17.",
        "Im Sozialraum 7 ist Tagespflege unter 3 gesperrt.",  # the 3 is part of a name
        "Für den Sozialraum 7 gilt: Ambulante Hilfen je 1.000 Kinder von 17 Jahren.",
        "Ambulante Hilfen und anderes, Sozialraum 7: ungünstiger bei 17 Kennzahlen.",
        "Ambulante Hilfen, am höchsten in Sozialraum 7. 17 Werte fehlen.",
        "17 Ambulante Hilfen gab es im Sozialraum 6. Der Sozialraum 7 hatte 310 Einwohner.",
        "Im Sozialraum 7 wurden 25 Ambulante Hilfen gezählt.",  # published beside
        "Im Sozialraum 17 gab es viele Ambulante Hilfen.",
        "Ambulante Hilfen, am höchsten im Sozialraum 7: 25 je 17 Kinder.",  # a unit
        "Ambulante Hilfen: `#streifen((0.0, 17.0), none, none, 0.5, true)`{=typst} Sozialraum 7",
        "",
    ],
)
def test_what_only_looks_like_it_is_not(tmp_path, text):
    assert told(tmp_path, text) == []
