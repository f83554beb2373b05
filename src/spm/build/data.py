"""The stages from the deliveries to the published data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from spm.build import checking
from spm.build.digests import Digests, neighbours_digest, params_digest, program_digest
from spm.build.elsewhere import notes_on_open_files
from spm.build.snapshot import Snapshot
from spm.config.params import Params
from spm.config.projectpaths import MARKER
from spm.errors import SpmError
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT
from spm.release.gate import require_certificate
from spm.stages import UNKNOWN, Done, Inputs, Ledger, Reason, Stage, Step
from spm.system.names import as_name

if TYPE_CHECKING:
    from spm.build.checking import Checked
    from spm.deliveries.pipeline import ReadTable
    from spm.progress import Steps
    from spm.release.certificate import Certificate, Regeln

SETTINGS, FACTS, DISCLOSURE = "Angaben", "Fakten und Kennzahlen", "Geheimhaltung"
KEPT = "stufen"
"""Folder of what is kept between stages, in ``data/processed/<slug>/``."""

ROWS, NOTES = "zeilen", "hinweise"


def delivery_stage(key: str) -> str:
    """Name of the stage that reads a delivery."""
    return f"Lieferung {key}"


class Data:
    """One municipality on the way from its deliveries to its published data.

    Parameters
    ----------
    force, told : see `spm.stages.Ledger`.
    first : called as soon as it is known that something has to be done.
    seen : called with what checking the deliveries gave, errors or not.
    workers : processes for disclosure control.
    """

    def __init__(
        self,
        params: Params,
        steps: Steps,
        force: bool = False,
        told: Callable[[str, str], None] = lambda name, why: None,
        first: Callable[[], None] = lambda: None,
        workers: int = 1,
        seen: Callable[[Checked], None] = lambda checked: None,
    ) -> None:
        self.params, self.steps, self.force = params, steps, force
        self._workers, self._seen = workers, seen
        self.first, self.begun = first, False
        self.digests = Digests(self.params)
        self.snapshot = Snapshot(params, self.digests)
        self.ledger = Ledger(self.params.processed, force, told)

    # ------------------------------------------------------------------------------- stages

    def published(self) -> Certificate:
        """Bring the published data up to date, and pass the gate: in every run.

        Raises
        ------
        SpmError
            Also if a delivery has an error: naming the first ones and the check report.
        """
        self._deliver()
        ran = self._go("", [self._stage(FACTS, self._of_facts)], self._check)
        if not ran:
            for note in self._notes():
                self.steps.later(note)
        stage = self._stage(DISCLOSURE, self._of_facts, sound=self._certified)
        self._go("Geheimhaltung anwenden und prüfen", [stage], self._protect)
        return require_certificate(self.params.processed, self._rules)

    @cached_property
    def _rules(self) -> Regeln:
        """Those that the data may be published under."""
        from spm.config.catalogue import load_with_sums
        from spm.release.rules import published_rules

        return published_rules(self.params, *load_with_sums(self.params))

    @cached_property
    def checked(self) -> tuple[Checked, Sequence[Path]]:
        """What the deliveries give, and the check report; what has been read is not read again."""
        self.snapshot.hold()
        return checking.check(self.params, self.steps, self.recall)

    def examined(self) -> tuple[Checked, Sequence[Path]]:
        """The same for somebody who wants to see it: only reading is saved."""
        self._deliver()
        self.ledger.save()
        return self.checked

    def names(self) -> list[str]:
        """Of all stages up to the published data."""
        deliveries = [delivery_stage(key) for key in self.params.lieferungen]
        return [SETTINGS, *deliveries, FACTS, DISCLOSURE]

    def base(
        self, presentation: bool = True, delivery: str | None = None
    ) -> dict[Reason, Mapping[str, str]]:
        """Program and params file, which every stage is made from; of both only what bears on the
        data, if the presentation does not count."""
        digest = params_digest(self.params, presentation, delivery)
        return {
            Reason.PROGRAM: {"": program_digest(presentation)},
            Reason.PARAMS: {self.params.path.name: digest},
        }

    def reasons(self) -> dict[str, tuple[Reason, str]]:
        """Why each stage from the deliveries to the published data would run now; none is run."""
        last = [self._stage(FACTS, self._of_facts), self._stage(DISCLOSURE, self._of_facts)]
        return {stage.name: self.ledger.reason(stage) for stage in [*self._readings(), *last]}

    def begin(self, step: Step, number: int) -> None:
        """Something has to be done."""
        if not self.begun:
            self.begun = True
            self.first()
            for line in notes_on_open_files(self.params):
                self.steps.note(line)
            self.snapshot.hold()
        if step.title:
            self.steps.begin(step.title, number)

    def _go(
        self,
        title: str,
        stages: Sequence[Stage],
        run: Callable[[Sequence[Stage]], Mapping[str, Done]],
    ) -> bool:
        skipped = self.ledger.go(Step(title, stages, run), self.begin)
        if len(skipped) < len(stages):
            self.ledger.save()
        return len(skipped) < len(stages)

    def _stage(
        self, name: str, inputs: Callable[[], Inputs], sound: Callable[[], bool] | None = None
    ) -> Stage:
        return Stage(name, lambda results: inputs(), self.params.processed, sound)

    # --------------------------------------------------------------------------- deliveries

    def _deliver(self) -> None:
        self._go("", [self._stage(SETTINGS, self._of_settings)], self._examine)
        self._go("Lieferungen lesen", self._readings(), self._read)

    def _readings(self) -> list[Stage]:
        return [
            self._stage(delivery_stage(key), partial(self._of_delivery, key))
            for key in self.params.lieferungen
        ]

    def _examine(self, todo: Sequence[Stage]) -> dict[str, Done]:
        checking.examine(self.params)
        return {SETTINGS: Done(self.params.processed, ())}

    def _read(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm.areas.divisions import load_divisions
        from spm.areas.today import load_areas
        from spm.deliveries.kept import keep
        from spm.deliveries.pipeline import read_delivery

        areas = load_areas(self.params)
        earlier = load_divisions(self.params, areas)
        names, done = {stage.name for stage in todo}, {}
        for key, delivery in self.params.lieferungen.items():
            if (name := delivery_stage(key)) in names:
                place = self._place(key)
                files = keep(read_delivery(key, self.params, areas, earlier), place)
                if files is None:  # to be read again, in this run and in the next
                    done[name] = Done(place, (), {"gelesen": "nein"})
                else:
                    inside = place.relative_to(self.params.processed).as_posix()
                    done[name] = Done(self.params.processed, [f"{inside}/{f}" for f in files])
                self.steps.advance(delivery.titel)
        return done

    def recall(self, key: str) -> list[ReadTable] | None:
        """What is kept of a delivery, row by row; None if nothing is."""
        from spm.deliveries.kept import load

        if not self.ledger.outputs(delivery_stage(key)):
            return None
        return load(self.params.lieferungen[key].tabellen, self._place(key))

    def _place(self, key: str) -> Path:
        return self.params.processed / KEPT / f"lieferung-{as_name(key)}"

    # ------------------------------------------------------------------ facts and disclosure

    def _check(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm.verdict import errors_among, refused

        checked, paths = self.checked
        self._seen(checked)
        errors = errors_among(checked.findings)
        if errors:
            raise refused(errors, paths[0])
        notes = list(checked.notes)
        if checked.findings:
            number = len(checked.findings)
            many = f"{number} Hinweise" if number > 1 else "Ein Hinweis"
            notes.append(f"{many} zu den Lieferungen: {paths[0]}")
            self.steps.note(notes[-1])
        return {FACTS: Done(self.params.processed, [p.name for p in paths], {NOTES: _lines(notes)})}

    def handed_out(self) -> Path:
        """Folder of the published data as disclosure control has left them, in this run or in an
        earlier one: what chapters and products read."""
        return self.snapshot.hand_out(self.ledger.outputs(DISCLOSURE))

    def _notes(self) -> list[str]:
        return [line for line in self.ledger.results(FACTS).get(NOTES, "").split("\n") if line]

    def _protect(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm.build.rows import row_digests
        from spm.disclosure.certify import AUDIT_LIST

        checking.publish(self.checked[0], self._workers)
        del self.checked  # the true numbers: nothing that follows reads them
        folder = self.params.processed
        files = [DATASET, DEVELOPMENT, CERTIFICATE, AUDIT_LIST]
        files += ["facts.parquet", "indicators.parquet"]
        return {DISCLOSURE: Done(folder, files, row_digests(folder))}

    def _certified(self) -> bool:
        """Whether the data that are there agree with their certificate, whatever is recorded."""
        try:
            require_certificate(self.params.processed, self._rules)
        except SpmError:
            return False
        return True

    # ------------------------------------------------------------------------------- inputs

    def _of_settings(self) -> Inputs:
        notebooks = sorted(p.name for p in (self.params.source / "notebooks").glob("*.ipynb"))
        files = [self.params.source / MARKER, *self.catalogues(), *self.texts()]
        if self.params.gestaltung.logo:
            files.append(self.params.project_file(self.params.gestaltung.logo))
        read = self.digests.files(files) | {"notebooks/": " ".join(notebooks)}
        if self.params.public_tables:  # their areas are named as the geometry has them
            read |= self.digests.raw(*self.params.public_tables) | self.shapes()
        if theirs := neighbours_digest(self.params):  # no area may be theirs as well
            read |= theirs | self.shapes()
        return self.base() | {Reason.INPUT: read}

    def _of_delivery(self, key: str) -> Inputs:
        tables = self.params.lieferungen[key].tabellen
        files = self.digests.raw(*(table.datei for table in tables)) | self.shapes()
        files |= {f"Datenbank ({t.url_variable})": UNKNOWN for t in tables if t.url_variable}
        if self.ledger.results(delivery_stage(key)).get("gelesen") == "nein":
            files["Zeilen der Lieferung"] = UNKNOWN
        return self.base(presentation=False, delivery=key) | {Reason.INPUT: files}

    def _of_facts(self) -> Inputs:
        files = self.digests.files(self.catalogues()) | self.shapes()
        files |= self.digests.raw(*self.params.geheimhaltung.reports)
        if self.params.vergleich:
            files |= self.digests.raw(self.params.vergleich.datei)
        read = {}
        for key in self.params.lieferungen:
            made = self.ledger.outputs(delivery_stage(key))
            read[delivery_stage(key)] = " ".join(made.values()) or UNKNOWN
        return self.base(presentation=False) | {Reason.EARLIER: read, Reason.INPUT: files}

    def catalogues(self) -> list[Path]:
        """The catalogues' files."""
        return [self.params.project_file(name) for name in self.params.catalogue_files]

    def texts(self) -> list[Path]:
        """Own texts and the glossaries."""
        from spm.owntexts.glossary import shared_files
        from spm.owntexts.texts import text_files

        return [*text_files(self.params), *shared_files(self.params)]

    def shapes(self) -> dict[str, str]:
        """Digests of the geometry of the areas, today's and earlier ones."""
        section = self.params.raeume
        earlier: Iterable[str | None] = [n for r in section.fruehere for n in (r.datei, r.table)]
        return self.digests.raw(section.datei, *earlier)


def _lines(notes: Iterable[str]) -> str:
    return "\n".join(" ".join(note.split()) for note in notes)
