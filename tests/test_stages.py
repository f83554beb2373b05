"""Which stages run: whatever is not exactly what was recorded is made again."""

import json
from dataclasses import dataclass, field

import pytest

from spm.release.keyed import KEY
from spm.stages import FILE, UNKNOWN, Done, Ledger, Reason, Stage, Step


@dataclass
class Bench:
    """One stage "a" that writes ``a.txt``, and what it was run with."""

    folder: object
    inputs: dict = field(
        default_factory=lambda: {Reason.PROGRAM: {"": "1"}, Reason.INPUT: {"roh.csv": "1"}}
    )
    sound: bool = True
    ran: int = 0

    def go(self, forced=False, save=True):
        """Run it if it must; the reason."""
        told = []
        ledger = Ledger(self.folder, forced, lambda name, why: told.append((name, why)))
        stage = Stage("a", lambda results: self.inputs, self.folder, lambda: self.sound)
        skipped = ledger.go(Step("A", [stage], self.run), lambda step, number: None)
        assert bool(skipped) == (told == [("a", Reason.UNCHANGED.value)])
        if save:
            ledger.save()
        return told[0][1]

    def run(self, todo):
        self.ran += 1
        (self.folder / "a.txt").write_text("fertig", encoding="utf-8")
        return {"a": Done(self.folder, ["a.txt"], {"zahl": "7"})}


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def test_what_has_not_changed_runs_once(bench):
    assert bench.go() == "noch nie gelaufen"
    kept = (bench.folder / FILE).read_bytes()
    assert bench.go() == "unverändert"
    assert bench.ran == 1 and (bench.folder / FILE).read_bytes() == kept
    assert bench.go(forced=True) == "erzwungen (--force)"


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        (Reason.PROGRAM, "", "Programm geändert"),
        (Reason.PARAMS, "x.yml", "Params geändert: x.yml"),
        (Reason.EARLIER, "Buch", "frühere Stufe lief neu: Buch"),
        (Reason.INPUT, "roh.csv", "Eingabe geändert: roh.csv"),
        (Reason.INPUT, "neu.csv", "Eingabe geändert: neu.csv"),
    ],
)
def test_every_kind_of_input(bench, kind, name, said):
    bench.inputs.setdefault(Reason.PARAMS, {"x.yml": "1"})
    bench.inputs.setdefault(Reason.EARLIER, {"Buch": "1"})
    bench.go()
    bench.inputs[kind] = bench.inputs[kind] | {name: "2"}
    assert bench.go() == said
    assert bench.go() == "unverändert"
    del bench.inputs[kind][name]
    assert bench.go() == said, "an input that is gone is a change as well"


def test_what_cannot_be_compared_runs_every_time(bench):
    bench.inputs[Reason.INPUT] = {"Datenbank": UNKNOWN}
    bench.go()
    assert bench.go() == "Eingabe nicht vergleichbar: Datenbank"


def truncate(folder):
    (folder / "a.txt").write_text("fert", encoding="utf-8")


def remove(folder):
    (folder / "a.txt").unlink()


@pytest.mark.parametrize("damage", [truncate, remove])
def test_an_output_that_is_not_as_it_was_made_is_missing(bench, damage):
    bench.go()
    damage(bench.folder)
    assert bench.go() == "Ausgabe fehlt oder ist unvollständig: a.txt"
    assert (bench.folder / "a.txt").read_text(encoding="utf-8") == "fertig"


def test_outputs_that_are_not_sound_are_made_again(bench):
    bench.go()
    bench.sound = False
    assert bench.go() == "Ausgabe fehlt oder ist unvollständig"


def forge(text):
    """Another output is recorded as right, by somebody without the key."""
    content = json.loads(text)
    content["stufen"]["a"]["ausgaben"]["a.txt"] = "0" * 64
    return json.dumps(content)


@pytest.mark.parametrize(
    "tamper",
    [forge, lambda text: text[:-20], lambda text: "", lambda text: "[]",
     lambda text: '{"stufen": 1}',
     lambda text: json.dumps({"stufen": {}, "siegel": "0" * 64}), lambda text: "[" * 100_000],
)  # fmt: skip
def test_a_record_that_was_changed_is_none(bench, tamper):
    bench.go()
    path = bench.folder / FILE
    path.write_text(tamper(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert bench.go() == Reason.RECORD.value
    assert bench.go() == "unverändert"


def test_with_another_key_nothing_is_trusted(bench):
    bench.go()
    (bench.folder / KEY).unlink()
    assert bench.go() == Reason.RECORD.value


def test_a_run_that_fails_is_recorded_neither_then_nor_before(bench):
    bench.go()
    bench.inputs[Reason.INPUT] = {"roh.csv": "2"}

    def fail(todo):
        (bench.folder / "a.txt").write_text("halb", encoding="utf-8")
        raise RuntimeError

    bench.run, run = fail, bench.run
    with pytest.raises(RuntimeError):
        bench.go()
    bench.run, bench.inputs[Reason.INPUT] = run, {"roh.csv": "1"}
    assert bench.go() == "Ausgabe fehlt oder ist unvollständig: a.txt"


def test_an_input_that_changes_meanwhile_counts_as_it_was(bench):
    bench.go()
    bench.inputs[Reason.INPUT] = {"roh.csv": "2"}
    run = bench.run

    def and_meanwhile(todo):
        bench.inputs[Reason.INPUT] = {"roh.csv": "3"}
        return run(todo)

    bench.run = and_meanwhile
    bench.go()
    bench.run = run
    assert bench.go() == "Eingabe geändert: roh.csv"


def test_results_are_for_later_stages(bench):
    bench.go()
    ledger = Ledger(bench.folder)
    assert ledger.results("a") == {"zahl": "7"} and set(ledger.outputs("a")) == {"a.txt"}
    assert ledger.results("b") == ledger.outputs("b") == {}
