"""Own texts and sentences of a municipality: as written, checked, and never a hidden number."""

import re
import subprocess
from pathlib import Path

import nbformat
import pytest
import yaml

from spm.book import chapter_files
from spm.config.params import load_params
from spm.errors import SpmError
from spm.owntexts.markdown import check_markdown
from spm.owntexts.texts import (
    PLACEHOLDERS,
    SENTENCE_KINDS,
    OwnSentence,
    OwnTexts,
    load_texts,
    text_files,
)
from spm.presentation.chapter import _NOW, _SINCE, Kapitel
from spm.presentation.indicatorblock import _NOTES, _TEXT
from spm.presentation.wording import own
from tests.config.test_params import MINIMAL
from tests.conftest import ROOT
from tests.presentation_sample import kennzahl
from tests.wording_sample import COUNT, fell, view

CATALOGUE = {"quote": kennzahl("quote"), "hilfen": kennzahl("hilfen", kapitel="hze")}
GOOD = """\
## Einordnung

Text mit **Hervorhebung**, „Zitat“, @fig-x, [Verweis](https://www.example.org) und Fußnote[^1].

- Liste mit 5 % & A < B

::: {.callout-note}
Hinweis
:::

| Jahr | Wert |
|------|-----:|
| 2023 | 1    |

[^1]: Anmerkung
"""


@pytest.fixture
def write(tmp_path):
    """A project with a folder of own texts; files by name."""

    def make(texts=True, **files):
        (tmp_path / "_quarto.yml").touch()
        folder = tmp_path / "params" / "texte"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / name.replace("_md", ".md").replace("_yml", ".yml")
            path.write_text(content, encoding="utf-8")
        key = "texte: params/texte\n" if texts else ""
        (tmp_path / "params/muster.yml").write_text(MINIMAL + key, encoding="utf-8")
        return load_params(tmp_path / "params/muster.yml")

    return make


def chapter(texte, view):
    return Kapitel("sgb2", [view], lambda key: view, None, None, texts=texte)


def replaced(kind, text, view):
    entry = view.indicator.id
    return chapter(OwnTexts({(entry, kind): OwnSentence(text, "saetze.yml, Zeile 2")}), view)


# --------------------------------------------------------------------------------- in the report


def test_one_sentence_is_replaced_and_the_others_stay():
    sicht = view([5.0, 15.0])
    ours = chapter(None, sicht).aussagen("x").text
    text = (
        "In {kommune} waren es {jahr} {wert} ({intervall}), höchstens {hoechster}, mindestens "
        "{niedrigster}."
    )
    mine = replaced("spanne", text, sicht).aussagen("x").text
    sentence = (
        "In Pilotkommune waren es 2023 10,0 % (9,0–11,0 %), höchstens 15,0 % (Sozialraum 2), "
        "mindestens 5,0 % (Sozialraum 1)."
    )
    assert sentence in mine.replace("\u00a0", " ")
    assert mine.split(". In ")[0] == ours.split(". Die Werte")[0]
    assert replaced("spanne", "", sicht).aussagen("x").text == ours.split(" Die Werte")[0]


def test_sentences_on_the_change_are_replaced_too():
    sicht = view([5.0, 15.0], first=14.0, changes={"gesamt": fell(-4.0, -6.0, -2.0)})
    assert replaced("entwicklung", "Neu.", sicht).entwicklung("x").text == "Neu."


def test_an_own_sentence_is_text_and_no_markup():
    sicht = view([5.0, 15.0])
    source = replaced("lage", "<b>*A*</b> @fig-x {wert}.", sicht).aussagen("x").markdown
    assert r"\<b\>\*A\*\</b\> \@fig-x 10,0" in source


@pytest.mark.parametrize("name", ["wert", "intervall", "hoechster", "niedrigster"])
def test_a_suppressed_number_is_refused_by_name_and_line(name):
    hidden = view([7.77, 7.77], total=None, states={0: "gesperrt", 1: "gesperrt"})
    with pytest.raises(SpmError) as caught:
        replaced("lage", f"Es sind {{{name}}}.", hidden).aussagen("x")
    message = str(caught.value)
    assert f"«{{{name}}}»" in message and "gesperrt" in message and "Zeile 2" in message
    assert not re.search(r"7,7", message)


def test_an_interval_that_does_not_exist_is_refused():
    counted = view([1.0, 2.0], entry=COUNT, total=3.0)
    with pytest.raises(SpmError, match="gibt es bei dieser Kennzahl nicht"):
        replaced("lage", "{intervall}", counted).aussagen("x")


def test_a_text_stands_under_a_heading():
    texte = OwnTexts(chapters={"sgb2": "Ein *Absatz*.", "index": "Vorweg."})
    block = chapter(texte, view([1.0])).text()
    assert block.markdown == "## Einordnung der Kommune\n\nEin *Absatz*."
    assert own.chapter_text(texte, "index").markdown.startswith(f"## {own.TITLE} {{.unnumbered}}")
    own_heading = OwnTexts(chapters={"sgb2": "## Was wir tun\n\nVieles."})
    assert chapter(own_heading, view([1.0])).text().markdown.startswith("## Was wir tun")
    assert not chapter(OwnTexts(), view([1.0])).text() and not chapter(None, view([1.0])).text()


