"""Limits that end: what explodes, nests or counts without end is refused, with file and place."""

import json
import sys

import pytest

from spm.config import yamltext
from spm.errors import SpmError
from spm.foreign import nesting, programs, yamlnodes
from spm.foreign.helper import GaveUp
from spm.owntexts.markdown import check_markdown
from spm.rawfiles import csvfiles
from tests.deliveries_example import HEAD, LONG, only_error, read

ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 12)
)
MERGED = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{b: *a{n - 1}, c: *a{n - 1}, <<: [*a{n - 1}, *a{n - 1}]}}\n"
    for n in range(1, 30)
)


@pytest.mark.parametrize(
    ("text", "was"),
    [
        (ALIASES, "Verweise"),
        (MERGED, "Verweise"),
        ("a: " + "[" * 1_000_000, "verschachtelt"),
        ("- " * 1_000_000 + "x", "verschachtelt"),
        ('[ "]", ' * 300_000, "verschachtelt"),
        ("? " * 5_000 + "x", "verschachtelt"),
        ("".join(f"{' ' * n}a:\n" for n in range(500)), "verschachtelt"),
        ("a: " + "x" * 100_000, "Text von 100000 Zeichen"),
        (f"? {'9' * 5_000}\n: 1", "Schlüssel von 5000 Zeichen"),
        ("a:\n" + "- x\n" * 200_000, "Einträge"),
        ("a" * 6_000_000, "größer als"),
    ],
    ids=["aliases", "merged", "open", "dashes", "hidden", "keys", "indented", "text", "key", "list",
         "file"],
)  # fmt: skip
def test_yaml_that_would_not_end(tmp_path, text, was):
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpmError, match=was) as caught:
        yamltext.load(path, "Params-Datei")
    assert "a.yml" in caught.value.wo and caught.value.tun


def test_what_people_write_is_far_below_the_limits():
    text = "a: &a {b: 1}\nc:\n" + "".join(f"  - d{n}: {{<<: *a, e: [1, 2]}}\n" for n in range(3000))
    node = yamlnodes.composed(text, "Params-Datei")
    assert len(node.value) == 2


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("[" * 1_000_000, "verschachtelt"),
        ('{"a": ' * 100 + "1" + "}" * 100, "verschachtelt"),
        ('["[",' * 100 + "1" + "]" * 100, "verschachtelt"),
        (f'{{"a": {"9" * 5_000}}}', "Ziffern"),
        ("[" + "[]," * 4_000_000 + "1]", "Listen"),
    ],
    ids=["open", "objects", "texts", "digits", "many"],
)
def test_json_that_would_not_end(text, was):
    with pytest.raises(SpmError, match=was):
        nesting.parsed(text)


def test_brackets_in_texts_are_no_levels():
    content = {"a": ["[" * 500, '\\"[' * 500, "}{" * 500, list(range(500)), [[1, 2]] * 500]}
    assert nesting.parsed(json.dumps(content)) == content


def test_a_long_text_in_json_takes_no_memory():
    """Expressions that may go back keep every character in mind."""
    import tracemalloc

    text = json.dumps(["x" * 2_000_000, '\\"' * 100_000])
    tracemalloc.start()
    nesting.check_json(text)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("text", "was"),
    [
        (";".join(f"c{n}" for n in range(1_000_000)) + "\n1;2\n", "Zeichen"),
        (HEAD + ";" * 100_000 + "\n", "100001 Felder"),
        (HEAD + "x" * 20_000_000, "Zeile 2 hat 20000000 Zeichen"),
        (HEAD + "1;2020;" + "9" * 5_000 + "\n", "unmöglich groß"),
        (HEAD + "1;" + "9" * 5_000 + ";3\n", ""),
        (HEAD + "1;2020;1e400\n", "Text"),
    ],
    ids=["columns", "fields", "line", "count", "year", "exponent"],
)
def test_csv_that_would_not_end(tmp_path, text, was):
    (tmp_path / "kinder.csv").write_text(text, encoding="utf-8")
    assert was in only_error(read(tmp_path, LONG)[1]).was


def test_csv_of_empty_lines_that_would_not_end(tmp_path, monkeypatch):
    monkeypatch.setattr(csvfiles, "MOST_LINES", 1_000)
    (tmp_path / "kinder.csv").write_text(HEAD + "\n" * 1_000, encoding="utf-8")
    assert "mehr als 1000 Zeilen" in only_error(read(tmp_path, LONG)[1]).was


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[" * 20_000, "[a](" * 5_000, "> " * 800 + "x", "- " * 500 + "x"])
def test_own_texts_that_would_not_end(tmp_path, monkeypatch, text):
    monkeypatch.setattr(programs, "SECONDS", 1)  # where it is up to the limit, it only passes
    with pytest.raises(SpmError, match=r"zu lesen|verschachtelt") as caught:
        check_markdown(text, tmp_path / "sgb2.md")
    assert "sgb2.md" in caught.value.wo and caught.value.tun


@pytest.mark.slow
def test_a_program_ends_in_any_case():
    with pytest.raises(GaveUp):
        programs.run([sys.executable, "-c", "while True: pass"], b"", seconds=1)
    assert programs.run([sys.executable, "-c", "print(input())"], b"a").stdout == b"a\n"


def test_numbers_of_the_params_file_are_told_short(tmp_path):
    from spm.config.params import LABEL, Params, known_model_keys

    path = tmp_path / "a.yml"
    path.write_text(f"zeitreihe: {{von: {'9' * 5_000}, bis: 2023}}\n", encoding="utf-8")
    data, lines = yamltext.load(path, LABEL)
    with pytest.raises(ValueError) as caught:
        Params.model_validate(data)
    error = yamltext.explain(caught.value, path, lines, LABEL, known_model_keys(Params), "x")
    assert "ist keine ganze Zahl" in error.was and len(error.was) < 2_000
