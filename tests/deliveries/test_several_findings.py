"""Several findings of one person are counted while the list is read, and nothing else is kept."""

import pytest
from pydantic import ValidationError

from spm.config.counting import Zaehlen
from tests.deliveries_example import counts, errors, read

CHILDREN = """Raum;Jahr;Sprache;Motorik;Zahlen
1;2020;auff;auff;auff
1;2020;auff;auff;ok
1;2020;auff;auff;
1;2020;ok;ok;auff
2;2020;ok;auff;auff
2;2020;;;
"""

TESTS = ("Sprache", "Motorik", "Zahlen")
MEASURES = {f"{name.lower()}_auff": {name: ["auff"]} for name in TESTS} | {
    f"{name.lower()}_da": {name: ["auff", "ok"]} for name in TESTS
}
TWO = {
    "ab": 2,
    "alle": "alle_da",
    "von": {f"{name.lower()}_auff": f"{name.lower()}_da" for name in TESTS},
}
COUNTED = {"merkmale": MEASURES, "mehrfach": {"zwei_auff": TWO}}


def test_children_with_several_findings_are_those_on_whom_all_tests_were_made(tmp_path):
    (tmp_path / "seu.csv").write_text(CHILDREN, encoding="utf-8")
    table = {
        "datei": "seu.csv",
        "spalten": {"raum": "Raum", "jahr": "Jahr"},
        "zaehlen": COUNTED,
    }
    facts, findings = read(tmp_path, table)
    assert errors(findings) == []
    numbers = counts(facts, "merkmal", "raum")
    assert [numbers["alle_da", raum] for raum in "123"] == [3, 1, 0]
    assert [numbers["zwei_auff", raum] for raum in "123"] == [2, 1, 0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ab": 4}, "ab ist größer als die Zahl der Befunde"),
        ({"ab": 1}, "greater than or equal to 2"),
        ({"alle": "sprache_da"}, "Das Merkmal «sprache_da» gibt es schon"),
        (
            {"von": TWO["von"] | {"sprach_auff": "sprache_da"}},
            "«sprach_auff» steht nicht unter zaehlen.merkmale",
        ),
        ({"von": TWO["von"] | {"zahlen_auff": "motorik_da"}}, "Nicht jede Zeile von «zahlen_auff»"),
    ],
)
def test_what_cannot_be_counted_is_refused(changes, message):
    with pytest.raises(ValidationError) as caught:
        Zaehlen.model_validate(COUNTED | {"mehrfach": {"zwei_auff": TWO | changes}})
    assert message in str(caught.value)


def test_new_measures_are_measures_of_the_list():
    assert Zaehlen.model_validate(COUNTED).measures == [*MEASURES, "zwei_auff", "alle_da"]
