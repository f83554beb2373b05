"""The stages from the published data to the finished report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from spm.build.assembly import Assembly, as_one, files
from spm.build.book import BOOK, PAGES, RENDERER, Book, format_stage, index_file
from spm.build.chapters import Chapters
from spm.build.data import DISCLOSURE, Data
from spm.build.digests import text_digest
from spm.build.parts import TEXT
from spm.formats import FORMATS
from spm.products import PRODUCTS
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT
from spm.release.keyed import Keyed
from spm.release.manifest import (
    FULL,
    MANIFEST,
    commit,
    keep_full,
    own_sources,
    shared_sources,
    write_manifest,
)
from spm.stages import UNKNOWN, Done, Inputs, Reason, Stage, Step

INDEX, PROOF = "Suchverzeichnis", "Nachweis"


class Reporting:
    """One municipality on the way from its published data to the report.

    Parameters
    ----------
    formats, renderer : see `spm.book.render`.
    """

    def __init__(self, data: Data, formats: Sequence[str], renderer: str) -> None:
        self.data, self.params, self.ledger = data, data.params, data.ledger
        self.new = Assembly(self.params)
        self._proved = False
        self._chapters = Chapters(data)
        self._book = Book(data, self._chapters, self.new, formats, renderer)

    def run(self, told: Callable[[], None]) -> None:
        """Bring the report up to date.

        Parameters
        ----------
        told : called once all chapters have been run, if anything has changed so far.

        Raises
        ------
        SpmError
            Anything a user can mend. The last finished report is unchanged then.
        """
        steps = [*self._book.steps(), self._index(), self._proof()]
        try:
            self._go(self._chapters.step())
            if self.data.begun:
                told()
            for step in steps:
                self._go(step)
            if self.new.begun:
                self.new.finish()
                if self._proved:  # else the full manifest that is there is the one it names
                    keep_full(self.params)
                names = [*self.data.names(), *self._chapters.names, *self._book.names]
                self.ledger.save([*names, INDEX, PROOF])
        finally:
            self.new.clear()

    def _go(self, step: Step) -> None:
        inside = step.stages[0].place == self.params.report_folder
        skipped = self.ledger.go(step, self.data.begin)
        if inside:
            for stage in skipped:
                self.new.take(self.ledger.outputs(stage.name))
        elif len(skipped) < len(step.stages):
            self.ledger.save()

    def _index(self) -> Step:
        stage = self._book.stage(INDEX, self._of_index)
        return Step("Suchverzeichnis schreiben", [stage], self._write_index)

    def _write_index(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm.book import searchindex

        if "html" not in self._book.formats:
            return {INDEX: Done(self.new.folder, ())}
        parts = (json.loads(self.ledger.results(product.name)[PAGES]) for product in PRODUCTS)
        path = self.new.folder / index_file()
        _, chapters = self._book.read
        searchindex.write_whole(chapters, [entry for part in parts for entry in part], path.parent)
        return {INDEX: Done(self.new.folder, [index_file()])}

    def _of_index(self) -> Inputs:
        pages = {p.name: text_digest(self.ledger.results(p.name)[PAGES]) for p in PRODUCTS}
        text = self.ledger.results(BOOK).get(TEXT, UNKNOWN)
        return self.data.base() | {
            Reason.EARLIER: {BOOK: text} | pages,
            Reason.INPUT: {"Formate": " ".join(sorted(self._book.formats))},
        }

    def _proof(self) -> Step:
        stage = self._book.stage(PROOF, self._of_proof, self._whole)
        return Step("Nachweis schreiben und Bericht ersetzen", [stage], self._prove)

    def _prove(self, todo: Sequence[Stage]) -> dict[str, Done]:
        folder = self.new.folder
        for name in (CERTIFICATE, DATASET, DEVELOPMENT):  # it names them with their digests
            shutil.copyfile(self.data.handed_out() / name, folder / name)
        renderer = self.ledger.results(format_stage(self._named_by))[RENDERER]
        write_manifest(folder, self.params, self._shared_sources(), renderer)
        self._proved = True
        return {PROOF: Done(folder, [CERTIFICATE, DATASET, DEVELOPMENT, MANIFEST])}

    @property
    def _named_by(self) -> str:
        """The format whose renderer the manifest names: Quarto, if it renders any."""
        by_quarto = [n for n in self._book.formats if FORMATS[n].quarto and self._book.executable]
        return next(iter(by_quarto), self._book.formats[0])

    def _shared_sources(self) -> dict[str, Path]:
        return shared_sources(self.params, [self._chapters.quarto_yml, *self._chapters.notebooks])

    def _of_proof(self) -> Inputs:
        stages = [*self._book.names, INDEX]
        made = {name: text_digest(as_one(self.ledger.outputs(name))) for name in stages}
        published = self.ledger.outputs(DISCLOSURE)
        made |= {name: published[name] for name in (CERTIFICATE, DATASET, DEVELOPMENT)}
        sources = {**self._shared_sources(), **own_sources(self.params)}
        named = {name: self.data.digests.file(path) for name, path in sources.items()}
        named |= {
            "Commit": commit(self.params.root) or "keiner",
            "Renderer": self._book.renderer,
            "Schlüssel": Keyed(self.params.processed).name,
        }
        return self.data.base() | {Reason.EARLIER: made, Reason.INPUT: named}

    def _whole(self) -> bool:
        """Whether nothing else lies in the report, and the full manifest is the one it names."""
        stages = [*self._book.names, INDEX, PROOF]
        made = {file for name in stages for file in self.ledger.outputs(name)}
        if set(files(self.params.report_folder)) != made:
            return False
        try:
            text = (self.params.report_folder / MANIFEST).read_text(encoding="utf-8")
            full = (self.params.processed / FULL).read_bytes()
            told: str = json.loads(text)["vertraulich"]["nachweis"]
        except (OSError, ValueError, KeyError):
            return False
        return told == Keyed(self.params.processed).of(full)
