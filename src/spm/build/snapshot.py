"""One state of all inputs for one run: a copy, made before anything is read.

Whatever happens to the files meanwhile, chapters, products and manifest tell of the same state. To
look at the files once more at the end would not do: a file that was changed and changed back had
another content when some chapter read it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from spm.build.digests import MISSING, Digests, companions, content_digest
from spm.config.held import VARIABLE, Held
from spm.config.params import Params, load_params
from spm.config.projectpaths import MARKER
from spm.errors import SpmError
from spm.foreign import door
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT
from spm.release.manifest import raw_names
from spm.system.files import remove_folder, try_to_remove_folder, unreadable

FOLDER = "stand"
"""In ``data/processed/<slug>/``; it is there only while a run lasts."""


class Snapshot:
    """The inputs of one run, from the moment that something has to be done until its end.

    Use it in a ``with`` statement. In messages of errors that leave it, files are where a user has
    them, not where they were copied to.
    """

    def __init__(self, params: Params, digests: Digests) -> None:
        self._params, self._digests = params, digests
        self._place = params.processed / FOLDER
        self._handed = False

    def __enter__(self) -> Snapshot:
        if self._place.exists():  # left by a run that was cut off
            remove_folder(self._place)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        held = self._params.held
        if held is not None and isinstance(error, SpmError):
            _rename(error, self._names(held))
        self.release()

    def hold(self) -> None:
        """Copy all inputs, unless that is done.

        Raises
        ------
        SpmError
            A file is not what it was when this run looked at it first.
        """
        if self._params.held is not None:
            return
        files = dict(self._files())
        before = {path: self._digests.file(path) for path in files.values()}
        self._place.mkdir(parents=True)
        held = Held(Path(os.path.realpath(self._place)), self._params.slug)
        origins = {}
        for folder in (held.project, held.published):
            folder.mkdir(parents=True)
        if (self._params.root / self._params.datenordner).is_dir():  # else its lack is told
            held.raw.mkdir(parents=True)
        for name, path in files.items():
            copy = Path(os.path.normpath(held.folder / name))
            if before[path] == MISSING:  # whoever needs it says so
                continue
            self._copy(path, copy, before[path])
            origins[copy] = path
        self._hold(Held(held.folder, held.slug, origins))

    def hand_out(self, made: Mapping[str, str]) -> Path:
        """Give chapters and products the published data as disclosure control has left them.

        Parameters
        ----------
        made : digests by name.

        Returns
        -------
        Path
            The folder of the copies.
        """
        held = self._params.held
        assert held is not None  # some stage has begun
        if not self._handed:
            for name in (DATASET, DEVELOPMENT, CERTIFICATE):
                self._copy(self._params.processed / name, held.published / name, made[name])
            self._handed = True
        return held.published

    def release(self) -> None:
        """Remove the copy: from now on the files themselves count."""
        os.environ.pop(VARIABLE, None)
        self._params.hold(None)
        try_to_remove_folder(self._place)

    def _hold(self, held: Held) -> None:
        """Work on the copy. Its params file says the same as the one that was read before, or it
        was changed in between."""
        said = self._params.model_dump(mode="json")
        self._params.hold(held)
        held.announce(self._params.path)
        if load_params(self._params.path).model_dump(mode="json") != said:
            raise _changed(self._params.path)

    def _files(self) -> Iterator[tuple[str, Path]]:
        """All inputs, by their place in the copy."""
        from spm.config.logo import logo_file
        from spm.owntexts.texts import text_files

        params = self._params
        names = {MARKER, "params/glossar.yml", *params.catalogue_files}
        names.add(params.file.relative_to(params.root).as_posix())
        for pattern in ("notebooks/*.ipynb", "params/kennzahlen*.yml"):
            names |= {
                path.relative_to(params.root).as_posix() for path in params.root.glob(pattern)
            }
        if logo_file(params):
            names.add(str(params.gestaltung.logo))
        for name in sorted(names):
            yield f"projekt/{name}", params.project_file(name)
        for path in text_files(params):
            yield f"projekt/{params.texte}/{path.name}", path
        for name in raw_names(params):
            first, *others = companions(params.raw_file(name))
            yield f"rohdaten/{name}", first
            for path in others:
                beside = (Path(name).parent / path.name).as_posix()
                yield f"rohdaten/{beside}", params.raw_file(beside)  # a link may lead elsewhere

    def _copy(self, path: Path, copy: Path, digest: str) -> None:
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            if path.is_dir():  # no reader takes one; whoever looks for a file there says so
                copy.mkdir(exist_ok=True)
                return
            with door.opened(path) as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target)
        except FileNotFoundError:
            raise _changed(path) from None
        except PermissionError as error:
            raise unreadable(path) from error
        if content_digest(copy) != digest:
            raise _changed(path)

    def _names(self, held: Held) -> dict[str, str]:
        """What stands in place of the copy's paths."""
        params = self._params
        found = {str(copy): str(path) for copy, path in held.origins.items()}
        found[str(held.raw)] = str(params.root / params.datenordner)
        found[str(held.project)] = str(params.root)
        found[str(held.published)] = str(params.processed)
        return found


def _rename(error: SpmError, names: Mapping[str, str]) -> None:
    for attribute in ("was", "wo", "tun"):
        text = getattr(error, attribute)
        for copy, path in names.items():
            text = text.replace(copy, path)
        setattr(error, attribute, text)


def _changed(path: Path) -> SpmError:
    return SpmError(
        "Eine Datei wurde während des Laufs geändert.",
        wo=str(path),
        tun="Bitte den Aufruf wiederholen, wenn niemand mehr daran schreibt. Der letzte fertige "
        "Bericht ist unverändert.",
    )
