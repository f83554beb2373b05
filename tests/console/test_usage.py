"""Calls that cannot be understood, and help: in German."""

import subprocess
import sys

import pytest
import typer

from spm import cli
from tests.conftest import ROOT


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["spm", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return ended.value.code, told.out + told.err

    return run


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["buil"], "Den Befehl «buil» gibt es nicht. Gemeint ist vielleicht «build»."),
        (["build"], "Es fehlt: PARAMS. Die Params-Datei der Kommune."),
        (["diff", "a"], "Es fehlt: NEU. Ordner des neueren Berichts."),
        (["build", "x", "--reder"], "Die Option «--reder» gibt es nicht. Gemeint ist vielleicht"),
        (["build", "x", "--to"], "Die Option «--to» braucht einen Wert."),
        (["check", "x", "--force=1"], "Die Option «--force» nimmt keinen Wert."),
        (["batch", "x", "--workers", "0"], "--workers: Der Wert ist zu klein; mindestens 1."),
        (["batch", "x", "--workers", "viele"], "--workers: Der Wert ist keine ganze Zahl."),
        (["check", "x", "Sozialraum", "4"], "Zu viele Angaben: «Sozialraum 4». Namen mit Leer"),
        (["--versio"], "Die Option «--versio» gibt es nicht. Gemeint ist vielleicht «--version»."),
    ],
)
def test_a_call_that_is_not_understood_is_told_in_german(call, words, text):
    code, told = call(*words)
    assert code == 2
    assert told.startswith(f"Fehler: {text}"), told
    assert "--help» zeigt, was dieser Aufruf erwartet." in told


ENGLISH = (" the ", "Usage", "Options", "Arguments", "Show this", "required", "default", "exit.")


@pytest.mark.parametrize("command", ["", *(c.name or c.callback.__name__
                                           for c in cli.app.registered_commands)])  # fmt: skip
def test_help_is_german(call, command):
    code, told = call(*filter(None, [command, "--help"]))
    assert code == 0
    assert told.startswith(f"Aufruf: spm {command}".rstrip())
    assert not [word for word in ENGLISH if word in told]
    assert max(map(len, told.splitlines())) <= 90


def test_an_english_name_of_a_command_does_the_same_and_is_not_listed(call):
    _, told = call("--help")
    assert "erklaere" in told and "explain" not in told
    assert (
        call("explain", "--help")[1].splitlines()[2:]
        == (call("erklaere", "--help")[1].splitlines()[2:])
    )


def test_an_error_of_the_user_keeps_its_exit_code(call):
    code, told = call("build", "fehlt.yml")
    assert code == 1 and told.startswith("Fehler: ")


def test_help_loads_nothing_that_takes_long():
    script = (
        "import sys; from spm.cli import main\n"
        "sys.argv = ['spm', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'rich', 'geopandas', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_the_reference_names_every_command_and_option():
    text = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")
    lines = {}
    for line in text.split("```")[1].splitlines():
        if line.startswith("spm "):
            command = lines.setdefault(line.split()[1], [])
        if line.strip():
            command.append(line)
    group = typer.main.get_command(cli.app)
    for name, one in group.commands.items():
        if one.hidden:
            continue
        told = "\n".join(lines.get(name, []))
        assert told, f"spm {name}"
        options = (p for p in one.params if p.param_type_name == "option" and not p.hidden)
        for option in {max(p.opts, key=len) for p in options} - {"--force", "--explain"}:
            assert option in told, f"spm {name} {option}"  # those two are told in a sentence
