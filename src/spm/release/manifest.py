"""The manifests: which inputs, which program and which versions made which outputs.

The published one lies beside the report. Deliveries and params file are in it only under a keyed
digest; what they are lies in the confidential one.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from spm.config.logo import logo_file
from spm.config.params import Params
from spm.owntexts.glossary import shared_files
from spm.owntexts.texts import text_files
from spm.release.digest import sha256
from spm.release.keyed import Keyed
from spm.release.ownparts import own_digests, raw_digest
from spm.release.rules import told_rules
from spm.system import files

MANIFEST = "manifest.json"
FULL = "manifest-vertraulich.json"
"""In ``data/processed/<slug>/``."""


def write_manifest(
    folder: Path, params: Params, shared: Mapping[str, Path], renderer: str
) -> tuple[Path, Path]:
    """Write the published manifest beside the report, and the full one, which is confidential.

    Parameters
    ----------
    folder : the finished report; every file in it is an output.
    shared : inputs that are the same for every municipality, by the name that the manifest gives
        them; see `shared_sources`.
    renderer : name and version of what rendered the book.

    Returns
    -------
    published, full
        Published: outputs and shared inputs with SHA-256, versions, the rules of the report in
        words, and under ``vertraulich`` keyed digests of every delivery and of the full manifest.
        Full: besides, the whole params file and every input with its SHA-256. It still has its
        provisional name; `keep_full` gives it the final one once the report is in its place.

    Notes
    -----
    No clock: the only date is the one in the params file. Same inputs and same key, same bytes.
    """
    outputs = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    common: dict[str, Any] = {
        "bericht": params.bericht.titel,
        "kommune": params.kommune.name,
        "ags": params.kommune.ags,
        "datum": params.bericht.datum.isoformat(),
        "spm": {"version": metadata.version("spm"), "commit": commit(params.root)},
        "renderer": renderer,
        "abhaengigkeiten": _versions(),
        "ausgaben": _digests(outputs),
    }
    full = _text(
        common
        | {
            "params": params.model_dump(mode="json"),
            "eingaben": _digests(shared) | _own_digests(params),
        }
    )
    published = common | {
        "regeln": told_rules(params.model_dump(mode="json")),
        "eingaben": _digests(shared),
        "vertraulich": _confidential(params, full),
    }
    path, kept = folder / MANIFEST, _half(params)
    path.write_text(_text(published), encoding="utf-8", newline="\n")
    kept.write_text(full, encoding="utf-8", newline="\n")
    return path, kept


def keep_full(params: Params) -> Path:
    """Give the full manifest its name: the report that it belongs to is in its place now."""
    path = params.processed / FULL
    files.replace(_half(params), path)
    return path


def _half(params: Params) -> Path:
    return (params.processed / FULL).with_suffix(".part")


def _confidential(params: Params, full: str) -> dict[str, Any]:
    """Keyed digests: `spm diff` sees which delivery has changed, and nobody what it holds."""
    keyed = Keyed(params.processed)
    deliveries = {}
    for name, delivery in sorted(params.lieferungen.items()):
        tables = sorted({table.datei for table in delivery.tabellen if table.datei})
        content = {file: raw_digest(params, file) for file in tables}
        deliveries[name] = keyed.of(_text({name: content}).encode())
    return {
        "schluessel": keyed.name,
        "lieferungen": deliveries,
        "nachweis": keyed.of(full.encode()),
    }


def shared_sources(params: Params, sources: Iterable[Path]) -> dict[str, Path]:
    """What the report was made from and holds nothing of the municipality: catalogues, glossary,
    notebooks; by a name without a machine path.

    Parameters
    ----------
    sources : files of the project that are not named in the params file.
    """
    catalogues = (params.project_file(name) for name in params.catalogue_files)
    return _by_name(params, [*sources, *catalogues, *shared_files(params)])


def own_sources(params: Params) -> dict[str, Path]:
    """What only this municipality has: params file, texts, logo, everything in the data folder."""
    own = params.project_file(params.file.relative_to(params.root).as_posix())
    raw = {shown: params.raw_file(name) for shown, name in _raw(params).items()}
    return _by_name(params, [own, *_written(params)]) | raw


def _own_digests(params: Params) -> dict[str, str]:
    """Of the same, as far as they are about this municipality alone; see `spm.release.ownparts`."""
    return own_digests(params, _by_name(params, _written(params)), _raw(params))


def _written(params: Params) -> list[Path]:
    return [*text_files(params), *(path for path in [logo_file(params)] if path)]


def _raw(params: Params) -> dict[str, str]:
    """Files of the data folder by their names in the manifest."""
    return {f"datenordner/{name}": name for name in raw_names(params)}


def raw_names(params: Params) -> list[str]:
    """Every file of the data folder that the params file names."""
    tables = [t.datei for d in params.lieferungen.values() for t in d.tabellen if t.datei]
    others: list[str | None] = [*params.geheimhaltung.reports, *params.public_tables]
    others += [name for r in params.raeume.fruehere for name in (r.datei, r.table)]
    return sorted({params.raeume.datei, *tables, *filter(None, others)})


def _by_name(params: Params, paths: Iterable[Path]) -> dict[str, Path]:
    return {params.original(p).relative_to(params.root).as_posix(): p for p in paths}


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _digests(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: sha256(files[name]) for name in sorted(files)}


def _versions() -> dict[str, str]:
    """Versions of what the project itself depends on (not of tools for testing)."""
    return {name: metadata.version(name) for name in sorted(own_requirements())}


def own_requirements() -> list[str]:
    """Names of what the project depends on when it builds, without its extras."""
    required = [r for r in metadata.requires("spm") or [] if "extra ==" not in r]
    return [re.split(r"[\s;<>=!~\[(]", r)[0] for r in required]


def commit(root: Path) -> str | None:
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
