"""``spm kapitel``: what it writes can be built at once, and it overwrites nothing."""

import nbformat
import pytest
import yaml

from spm.config.catalogue import load_catalogue
from spm.config.params import load_params
from spm.console import ownchapter
from spm.console.ownchapter import _only_params_file, new_chapter, with_chapter
from spm.errors import SpmError

LISTS = {
    "empty": ("zusatzkapitel: []  # keine\nb: 1\n", "zusatzkapitel: [neu]  # keine\nb: 1\n"),
    "flow": ("zusatzkapitel: [wohnen, a]\n", "zusatzkapitel: [wohnen, a, neu]\n"),
    "block": (
        "zusatzkapitel:\n  # warum\n  - wohnen   # Wohnen\n  - a\n\n# danach\nb: 1\n",
        "zusatzkapitel:\n  # warum\n  - wohnen   # Wohnen\n  - a\n  - neu\n\n# danach\nb: 1\n",
    ),
    "nothing": ("zusatzkapitel:   # keine\nb: 1\n", "zusatzkapitel: [neu]   # keine\nb: 1\n"),
    "null": ("zusatzkapitel: null\n", "zusatzkapitel: [neu]\n"),
    "absent": ("# oben\nb: 1\n", "# oben\nb: 1\n\nzusatzkapitel: [neu]\n"),
    "no line end": ("b: 1", "b: 1\n\nzusatzkapitel: [neu]\n"),
    "Windows": (
        "zusatzkapitel:\r\n  - a\r\nb: 1\r\n",
        "zusatzkapitel:\r\n  - a\r\n  - neu\r\nb: 1\r\n",
    ),
    "in a comment": (
        "# zusatzkapitel: [x]\nzusatzkapitel: []\n",
        "# zusatzkapitel: [x]\nzusatzkapitel: [neu]\n",
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_the_line_is_added_and_all_else_stays(tmp_path, kind):
    before, after = LISTS[kind]
    assert with_chapter(before, "neu", tmp_path) == after


@pytest.mark.parametrize("text", ["zusatzkapitel: [a,\n  b]\n", "x: &l [a]\nzusatzkapitel: *l\n"])
def test_what_only_its_author_should_change_is_refused(tmp_path, text):
    with pytest.raises(SpmError, match="nicht von selbst ergänzen"):
        with_chapter(text, "neu", tmp_path)


def test_the_chapter_is_there_and_loads(project):
    params = project / "params/pilotkommune.yml"
    before = params.read_text(encoding="utf-8")
    made = new_chapter("kultur-neu", "Kultur & „Freizeit“ | *neu*", params)
    assert [path.name for path, _ in made] == [
        "11-kultur-neu.ipynb",
        "kennzahlen-kultur-neu.yml",
        "pilotkommune.yml",
    ]
    after = params.read_text(encoding="utf-8")
    assert after == before.replace("zusatzkapitel: []", "zusatzkapitel: [kultur-neu]")
    entry = load_catalogue(load_params(params))["kultur_neu_anteil"]
    assert entry.chapter.titel == "Kultur & „Freizeit“ | *neu*"
    notebook = nbformat.read(made[0][0], as_version=4)
    nbformat.validate(notebook)
    tagged = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    assert tagged[0].source == 'params = "params/pilotkommune.yml"'
    assert any('"kultur_neu_anteil"' in cell.source for cell in notebook.cells)


@pytest.mark.parametrize(
    ("key", "title", "text"),
    [
        ("sgb2", "X", "Ein Kapitel «sgb2» gibt es schon"),
        ("wohnen", "X", "Ein Kapitel «wohnen» gibt es schon"),
        ("Kultur", "X", "ist kein Kürzel eines Kapitels"),
        ("kultur", " ", "Der Titel ist leer"),
    ],
)
def test_what_is_there_stays_as_it_is(project, key, title, text):
    files = {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}
    with pytest.raises(SpmError, match=text):
        new_chapter(key, title, project / "params/pilotkommune.yml")
    assert {p: p.read_bytes() for p in project.rglob("*") if p.is_file()} == files


def test_if_it_does_not_load_nothing_is_left_behind(project, monkeypatch):
    monkeypatch.setattr(ownchapter, "CATALOGUE", "kennzahlen: {{}}\n")
    test_what_is_there_stays_as_it_is(project, "kultur", "Kultur", "kennzahlen")


def test_of_several_params_files_one_has_to_be_named(project, monkeypatch):
    monkeypatch.chdir(project / "notebooks")
    assert _only_params_file(project / "notebooks").name == "pilotkommune.yml"
    other = project / "params/zweite.yml"
    other.write_text(yaml.safe_dump({"kommune": {"name": "Zweite"}}), encoding="utf-8")
    with pytest.raises(SpmError, match=r"params/pilotkommune\.yml, params/zweite\.yml") as caught:
        _only_params_file(project)
    assert "--params" in caught.value.tun
