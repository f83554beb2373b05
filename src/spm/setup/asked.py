"""What a call of `spm neu` names: the municipality, and its official key. Told at once if wrong."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from spm.config.municipality import AGS_DIGITS, KREIS_DIGITS, Kommune
from spm.config.params import LABEL
from spm.config.slugs import LONGEST, check_slug
from spm.errors import SpmError
from spm.setup.words import folded
from spm.system.names import is_reserved


def params_path(name: str, folder: Path) -> Path:
    """The params file of a municipality.

    Raises
    ------
    SpmError
        No file can be called so, on this or another system.
    """
    slug = re.sub(r"[^a-z0-9_-]+", "-", folded(name.replace("_", "-"))).strip("-")
    path = folder / f"{slug}.yml"
    try:
        check_slug(path, LABEL)
    except SpmError as error:
        if is_reserved(slug):
            advice = f"etwas davorsetzen, zum Beispiel «Stadt {name.strip()}»"
        elif len(slug) > LONGEST:
            advice = "eine kürzere Form des Namens nehmen"
        else:
            advice = "den Namen der Kommune nennen, zum Beispiel «Musterstadt»"
        raise SpmError(
            error.was,
            wo=f"spm neu, NAME «{name}»",
            tun=f"Bitte {advice}. Wie sie im Bericht heißt, sagt danach kommune.name.",
        ) from None
    return path


def official_key(ags: str | None) -> str | None:
    """The key as it was given.

    Raises
    ------
    SpmError
        It is none, by the same rule as in the params file.
    """
    if ags is None:
        return None
    try:
        return Kommune(name="?", ags=ags).ags
    except ValidationError as error:
        why = str(error.errors()[0].get("ctx", {}).get("error", error.errors()[0]["msg"]))
        raise SpmError(
            why,
            wo=f"spm neu, --ags {ags}",
            tun=f"Den amtlichen Schlüssel nennen: {AGS_DIGITS} Ziffern für eine Gemeinde oder "
            f"kreisfreie Stadt, {KREIS_DIGITS} für einen Kreis; oder --ags weglassen und ihn in "
            "die Params-Datei eintragen.",
        ) from None
