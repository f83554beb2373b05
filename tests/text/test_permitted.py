"""One rule book for links, attributes and alternative texts: Python and Lua read it alike."""

import json
from pathlib import Path

import pytest

from spm.book import extension, pandoc
from spm.book.document import FAULTS, REMEDIES, read_book
from spm.book.project import ASSETS, read_project
from spm.book.reading import read
from spm.errors import SpmError
from spm.owntexts.markdown import check_markdown
from spm.text import permitted
from tests.book.quarto_example import written
from tests.book_example import chapter, staged

GOOD_LINKS = ["https://x.org", "http://x.org", "mailto:a@b.example", "tel:+495261620", "TEL:1"]
GOOD_LINKS += ["HTTPS://x.org", " https://x.org", "https://x.org/a:b?c=//d", "http:x"]
WITHIN = ["#sec-a", "02-sgb2.ipynb#sec-b", "datei.pdf", "a/b:c", "", "?a=b:c", "ä:b", "1:2", "-:"]
BAD_LINKS = ["javascript:a", "JavaScript:a", "vbscript:a", "data:text/html,a", "file:///etc/passwd"]
BAD_LINKS += [
    "java\tscript:a",
    "java\nscript:a",
    "\x01javascript:a",
    "\x00 javascript:a",
    "x-y+z.1:",
]
BAD_LINKS += [
    "//x.org",
    "\\\\x.org",
    "/\\x.org",
    " //x.org",
    "\t/\t/x.org",
    "telefon:1",
    "http+unix:a",
]

GOOD_ATTRIBUTES = [("lang", "en"), ("start", "3"), ("fig-alt", "online"), ("Lang", "de")]
GOOD_ATTRIBUTES += [("title", "Das Javascript: was es ist"), ("noon", "x"), ("style", "color: red")]
GOOD_ATTRIBUTES += [("lang", "ünï"), ("data-x", "curl (a)"[1:4]), ("href", "https://x.org")]
BAD_ATTRIBUTES = [
    ("onclick", "a"),
    ("ONCLICK", "a"),
    ("on", ""),
    ("style", "background:url(//x.org)"),
]
BAD_ATTRIBUTES += [("style", "URL (//x)"), ("style", "u\trl\n("), ("lang", "url(x)")]
BAD_ATTRIBUTES += [("href", "javascript:a"), ("href", "\x01 JAVA\tscript:a"), ("a", "vbscript:x")]

LUA = """\
SPM_ASSETS, SPM_RULES = arg[1], arg[2]
local permitted = dofile(pandoc.path.join { SPM_ASSETS, 'permitted.lua' })
local given, answers = pandoc.json.decode(io.read('l'), false), pandoc.List {}
local function faults(check)
  local found = pandoc.List {}
  check(function(art) found:insert(art) end)
  return #found == 0
end
for _, target in ipairs(given.links) do
  answers:insert(faults(function(note) permitted.link(pandoc.Link('x', target), note) end))
end
for _, pair in ipairs(given.attributes) do
  local span = pandoc.Span('x', pandoc.Attr('', {}, { { pair[1], pair[2] } }))
  answers:insert(faults(function(note) permitted.filter(note).Span(span) end))
end
io.write(pandoc.json.encode(answers), '\\n')
io.flush()
"""


def _lua(folder: Path, links: list[str], attributes: list[tuple[str, str]]) -> list[bool]:
    """What `permitted.lua` says of them, in pandoc's Lua and without its reader."""
    script = folder / "asked.lua"
    script.write_text(LUA, encoding="utf-8")
    with pandoc.Script([str(script), str(ASSETS), str(permitted.RULES)], folder) as lua:
        return json.loads(lua.ask(json.dumps({"links": links, "attributes": attributes})))


