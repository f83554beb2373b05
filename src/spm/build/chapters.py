"""The stages of the chapters: each is run again only if what it read has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from spm import asked
from spm.book.project import chapter_files
from spm.build.assembly import files
from spm.build.data import DISCLOSURE, Data
from spm.build.digests import MISSING
from spm.build.parts import chapter_digest
from spm.config.projectpaths import MARKER
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT
from spm.stages import UNKNOWN, Done, Inputs, Reason, Results, Stage, Step
from spm.system.files import remove_folder, try_to_remove_folder

FOLDER = "kapitel"
"""Of executed chapters in ``data/processed/<slug>/``: they may say what no page does."""

READ, SAID = "gelesen", "inhalt"


class Chapters:
    """The chapters of one report, in reading order."""

    def __init__(self, data: Data) -> None:
        self._data, self._params = data, data.params
        self._files = chapter_files(self.quarto_yml, self._params)

    @property
    def quarto_yml(self) -> Path:
        """The project file, where it is read from."""
        return self._params.source / MARKER

    @property
    def notebooks(self) -> list[Path]:
        """The notebooks, where they are read from."""
        return [self._params.source / "notebooks" / name for name in self._files]

    @property
    def names(self) -> list[str]:
        """Of their stages."""
        return [chapter_stage(path) for path in self.notebooks]

    @property
    def executed(self) -> list[Path]:
        """The notebooks as they were run."""
        folder = self._params.processed / FOLDER
        return [folder / path.stem / path.name for path in self.notebooks]

    def said(self) -> dict[str, str]:
        """Digests of what they say and draw, by stage."""
        return {n: self._data.ledger.results(n).get(SAID, UNKNOWN) for n in self.names}

    def step(self) -> Step:
        """Run what has to run."""
        stages = [
            Stage(
                chapter_stage(notebook),
                partial(self._inputs, notebook),
                self._params.processed,
            )
            for notebook in self.notebooks
        ]
        return Step("Kapitel ausführen", stages, self._run)

    def _run(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm.build.confidential import check_told
        from spm.chapters import watch
        from spm.chapters.run import run_chapters
        from spm.config.catalogue import load_catalogue

        names = {stage.name for stage in todo}
        notebooks = [path for path in self.notebooks if chapter_stage(path) in names]
        folder = self._params.processed / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in notebooks:
            remove_folder(folder / notebook.stem)
        there = {notebook.stem for notebook in self.notebooks}
        for old in [path for path in folder.iterdir() if path.name not in there]:
            try_to_remove_folder(old)
        self._data.handed_out()
        relative = self._params.path.relative_to(self._params.root)
        advance = self._data.steps.advance
        done = {}
        executed = run_chapters(notebooks, relative, folder, done=advance, apart=True)
        check_told(self._params, load_catalogue(self._params), executed)
        for path in executed:
            source = self._params.source / "notebooks" / path.name
            read = watch.needs(source, path.parent)
            read["dateien"] = [str(self._params.original(Path(p))) for p in read["dateien"]]
            (path.parent / watch.FILE).unlink(missing_ok=True)
            results = {READ: json.dumps(read), SAID: chapter_digest(path)}
            made = [f"{FOLDER}/{path.stem}/{name}" for name in files(path.parent)]
            done[chapter_stage(path)] = Done(self._params.processed, made, results)
        return done

    def _inputs(self, notebook: Path, results: Results) -> Inputs:
        read: dict[str, Any] = json.loads(results.get(READ, "{}"))
        others = self._data.digests.files(Path(name) for name in read.get("dateien", ()))
        if read.get("offen"):
            others[read["offen"]] = UNKNOWN
        notebooks = self._data.digests.files([notebook])
        return self._data.base() | {
            Reason.EARLIER: self.rows(read.get("gefragt", [asked.EVERYTHING])),
            Reason.INPUT: notebooks | others | self.shown(),
        }

    def rows(self, wanted: Iterable[str]) -> dict[str, str]:
        """Digests of published data by what a chapter asked for."""
        made, rows = self._data.ledger.outputs(DISCLOSURE), self._data.ledger.results(DISCLOSURE)
        whole = {asked.EVERYTHING: (DATASET, DEVELOPMENT), asked.CERTIFICATE: (CERTIFICATE,)}
        found = {}
        for what in wanted:
            for name in whole.get(what, ()):
                found[f"{DISCLOSURE} ({name})"] = made.get(name, UNKNOWN)
            if what not in whole:
                found[f"{DISCLOSURE} ({what})"] = rows.get(what, MISSING)
        return found

    def shown(self) -> dict[str, str]:
        """Files that everything is made from that shows published data."""
        found = self._data.digests.files([*self._data.catalogues(), *self._data.texts()])
        found |= self._data.digests.raw(*self._params.public_tables)
        return found | self._data.shapes()


def chapter_stage(notebook: Path) -> str:
    """Name of the stage that runs a notebook."""
    return f"Kapitel {notebook.stem}"
