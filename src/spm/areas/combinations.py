"""What is counted child by child is published for the municipality alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spm.errors import SpmError

if TYPE_CHECKING:
    from spm.areas.pooling import Pool
    from spm.config.params import Params


def check_combinations(params: Params, pools: Mapping[str, Pool]) -> None:
    """Refuse to publish what is counted child by child for single areas.

    Raises
    ------
    SpmError
        An indicator of ``synthese.kombinationen`` would have rows of areas.
    """
    for i, pair in enumerate(params.synthese.kombinationen):
        for key in pair:
            if len(pools[key].rows) != 1:
                raise SpmError(
                    f"Die Kennzahl «{key}» verbindet Angaben je Kind und würde nach Räumen "
                    "veröffentlicht.",
                    wo=f"{params.path}, synthese.kombinationen.{i}",
                    tun=f"Bitte unter zusammenfassen.{key}.raeume eine Gruppe aller Räume nennen.",
                )
