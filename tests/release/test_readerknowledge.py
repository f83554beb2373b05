"""What readers know, in words: as the auditor has it, and only where it is so."""

import re
from dataclasses import replace
from pkgutil import resolve_name
from types import SimpleNamespace

import pytest

from spm.config.delivery import Dominanz, Verfahren
from spm.presentation.pages import protection
from spm.release import certificate
from spm.release.readerknowledge import CASES, EVERYBODY, NOT_STOPPED, READERS, RULES, applying
from tests import certificate_example
from tests.conftest import ROOT
from tests.release.test_certificate import delivery, page


@pytest.mark.parametrize("entry", [*EVERYBODY, *RULES], ids=lambda entry: entry.where)
def test_the_auditor_is_given_what_the_page_says(entry):
    assert resolve_name(f"spm.disclosure.{entry.where}").__doc__


def test_readers_are_those_of_the_certificate():
    assert tuple(reader.name for reader in READERS) == certificate.READERS
    method = (ROOT / "docs/explanation/geheimhaltung.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", method, re.M) == list(certificate.READERS)


def test_every_case_says_something():
    assert {entry.case for entry in (*EVERYBODY, *RULES)} - {""} == set(CASES)


FACTS = {
    "absender": {"delivery": {"mindestfallzahl_absender": 3}},
    "beitragende": {"delivery": {"beitragende": {"sgb2_personen": "sgb2_bg"}}},
    "berichte": {"params": {"berichte": ["2024.parquet"]}},
    "dominanz": {"delivery": {"dominanz": Dominanz(n=1, k=70)}},
    "einrichtungen": {"params": {"einrichtungen": object()}},
    "gesamtzahl": {"delivery": {"gesamtzahl": {"umzuege": "weniger"}}},
    "mindestnenner": {"delivery": {"mindestnenner": 30}},
    "raeume": {"params": {"berichte": ["2024.parquet"], "fruehere": [object()]}},
    "rundung": {"delivery": {"rundung": 5}},
    "verfahren": {"delivery": {"verfahren": Verfahren(art="cell_key", abweichung=2)}},
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_case_is_told_where_it_is_so_and_only_there(case):
    facts = FACTS[case]
    entry = delivery(**facts.get("delivery", {}))
    params = facts.get("params", {})
    there = SimpleNamespace(
        geheimhaltung=SimpleNamespace(reports=params.get("berichte", [])),
        einrichtungen=params.get("einrichtungen"),
        raeume=SimpleNamespace(fruehere=params.get("fruehere", [])),
    )
    numbers = SimpleNamespace(zahlen=SimpleNamespace(vom_absender_gesperrt=0))
    found = protection._cases(there, [entry], numbers)
    assert case in found and found <= {case, "berichte"}
    everybody, rules = (applying(entries, found) for entries in (EVERYBODY, RULES))
    about = [e for e in (*EVERYBODY, *RULES) if e.case == case]
    assert all(e.text in everybody + rules for e in about)
    zahlen = replace(certificate_example.CERTIFICATE.zahlen, vom_absender_gesperrt=0)
    text = page(zahlen=zahlen).markdown
    assert not any(e.text in text for e in about)


def test_what_is_not_stopped_is_said():
    text = page().markdown
    assert all(limit in text for limit in NOT_STOPPED)
