"""What concerns all municipalities of one params file, told once and not in each of them."""

from __future__ import annotations

from pathlib import Path

from spm.errors import SpmError


def notes(file: Path) -> list[str]:
    """Sentences on rows and areas of shared files that belong to none of the municipalities.

    Parameters
    ----------
    file : a params file that stands for several municipalities.
    """
    from spm.config.kommunen import addresses
    from spm.config.params import load_params
    from spm.deliveries.unlisted import unlisted

    every = []
    try:
        for path in addresses(file):
            every.append(load_params(path))
        return [f"{file.name}: {line}" for line in unlisted(every)]
    except SpmError:
        return [
            f"{file.name}: Ob Zeilen zu keiner Kommune gehören, wird erst gezählt, wenn jede "
            "Kommune der Datei lesbar ist."
        ]
