"""The stages of the book, its formats, and the products that come with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from spm import asked
from spm.build.assembly import Assembly, as_one, files
from spm.build.chapters import Chapters
from spm.build.data import Data
from spm.build.digests import text_digest
from spm.build.parts import book_digests
from spm.config.logo import logo_file
from spm.formats import FORMATS
from spm.products import PICTURES, PRODUCTS, Product
from spm.release.digest import sha256
from spm.stages import UNKNOWN, Done, Inputs, Reason, Stage, Step

if TYPE_CHECKING:
    from spm.book.document import Chapter
    from spm.book.project import Project
    from spm.report import Report

BOOK = "Buch"
PAGES, DRAWN, RENDERER = "seiten", "gezeichnet", "renderer"


class Book:
    """The book of one report, and what comes with it.

    Parameters
    ----------
    new : the report that is made.
    formats, renderer : see `spm.book.render`.
    """

    def __init__(
        self,
        data: Data,
        chapters: Chapters,
        new: Assembly,
        formats: Sequence[str],
        renderer: str,
    ) -> None:
        self._data, self._params = data, data.params
        self._chapters, self._new = chapters, new
        self.formats = tuple(formats)
        self.executable, self.renderer = _chosen(renderer, data.steps.later)

    @property
    def names(self) -> list[str]:
        """Of all stages here."""
        formats = [format_stage(name) for name in self.formats]
        return [BOOK, *formats, *(product.name for product in PRODUCTS)]

    def steps(self) -> list[Step]:
        """The steps, in order."""
        return [self._book(), self._formats(), *map(self._product, PRODUCTS)]

    def stage(
        self, name: str, inputs: Callable[[], Inputs], sound: Callable[[], bool] | None = None
    ) -> Stage:
        """A stage whose outputs lie in the report."""
        return Stage(name, lambda results: inputs(), self._params.report_folder, sound)

    def _book(self) -> Step:
        return Step("Buch zusammenstellen", [self.stage(BOOK, self._of_book)], self._stage_book)

    def _stage_book(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm.book.staging import stage

        book = self._new.folder / "book"
        stage(self._chapters.executed, self._params, self._chapters.quarto_yml, book)
        _, chapters = self.read
        made = [f"book/{name}" for name in files(book)]
        return {BOOK: Done(self._new.folder, made, book_digests(book, chapters))}

    @cached_property
    def read(self) -> tuple[Project, Sequence[Chapter]]:
        """The staged book as read."""
        from spm import book

        return book.read(self._new.folder / "book")

    def _of_book(self) -> Inputs:
        logo = logo_file(self._params)
        shown = self._data.digests.files([self._chapters.quarto_yml, *([logo] if logo else [])])
        order = {"Liste der Kapitel": " ".join(path.name for path in self._chapters.notebooks)}
        return self._data.base() | {
            Reason.EARLIER: self._chapters.said(),
            Reason.INPUT: shown | order,
        }

    def _formats(self) -> Step:
        stages = [self.stage(format_stage(name), self._of_format) for name in self.formats]
        names = ", ".join(name.upper() for name in self.formats)
        return Step(f"Bericht setzen ({names})", stages, self._render)

    def _render(self, todo: Sequence[Stage]) -> dict[str, Done]:
        from spm import book

        named = {stage.name for stage in todo}
        wanted = [name for name in self.formats if format_stage(name) in named]
        project, chapters = self.read
        folder, slug = self._new.folder, self._params.slug
        used = book.write(folder / "book", folder, wanted, self.executable, slug, project, chapters)
        done = {}
        for name in wanted:
            place = FORMATS[name].place(folder, slug)
            inside = place.relative_to(folder).as_posix()
            made = [f"{inside}/{n}" for n in files(place)] if place.is_dir() else [inside]
            made = [name for name in made if name != index_file()]
            done[format_stage(name)] = Done(folder, made, {RENDERER: used})
        return done

    def _of_format(self) -> Inputs:
        return self._data.base() | {
            Reason.EARLIER: {BOOK: text_digest(as_one(self._data.ledger.outputs(BOOK)))},
            Reason.INPUT: {"Renderer": self.renderer},
        }

    # ----------------------------------------------------------------------------- products

    def _product(self, product: Product) -> Step:
        stage = self.stage(product.name, lambda: self._of_product(product))
        return Step(f"{product.name} schreiben", [stage], lambda todo: self._write(product))

    def _write(self, product: Product) -> dict[str, Done]:
        from spm.book import searchindex
        from spm.products.context import Context

        project, chapters = self.read
        folder, formats = self._new.folder, frozenset(self.formats)
        context = Context(self._report, project, chapters, folder, formats)
        kept = self._pictures() if product is PICTURES else []
        made = self._new.written(lambda: product.write(context))
        pages = json.dumps(searchindex.entries(context.pages), ensure_ascii=False)
        results = {PAGES: pages, DRAWN: json.dumps(self._drawn() if product is PICTURES else {})}
        return {product.name: Done(folder, [*kept, *made], results)}

    def _drawn(self) -> dict[str, str]:
        """Digests of the figures, by the picture that is made of each."""
        from spm.book.pictures import drawings

        figures = drawings(self._new.folder / "html")
        return {f"html/figures/{path.stem}.png": sha256(path) for path in figures}

    def _pictures(self) -> list[str]:
        """Take over the pictures of figures that are what they were; their names."""
        results, made = self._data.ledger.last(PICTURES.name)
        then = {} if self._data.force else json.loads(results.get(DRAWN, "{}"))
        old, new = self._params.report_folder, self._new.folder
        same = [
            name
            for name, digest in self._drawn().items()
            if digest == then.get(name) and name in made and not (new / name).exists()
            if (old / name).is_file() and sha256(old / name) == made[name]
        ]
        self._new.take(same)
        return same

    @cached_property
    def _report(self) -> Report:
        from spm.report import Report

        self._data.handed_out()
        return Report(self._params.path)

    def _of_product(self, product: Product) -> Inputs:
        parts = self._data.ledger.results(BOOK)
        earlier = {f"{BOOK} ({part})": parts.get(part, UNKNOWN) for part in product.parts}
        given = {"Formate": " ".join(sorted(self.formats)), "Renderer": self.renderer}
        given |= self._data.digests.files([self._chapters.quarto_yml])
        logo = logo_file(self._params)
        given |= self._data.digests.files([logo] if logo else [])
        if product.data:
            earlier |= self._chapters.rows([asked.EVERYTHING, asked.CERTIFICATE])
            given |= self._chapters.shown()
        return self._data.base() | {Reason.EARLIER: earlier, Reason.INPUT: given}


def format_stage(name: str) -> str:
    """Name of the stage that writes a format."""
    return f"Ausgabe {name.upper()}"


def index_file() -> str:
    """Where the index of the search lies in the report."""
    from spm.book.searchindex import INDEX

    return f"html/assets/{INDEX}"


def _chosen(renderer: str, note: Callable[[str], None]) -> tuple[str | None, str]:
    """Quarto, if it renders; and what tells one renderer from another."""
    from spm.book import quarto

    executable, why = quarto.choose(renderer)
    if why:
        note(why)
    if executable is None:
        return None, "eingebaut"
    return executable, f"{executable} {quarto.version(executable)}"
