"""What is counted child by child: what is refused because nobody could check it."""

from types import SimpleNamespace

import pytest

from spm.areas.combinations import check_combinations
from spm.areas.pooling import Pool
from spm.config.delivery import Lieferung
from spm.config.synthesis import Synthese
from spm.errors import SpmError
from tests.deliveries.test_several_findings import COUNTED, TWO
from tests.statistics.test_indicators import entry

WHOLE = Pool(rows=("alle",), groups={"alle": ("1", "2")})
KEY = "zwei"


def share(key, top, bottom):
    return entry(key, zaehler={"merkmal": top}, nenner={"merkmal": bottom})


CATALOGUE = {KEY: share(KEY, "zwei_auff", "alle_da")}


def params(*tables, earlier=(), **delivery):
    lists = [{"datei": f"{i}.csv", "zaehlen": counted} for i, counted in enumerate(tables)]
    made = Lieferung.model_validate({"titel": "T", "stelle": "S", "tabellen": lists, **delivery})
    return SimpleNamespace(
        path="params/muster.yml",
        synthese=Synthese(),
        lieferungen={"seu": made},
        raeume=SimpleNamespace(fruehere=[SimpleNamespace(bis=year) for year in earlier]),
        zeitreihe=SimpleNamespace(von=2018),
    )


def refused(given, catalogue=CATALOGUE, pool=WHOLE):
    with pytest.raises(SpmError) as caught:
        check_combinations(given, catalogue, dict.fromkeys(catalogue, pool))
    return str(caught.value)


def test_the_municipality_alone_passes():
    check_combinations(params(COUNTED, COUNTED), CATALOGUE, {KEY: WHOLE})


def test_areas_of_their_own_are_refused():
    told = refused(params(COUNTED), pool=Pool(rows=("1", "2")))
    assert f"zusammenfassen.{KEY}.raeume" in told


def test_the_number_of_all_children_beside_it_is_refused():
    """It would be one more sum of the same children."""
    everybody = COUNTED | {"merkmale": COUNTED["merkmale"] | {"kinder": {}}}
    check_combinations(params(everybody), CATALOGUE, {KEY: WHOLE})
    told = refused(params(everybody), CATALOGUE | {"k": share("k", "sprache_da", "kinder")})
    assert "wie viele es insgesamt sind (kinder)" in told


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (params(COUNTED, earlier=[2019]), "nach früheren Räumen"),
        (params(COUNTED, verfahren={"art": "rundung", "abweichung": 2}), "verändert (verfahren)"),
        (
            params(COUNTED, COUNTED | {"mehrfach": {"zwei_auff": TWO | {"ab": 3}}}),
            "Eine andere Tabelle zählt sie anders",
        ),
    ],
)
def test_what_nobody_could_check_is_refused(given, message):
    assert message in refused(given)


def test_what_the_report_does_not_show_matters_to_nobody():
    other = {"k": share("k", "sprache_auff", "sprache_da")}
    check_combinations(params(COUNTED, earlier=[2019]), other, {"k": Pool(rows=("1", "2"))})