def test_every_kind_and_placeholder_is_known_on_both_sides():
    ours = {"zusammenfassung", "rundung", "schaetzung"}
    assert set(_NOW) | set(_SINCE) | {"befund"} == set(SENTENCE_KINDS) | ours
    assert {*_TEXT, *_NOTES, "befund"} | ours == set(SENTENCE_KINDS) | ours, "and in blocks"
    assert set(own._VALUES) == set(PLACEHOLDERS)
    example = (ROOT / "params/texte/pilotkommune/saetze.yml").read_text(encoding="utf-8")
    for name in (*SENTENCE_KINDS, *(f"{{{name}}}" for name in PLACEHOLDERS)):
        assert name in example, "explained in the file itself"


# ------------------------------------------------------------------------------------- the files


def test_texts_are_read(write):
    params = write(
        sgb2_md=GOOD, index_md="Vorweg.\n", saetze_yml='quote:\n  lage: "Ein  Satz."\n  trend: ""\n'
    )
    texte = load_texts(params, CATALOGUE)
    assert texte.chapters == {"sgb2": GOOD.strip(), "index": "Vorweg."}
    assert texte.sentences["quote", "lage"].text == "Ein Satz."
    assert texte.sentences["quote", "trend"].text == ""
    assert [path.name for path in text_files(params)] == ["index.md", "saetze.yml", "sgb2.md"]


def test_nothing_has_to_be_there(write):
    assert load_texts(write(texts=False), CATALOGUE) == OwnTexts()
    assert load_texts(write(), CATALOGUE) == OwnTexts()
    assert load_texts(write(sgb2_md="\n"), CATALOGUE) == OwnTexts(), "an empty file says nothing"


def test_a_folder_that_is_named_must_exist(write, tmp_path):
    params = write()
    (tmp_path / "params/texte").rmdir()
    with pytest.raises(SpmError, match="Den Ordner mit den eigenen Texten gibt es nicht"):
        load_texts(params, CATALOGUE)


def test_the_folder_lies_in_the_project(write, tmp_path):
    write()
    path = tmp_path / "params/muster.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("params/texte", "../draussen"))
    params = load_params(path)
    with pytest.raises(SpmError, match="führt aus dem Projekt hinaus"):
        load_texts(params, CATALOGUE)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("sgb_2.md", "sgb2.md"), ("saetze.yaml", "saetze.yml"), ("sgb2.docx", "sgb2.md")],
)
def test_a_file_for_no_chapter_names_the_nearest(write, tmp_path, name, nearest):
    params = write()
    (tmp_path / "params/texte" / name).write_text("x", encoding="utf-8")
    with pytest.raises(SpmError) as caught:
        load_texts(params, CATALOGUE)
    assert name in caught.value.was and f"«{nearest}»" in caught.value.was


def test_what_systems_leave_is_no_text(write, tmp_path):
    params = write()
    for name in (".DS_Store", "~$sgb2.docx", "Thumbs.db"):
        (tmp_path / "params/texte" / name).write_text("x", encoding="utf-8")
    assert text_files(params) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('quot:\n  lage: "x"', "Zeile 1, quot: Diese Kennzahl gibt es nicht. Gemeint ist "
         "vielleicht «quote»."),
        ('quote:\n  lage: "x"\n  spane: "x"', "Zeile 3, quote.spane: Diese Satzart gibt es nicht. "
         "Gemeint ist vielleicht «spanne»."),
        ('quote:\n  lage: "{wart}"', "Zeile 2, quote.lage: Den Platzhalter «{wart}» gibt es nicht. "
         "Gemeint ist vielleicht «wert»."),
        ('quote:\n  lage: "{Wert der Kommune}"', "Den Platzhalter «{Wert der Kommune}» gibt es"),
        ('quote: "x"', "Zeile 1, quote: Hier wird eine eingerückte Satzart erwartet."),
        ("quote:\n  lage: [a, b]", "Zeile 2, quote.lage: Hier wird ein Text erwartet."),
    ],
)  # fmt: skip
def test_wrong_sentences_are_told_with_line_and_key(write, text, expected):
    with pytest.raises(SpmError) as caught:
        load_texts(write(saetze_yml=text), CATALOGUE)
    assert expected in caught.value.was
    assert caught.value.wo.endswith("saetze.yml") and "Satzarten: befund" in caught.value.tun


def test_all_wrong_sentences_are_told_at_once(write):
    with pytest.raises(SpmError, match="2 Fehler"):
        load_texts(write(saetze_yml='a:\n  b: "c"\nquote:\n  b: "c"'), CATALOGUE)


# --------------------------------------------------------------------------------- the Markdown


