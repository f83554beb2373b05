"""The gate: nothing shows published data without their certificate; there is no way around it.

Everybody can edit a certificate, so what it says is checked down to every key and number.
"""

from __future__ import annotations

import json
import re
import typing
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.config.kommunen import named
from spm.errors import SpmError
from spm.release.certificate import (
    CERTIFICATE,
    DATASET,
    DEVELOPMENT,
    FAILED,
    PASSED,
    READERS,
    Certificate,
    Regeln,
)
from spm.release.digest import sha256

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DIGEST = r"[0-9a-f]{64}"


def require_certificate(folder: Path, rules: Regeln) -> Certificate:
    """The certificate of the published data in a folder: the gate before every use of them.

    Parameters
    ----------
    folder : ``data/processed/<slug>/``.
    rules : those of the params file as it is now.

    Raises
    ------
    SpmError
        No data, no certificate or an invalid one, an audit that failed, data that are not those
        that were audited, or other rules.
    """
    data = folder / DATASET
    if not data.is_file():
        raise _refused("Die aufbereiteten Daten fehlen noch.", data)
    certificate = read_certificate(folder)
    if not certificate.bestanden:
        failed = [name for name in READERS if certificate.pruefung.leser[name] != PASSED]
        against = f" (Leser: {', '.join(failed)})" if failed else ""
        was = f"Die Daten haben die Prüfung der Geheimhaltung nicht bestanden{against}."
        raise _refused(was, folder / CERTIFICATE)
    for part in (certificate.datensatz, certificate.entwicklung):
        path = folder / part.datei
        if not path.is_file() or sha256(path) != part.sha256:
            raise _refused(
                "Die aufbereiteten Daten sind nicht die, deren Geheimhaltung geprüft wurde: Sie "
                "wurden danach geändert oder ausgetauscht.",
                path,
            )
    names = [field.name for field in fields(Regeln)]
    changed = [n for n in names if getattr(certificate.regeln, n) != getattr(rules, n)]
    if changed:
        where = ", ".join(name.replace("_", ".") for name in changed)
        raise _refused(
            "Die Params-Datei oder das Kennzahlenset wurde geändert, seit «spm prepare» die Daten "
            "nach ihren Regeln aufbereitet hat.",
            folder / CERTIFICATE,
            f"{_params_file(folder)}: {where}",
        )
    return certificate


def read_certificate(folder: Path) -> Certificate:
    """Read ``geheimhaltung.json`` of a folder.

    Raises
    ------
    SpmError
        It is missing, no JSON, or says something that no audit writes: a key too few or too many,
        another kind of value, numbers or verdicts that contradict one another.
    """
    path = folder / CERTIFICATE
    try:
        content = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except FileNotFoundError:
        raise _refused("Die Bescheinigung der Geheimhaltung fehlt.", path) from None
    except (ValueError, RecursionError):
        was = "Die Bescheinigung der Geheimhaltung ist nicht lesbar."
        raise _refused(was, path) from None
    try:
        certificate = _parsed(Certificate, content, "")
        _check_consistency(certificate)
    except _Invalid as e:
        was = f"Die Bescheinigung der Geheimhaltung ist nicht gültig: {e}"
        raise _refused(was, path) from None
    return certificate


def _params_file(folder: Path) -> str:
    """How commands name the params file of ``data/processed/<slug>/``."""
    root = folder.resolve().parent.parent.parent
    return named(root, folder.name)


def _refused(was: str, path: Path, wo: str = "") -> SpmError:
    return SpmError(
        was,
        wo=wo or str(path),
        tun=f"Bitte «spm prepare {_params_file(path.parent)}» ausführen: Es bereitet die Daten "
        "auf und prüft sie. Ohne bestandene Prüfung zeigt SPM keine Zahlen.",
    )


_Parsed = typing.TypeVar("_Parsed", bound="DataclassInstance")


class _Invalid(Exception):
    """A German sentence about the content."""


def _no_number(constant: str) -> typing.NoReturn:
    raise ValueError(constant)


def _parsed(model: type[_Parsed], content: object, where: str) -> _Parsed:
    """An instance of a dataclass from its JSON object, every key and type checked."""
    if not isinstance(content, dict):
        raise _Invalid(f"«{where.rstrip('.') or CERTIFICATE}» hat keine Angaben.")
    types = typing.get_type_hints(model)
    names = [field.name for field in fields(model)]
    missing = [name for name in names if name not in content]
    unknown = sorted(set(content) - set(names))
    if missing:
        raise _Invalid(f"«{where}{missing[0]}» fehlt.")
    if unknown:
        raise _Invalid(f"«{where}{unknown[0]}» gehört nicht hinein.")
    return model(**{name: _value(types[name], content[name], where + name) for name in names})


def _value(kind: Any, value: object, where: str) -> Any:
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__"):
        return _parsed(kind, value, f"{where}.")
    if kind is bool or kind is str:
        fits = type(value) is kind
    elif kind is int:
        fits = isinstance(value, int) and type(value) is not bool and value >= 0
    elif kind is float:
        fits = isinstance(value, (int, float)) and type(value) in (int, float) and value >= 0
    else:
        fits = isinstance(value, dict) and all(v in (PASSED, FAILED) for v in value.values())
    if not fits:
        raise _Invalid(f"«{where}» hat einen unmöglichen Wert.")
    return value


def _check_consistency(certificate: Certificate) -> None:
    """What an audit cannot have written: somebody or something changed the file."""
    numbers, audit = certificate.zahlen, certificate.pruefung
    for key, name in (("datensatz", DATASET), ("entwicklung", DEVELOPMENT)):
        part = getattr(certificate, key)
        if part.datei != name:
            raise _Invalid(f"«{key}.datei» ist nicht {name}.")
        if not re.fullmatch(DIGEST, part.sha256):
            raise _Invalid(f"«{key}.sha256» ist keine Prüfsumme.")
    if sorted(audit.leser) != sorted(READERS):
        raise _Invalid("«pruefung.leser» nennt nicht die fünf Leser.")
    for field in fields(Regeln):
        if not re.fullmatch(DIGEST, getattr(certificate.regeln, field.name)):
            raise _Invalid(f"«regeln.{field.name}» ist keine Prüfsumme.")
    if numbers.veroeffentlicht + numbers.gesperrt != numbers.insgesamt:
        raise _Invalid("«zahlen» gehen nicht auf.")
    if audit.schutzfaktor < 1:
        raise _Invalid("«pruefung.schutzfaktor» ist unmöglich.")
    all_passed = all(verdict == PASSED for verdict in audit.leser.values())
    if certificate.bestanden and not all_passed:
        raise _Invalid("Sie nennt die Prüfung bestanden, aber nicht gegen jeden Leser.")