def test_python_and_lua_agree_on_every_link_and_attribute(tmp_path: Path) -> None:
    links = GOOD_LINKS + WITHIN + BAD_LINKS
    pairs = GOOD_ATTRIBUTES + BAD_ATTRIBUTES
    told = [permitted.link(target) for target in links]
    told += [permitted.attribute(*pair) for pair in pairs]
    assert dict(zip([*links, *pairs], _lua(tmp_path, links, pairs), strict=True)) == dict(
        zip([*links, *pairs], told, strict=True)
    )
    good = {*GOOD_LINKS, *WITHIN, *GOOD_ATTRIBUTES}
    assert {case for case, may in zip([*links, *pairs], told, strict=True) if may} == good


def _faults(folder: Path, texts: list[str]) -> list[str]:
    """Each text as a chapter: the kinds of its faults, empty if it has none."""
    stems = {f"k{place}": text for place, text in enumerate(texts)}
    chapters = {stem: f"# K {{#sec-{stem}}}\n\n{text}\n" for stem, text in stems.items()}
    _, found, _ = read(chapters, folder)
    return [",".join(m["art"] for m in found if m["kapitel"] == stem) for stem in stems]


def _refused(text: str) -> bool:
    try:
        check_markdown(text, Path("sgb2.md"))
    except SpmError:
        return True
    return False


@pytest.mark.parametrize("form", ["[x](<{}>)", "<{}>", "Text [*x*]({}) und mehr"])
def test_own_texts_and_chapters_permit_the_same_schemes(tmp_path: Path, form: str) -> None:
    targets = ["https://x.org", "http://x.org", "mailto:a@b.example", "tel:123", "TEL:123"]
    targets += ["javascript:a", "vbscript:a", "data:a", "file:///a", "ftp://x.org", "sms:1"]
    texts = [form.format(target) for target in targets]
    in_chapters = [bool(fault) for fault in _faults(tmp_path, texts)]
    assert in_chapters == [_refused(text) for text in texts] == [False] * 5 + [True] * 6


@pytest.mark.parametrize("form", ["[x]{{{}}}", "`x`{{{}}}", "::: {{{}}}\nx\n:::", "[x](#a){{{}}}"])
def test_own_texts_have_fewer_attributes_than_chapters(tmp_path: Path, form: str) -> None:
    shared = ['lang="en"', 'onclick="a"', 'lang="url(a)"', 'lang="&#1;javascript:a"']
    texts = [form.format(value) for value in [*shared, 'style="color: red"']]
    in_chapters = ["fremder_code" in fault for fault in _faults(tmp_path, texts)]
    assert in_chapters == [False, True, True, True, False]
    assert [_refused(text) for text in texts] == [False, True, True, True, True]


def test_a_picture_carries_no_program(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    texts = ['![](a.svg){fig-alt="JavaScript: Anteil url(x)"}', '![](a.svg){alt="Karte" onload=a}']
    assert _faults(tmp_path, texts) == ["", "fremder_code"]


def test_an_alternative_text_is_as_long_everywhere(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    longest = "ä" * permitted.ALT_LONGEST
    assert _faults(tmp_path, [f"![{longest}](a.svg)", f"![{longest}ä](a.svg)"]) == [
        "",
        "alt_zu_lang",
    ]
    assert f"mehr als {permitted.ALT_LONGEST} Zeichen" in FAULTS["alt_zu_lang"]


def test_the_advice_lists_the_schemes() -> None:
    assert REMEDIES["verweis_unerlaubt"] == "Links beginnen mit https:, http:, mailto: oder tel:."


def test_the_format_for_quarto_brings_the_same_rules(tmp_path: Path) -> None:
    book = staged(tmp_path, {"01-a.ipynb": chapter("# A {#sec-a}", "[Anruf](tel:+495261620)")})
    project = read_project(book)
    extension.write(book, project, read_book(book, project))
    rules = book / extension.FOLDER / permitted.RULES.name
    assert rules.read_bytes() == permitted.RULES.read_bytes()
    assert '<a href="tel:+495261620">Anruf</a>' in written(book, "html", "01-a", tmp_path)
    rules.write_text(rules.read_text(encoding="utf-8").replace(', "tel"', ""), encoding="utf-8")
    with pytest.raises(SpmError, match="führt nicht auf eine Seite"):
        written(book, "html", "01-a", tmp_path)
