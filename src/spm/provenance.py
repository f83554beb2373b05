"""The manifest: which inputs, which program and which versions made which outputs."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from spm.designparams import logo_file
from spm.digest import sha256
from spm.glossary import shared_files
from spm.params import Params
from spm.texts import text_files

MANIFEST = "manifest.json"


def write_manifest(folder: Path, params: Params, inputs: Mapping[str, Path], renderer: str) -> Path:
    """Write ``manifest.json`` beside the finished report.

    Parameters
    ----------
    folder : the finished report; every file in it is an output.
    inputs : file by the name that the manifest gives it (no machine path).
    renderer : name and version of what rendered the book.

    Notes
    -----
    No clock: the only date is the one in the params file.
    """
    outputs = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    content: dict[str, Any] = {
        "bericht": params.bericht.titel,
        "kommune": params.kommune.name,
        "ags": params.kommune.ags,
        "datum": params.bericht.datum.isoformat(),
        "spm": {"version": metadata.version("spm"), "commit": _commit(params.wurzel)},
        "renderer": renderer,
        "abhaengigkeiten": _versions(),
        "params": params.model_dump(mode="json"),
        "eingaben": _digests(inputs),
        "ausgaben": _digests(outputs),
    }
    path = folder / MANIFEST
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def sources_of(params: Params, sources: list[Path]) -> dict[str, Path]:
    """Everything the report was made from, by a name without a machine path.

    Parameters
    ----------
    sources : files of the project that are not named in the params file.
    """
    root = params.wurzel
    catalogues = (params.projektdatei(name) for name in params.kennzahlendateien)
    logo = [path for path in [logo_file(params)] if path]
    texts = [*shared_files(params), *text_files(params)]
    project = [params.pfad, *sources, *catalogues, *texts, *logo]
    inputs = {path.relative_to(root).as_posix(): path for path in project}
    tables = [t.datei for d in params.lieferungen.values() for t in d.tabellen if t.datei]
    others = [params.geheimhaltung.frueherer_bericht, params.vergleich and params.vergleich.datei]
    others += [name for r in params.raeume.fruehere for name in (r.datei, r.tabelle)]
    for name in sorted({params.raeume.datei, *tables, *filter(None, others)}):
        inputs[f"datenordner/{name}"] = params.rohdatei(name)
    return inputs


def _digests(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: sha256(files[name]) for name in sorted(files)}


def _versions() -> dict[str, str]:
    """Versions of what the project itself depends on (not of tools for testing)."""
    names = (re.split(r"[\s;<>=!~\[(]", r)[0] for r in _own(metadata.requires("spm") or []))
    return {name: metadata.version(name) for name in sorted(names)}


def _own(requirements: Iterable[str]) -> Iterable[str]:
    return (r for r in requirements if "extra ==" not in r)


def _commit(root: Path) -> str | None:
    """The commit of the checkout, with "+" if files were changed since; None outside git."""
    try:
        head, changed = (
            subprocess.run(
                ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True
            ).stdout.strip()
            for arguments in (["rev-parse", "HEAD"], ["status", "--porcelain", "--", "src"])
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return head + ("+" if changed else "")
