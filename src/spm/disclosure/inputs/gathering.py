"""All that decides what may be published, from what was read and computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas
import pandas as pd

from spm.areas.division import Division, division_of
from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl, load_sums
from spm.config.params import Params
from spm.disclosure.inputs.earlier import last_of, read_reports
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.olddivisions import old_divisions
from spm.disclosure.inputs.rules import Rules


def gather(
    params: Params,
    indicators: pd.DataFrame,
    facts: tuple[pd.DataFrame, pd.DataFrame],
    catalogue: Mapping[str, Kennzahl],
    areas: geopandas.GeoDataFrame,
    pools: Mapping[str, Pool],
    earlier: Sequence[Division],
) -> Inputs:
    """Put together what disclosure control needs.

    Parameters
    ----------
    indicators : with the true numbers.
    facts : by today's areas, and as they were delivered.
    areas : today's, as `spm.areas.today.load_areas` reads them.
    earlier : divisions of the municipality before today's.

    Raises
    ------
    SpmError
        An earlier report that the params file names is not readable, or not what it says.
    """
    today, delivered = facts
    old = [key for division in earlier for key in division.areas["raum"]]
    reports = read_reports(params, indicators, list(areas["raum"]), old)
    return Inputs(
        indicators=indicators,
        facts=today,
        catalogue=catalogue,
        sums=load_sums(params),
        rules=Rules(today, params.lieferungen, params.einrichtungen),
        areas=list(areas["raum"]),
        years=params.zeitreihe.years,
        pools=pools,
        reporting_year=params.bericht.berichtsjahr,
        factor=params.geheimhaltung.schutzfaktor,
        earlier=last_of(params, reports, indicators),
        reports=reports,
        divisions=old_divisions(delivered, earlier, params.zeitreihe.von),
        division=division_of(areas),
        family=params.geheimhaltung.beteiligte,
        lists=[
            table.zaehlen
            for delivery in params.lieferungen.values()
            for table in delivery.tabellen
            if table.zaehlen and table.zaehlen.mehrfach
        ],
        redrawn=frozenset(y for y in params.zeitreihe.years if earlier and y <= earlier[-1].bis),
    )
