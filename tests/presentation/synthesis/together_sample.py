"""Made-up indicators of many areas that go together, or do not."""

import numpy as np
import pandas as pd

from spm.presentation.rows import build_view
from spm.published import GESPERRT
from tests.presentation_sample import Place, areas, kennzahl

YEAR = 2023
POVERTY, SCHOOL, SPEECH = "sgb2_quote_u18", "uebergang_gymnasium", "seu_sprache"
TITLES = {
    POVERTY: ("SGB-II-Quote unter 18", "der Anteil der unter 18-Jährigen im SGB II"),
    SCHOOL: ("Übergang Gymnasium", "der Anteil der Übergänge zum Gymnasium"),
    SPEECH: ("Sprache auffällig", "der Anteil der Kinder mit sprachlichen Auffälligkeiten"),
}


def shown(key, shares, people=400, hidden=(), groups=None):
    """The view of a share; ``hidden`` are numbers of areas (from 1) that are suppressed."""
    shares = np.asarray(shares, float)
    people = np.broadcast_to(people, shares.shape)
    cases = np.rint(shares * people)
    half = 196 * np.sqrt(shares * (1 - shares) / people)
    wert = 100 * cases / people
    rows = pd.DataFrame(
        {
            "kennzahl": key,
            "jahr": YEAR,
            "raum": [str(i + 1) for i in range(len(shares))],
            "gruppe": None,
            "zaehler": cases,
            "nenner": people.astype(float),
            "wert": wert,
            "ki_unten": np.maximum(wert - half, 0),
            "ki_oben": np.minimum(wert + half, 100),
            "klasse": None,
            "status": "ok",
        }
    )
    match = rows["raum"].isin([str(i) for i in hidden])
    numbers = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
    rows.loc[match, numbers] = np.nan
    rows.loc[match, "status"] = GESPERRT
    short, satz = TITLES[key]
    entry = kennzahl(key, kurztitel=short, satz=satz, titel=short, nachkommastellen=1)
    named = areas(len(shares))[["raum", "name"]].itertuples(index=False, name=None)
    return build_view(entry, rows, named, Place("Musterstadt"), YEAR, [YEAR], groups=groups)


def poverty(n, **more):
    """Shares that rise from area to area."""
    return shown(POVERTY, np.linspace(0.05, 0.3, n), **more)