def test_ordinary_markdown_is_taken_as_it_is():
    assert check_markdown(GOOD, Path("sgb2.md")) == GOOD


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("Text\n\n<script>alert(1)</script>", "HTML-Code", 3),
        ("ein <b>Wort</b>", "HTML-Code", 1),
        ("<div onclick='x'>\n\nText\n\n</div>", "HTML-Code", None),
        ("a\n\n```{=typst}\n#read(\"x\")\n```", "Typst-Code", 4),
        ("`x`{=html}", "HTML-Code", 1),
        ("\\input{/etc/passwd}", "TeX-Code", 1),
        ("![Bild](https://www.example.org/a.png)", "ein Bild", 1),
        ("a\n\n![Bild](a.png)", "ein Bild", 3),
        ("a\n\n# Titel", "Überschrift der ersten Ebene", 3),
        ("Titel\n=====", "Überschrift der ersten Ebene", 2),
        ("---\ntitle: Neu\n---\n\nText", "ein Kopf mit Einstellungen", 1),
        ("a\n\n{{< include ../data.md >}}", "ein Quarto-Befehl", 3),
        ("<!-- offen", "ein HTML-Kommentar", 1),
        ("```{python}\nprint(1)\n```", "ein Programm", 1),
        ("[a](javascript:alert(1))", "ein Verweis auf «javascript:alert(1)»", 1),
        ("a\n\n[a](\x01javascript:alert(1))", "ein Zeichen, das niemand sieht (U+0001)", 3),
        ("Ein\nWort\u202etroW", "ein Zeichen, das niemand sieht (U+202E)", 2),
        ("Ein\u200bWort", "ein Zeichen, das niemand sieht (U+200B)", 1),
        ("[a](../../data/raw/x.csv)", "ein Verweis auf", 1),
        ("[a]{onclick=\"alert(1)\"}", "das Attribut «onclick»", 1),
        ("::: {.callout-note}\noffen", "ein Block geöffnet und nicht geschlossen", 1),
        ("a\n\n```\noffen", "ein Block geöffnet und nicht geschlossen", 3),
        ("a\n\n:::", "ein Block geschlossen, der nicht geöffnet ist", 3),
    ],
)  # fmt: skip
def test_what_only_one_format_shows_is_refused_with_its_line(source, what, line):
    with pytest.raises(SpmError) as caught:
        check_markdown(source, Path("sgb2.md"))
    assert what in caught.value.was and caught.value.tun
    assert line is None or caught.value.wo == f"sgb2.md, Zeile {line}"


# ----------------------------------------------------------------------------------- the project


def test_every_chapter_shows_its_text_once_after_the_findings():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        calls = [cell.source for cell in cells]
        if "kapitel.befunde()" in calls:
            at = calls.index("kapitel.befunde()")
            assert calls[at + 1 : at + 3] == ["kapitel.waermetabelle()", "kapitel.text()"], path
        assert sum(".text()" in call for call in calls) == (
            "kapitel.befunde()" in calls or path.stem in ("index", "kurzfassung", "gesamtbild")
        ), path


def test_the_texts_of_the_pilot_are_in_order():
    params = load_params(ROOT / "params/pilotkommune.yml")
    entries = yaml.safe_load((ROOT / "params/kennzahlen.yml").read_text(encoding="utf-8"))
    catalogue = {k: kennzahl(k, kapitel=e["kapitel"]) for k, e in entries["kennzahlen"].items()}
    texte = load_texts(params, catalogue)
    assert (
        set(texte.chapters) == {"sgb2", "kurzfassung", "vorwort"}
        and ("sgb2_quote_u18", "spanne") in texte.sentences
    )


def test_texts_are_inputs_of_the_report():
    from spm.release.manifest import own_sources, shared_sources

    params = load_params(ROOT / "params/pilotkommune.yml")
    names = {*own_sources(params), *shared_sources(params, [])}
    assert {f"params/texte/pilotkommune/{name}" for name in ("saetze.yml", "sgb2.md")} <= names
    assert {"params/texte/pilotkommune/vorwort.md", "params/glossar.yml"} <= names


@pytest.mark.parametrize(("text", "there"), [("Liebe Leserin,\n", True), ("\n", False)])
def test_a_foreword_is_a_page_after_the_introduction(write, text, there):
    params = write(vorwort_md=text)
    pages = chapter_files(ROOT / "_quarto.yml", params)
    assert pages[:2] == (("index.ipynb", "vorwort.ipynb") if there else pages[:2])
    assert ("vorwort.ipynb" in pages) is there
    texte = load_texts(params, CATALOGUE)
    assert own.chapter_text(texte, "vorwort").markdown == text.strip(), "without another heading"
    assert "vorwort.ipynb" not in chapter_files(ROOT / "_quarto.yml", write(texts=False))


def test_a_foreword_is_checked_like_other_texts(write):
    params = write(vorwort_md="Guten Tag\n\n# Vorwort\n")
    with pytest.raises(SpmError, match="Überschrift der ersten Ebene") as caught:
        load_texts(params, CATALOGUE)
    assert caught.value.wo.endswith("vorwort.md, Zeile 3")


def test_texts_of_other_municipalities_stay_out_of_git():
    def ignored(name):
        command = ["git", "-C", str(ROOT), "check-ignore", "-q", "--no-index", name]
        return subprocess.run(command).returncode == 0

    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    assert ignored("params/texte/musterstadt/sgb2.md")
    assert not ignored("params/texte/pilotkommune/sgb2.md")
