"""Stages of a build: what each was made from, what it made, and why it must be made again.

A stage is skipped only if everything it was made from and everything it made are, by content, what
they were when it was last finished. What cannot be compared, or was recorded by somebody without
the municipality's key, is made again: a record saves time and proves nothing. That the data may be
shown is for `spm.release.gate` alone, which looks at them in every run.

Own code, because the libraries for it would need more: pytask and doit keep a database in the
project, compare times or MD5 and believe that outputs are still what they were; joblib.Memory keeps
results by arguments, not by files, as pickles, which whoever can write them can make run code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from spm.release.digest import sha256
from spm.release.keyed import Keyed
from spm.release.replacing import replace_text

FILE = "stufen.json"
"""In ``data/processed/<slug>/``: the records of all stages, sealed under the municipality's key."""

UNKNOWN = ""
"""Digest of what cannot be compared, a database for instance."""


class Reason(Enum):
    """Why a stage runs or not, as ``spm build --explain`` prints it."""

    UNCHANGED = "unverändert"
    FORCED = "erzwungen (--force)"
    NEVER = "noch nie gelaufen"
    RECORD = "Aufzeichnung des letzten Laufs ist verändert oder nicht lesbar"
    PROGRAM = "Programm geändert"
    PARAMS = "Params geändert"
    EARLIER = "frühere Stufe lief neu"
    INPUT = "Eingabe geändert"
    OPEN = "Eingabe nicht vergleichbar"
    OUTPUT = "Ausgabe fehlt oder ist unvollständig"


Inputs = Mapping[Reason, Mapping[str, str]]
"""Digests by name, under the reason that a change gives: PROGRAM, PARAMS, EARLIER, INPUT."""

Results = Mapping[str, str]
"""What a stage tells later ones besides its files."""


@dataclass(frozen=True)
class Stage:
    """One stage.

    Parameters
    ----------
    name : as it is printed.
    inputs : all that decides its outputs, as it is now; of the results of its last run, because
        what a chapter reads is known once it has run.
    place : the folder that its outputs lie in.
    sound : whether outputs that are as they were made may be used; None: they may.
    """

    name: str
    inputs: Callable[[Results], Inputs]
    place: Path
    sound: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Done:
    """What a stage has made: files relative to ``folder``, its place or where that is made anew."""

    folder: Path
    files: Iterable[str]
    results: Results = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Stages that run side by side.

    Parameters
    ----------
    run : makes those that it is given, and tells of each what it made.
    """

    title: str
    stages: Sequence[Stage]
    run: Callable[[Sequence[Stage]], Mapping[str, Done]]


class Ledger:
    """What is recorded of the last run, and of this one.

    Parameters
    ----------
    folder : ``data/processed/<slug>/``.
    forced : every stage runs.
    told : called with the name of every stage and why it runs or not.

    Raises
    ------
    SpmError
        The municipality's key is damaged.
    """

    def __init__(
        self,
        folder: Path,
        forced: bool = False,
        told: Callable[[str, str], None] = lambda name, why: None,
    ) -> None:
        self._path, self._keyed = folder / FILE, Keyed(folder)
        self._forced, self._told = forced, told
        self._broken = False
        self._kept: dict[str, Any] = self._read()
        self._last = dict(self._kept)

    def go(self, step: Step, begin: Callable[[Step, int], None]) -> list[Stage]:
        """Run what has to run of a step.

        Parameters
        ----------
        begin : called before the first of them runs, with their number.

        Returns
        -------
        list of Stage
            Those that were skipped.
        """
        todo, before = [], {}
        for stage in step.stages:
            reason, what = self.reason(stage)
            self._told(stage.name, f"{reason.value}: {what}" if what else reason.value)
            if reason is not Reason.UNCHANGED:
                before[stage.name] = _plain(stage.inputs(self.results(stage.name)))
                todo.append(stage)
        if todo:
            begin(step, len(todo))
            for stage in todo:  # whatever happens now, half of it is nothing
                self._kept.pop(stage.name, None)
            made = step.run(todo)
            for stage in todo:
                self._record(stage, made[stage.name], before[stage.name])
        return [stage for stage in step.stages if stage not in todo]

    def reason(self, stage: Stage) -> tuple[Reason, str]:
        """Why a stage runs, and what has changed."""
        if self._forced:
            return Reason.FORCED, ""
        record = self._kept.get(stage.name)
        if record is None:
            return (Reason.RECORD if self._broken else Reason.NEVER), ""
        now, then = _plain(stage.inputs(record["ergebnisse"])), record["eingaben"]
        for reason in (Reason.PROGRAM, Reason.PARAMS, Reason.EARLIER, Reason.INPUT):
            new, old = now.get(reason.name, {}), then.get(reason.name, {})
            for name in sorted({*new, *old}):
                if new.get(name) != old.get(name):
                    return reason, "" if reason is Reason.PROGRAM else name
                if new[name] == UNKNOWN:
                    return Reason.OPEN, name
        for name, digest in record["ausgaben"].items():
            path = stage.place / name
            if not path.is_file() or sha256(path) != digest:
                return Reason.OUTPUT, name
        if stage.sound is not None and not stage.sound():
            return Reason.OUTPUT, ""
        return Reason.UNCHANGED, ""

    def results(self, name: str) -> Results:
        """What a stage told when it last ran."""
        found: Results = self._kept.get(name, {}).get("ergebnisse", {})
        return found

    def outputs(self, name: str) -> Mapping[str, str]:
        """Digests of what a stage made, by file."""
        found: Mapping[str, str] = self._kept.get(name, {}).get("ausgaben", {})
        return found

    def inputs(self, name: str, reason: Reason) -> Mapping[str, str]:
        """Digests of what a stage was made from when it last ran, of one kind."""
        found: dict[str, dict[str, str]] = self._kept.get(name, {}).get("eingaben", {})
        return found.get(reason.name, {})

    def last(self, name: str) -> tuple[Results, Mapping[str, str]]:
        """Results and outputs of a stage in the run before, whatever has happened since."""
        record = self._last.get(name, {})
        return record.get("ergebnisse", {}), record.get("ausgaben", {})

    def save(self, names: Iterable[str] | None = None) -> None:
        """Write down what is finished: last of all, in one step.

        Parameters
        ----------
        names : of the stages that there are now; others are forgotten. None: all are kept.
        """
        if names is not None:
            there = set(names)
            self._kept = {name: kept for name, kept in self._kept.items() if name in there}
        content = {"stufen": self._kept, "siegel": self._seal(self._kept)}
        replace_text(self._path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    def _record(self, stage: Stage, done: Done, before: dict[str, dict[str, str]]) -> None:
        inputs = _plain(stage.inputs(done.results))
        for kind, entries in inputs.items():
            # As it was before the stage began: somebody may have changed it meanwhile.
            known = before.get(kind, {})
            inputs[kind] = {name: known.get(name, digest) for name, digest in entries.items()}
        self._kept[stage.name] = {
            "eingaben": inputs,
            "ausgaben": {name: sha256(done.folder / name) for name in sorted(done.files)},
            "ergebnisse": dict(done.results),
        }

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            content = None
        with suppress(TypeError, KeyError, ValueError):
            if content["siegel"] == self._seal(content["stufen"]):
                return dict(content["stufen"])
        self._broken = True
        return {}

    def _seal(self, kept: Mapping[str, Any]) -> str:
        return self._keyed.of(f"Stufen {json.dumps(kept, sort_keys=True)}".encode())


def _plain(inputs: Inputs) -> dict[str, dict[str, str]]:
    return {reason.name: dict(entries) for reason, entries in inputs.items()}
