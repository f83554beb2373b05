"""A few of the bad inputs and of the kills; `benchmarks/reliability.py` tries hundreds."""

import os

import pytest

from tests.campaign import kills, notebooks, verdicts
from tests.campaign.damage import KINDS

PARTS = list(dict.fromkeys(kind.part for kind in KINDS))
SOUND = {"ende": 0, "text": "", "speicher": 0, "gesagt": [], "zahlen": "a"}


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        ({}, verdicts.SAME),
        ({"zahlen": "b"}, verdicts.SILENT),
        ({"zahlen": "b", "gesagt": ["Hinweis"]}, verdicts.TOLD),
        ({"ende": 1, "text": "Fehler: …\n  Was tun: …"}, verdicts.REFUSED),
        ({"ende": 1, "text": "Fehler: …"}, verdicts.TRACEBACK),
        ({"ende": 1, "text": "Traceback\nWas tun: "}, verdicts.TRACEBACK),
        ({"ende": -11}, verdicts.TRACEBACK),
        ({"ende": verdicts.HANG}, verdicts.HANG),
        ({"speicher": 2 << 30}, verdicts.MEMORY),
    ],
)
def test_the_verdict(outcome, verdict):
    assert verdicts._verdict(SOUND | outcome, SOUND) == verdict


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are forked")
def test_bad_inputs_are_refused_or_told():
    """One of each part of a project, another kind of damage every time the list grows."""
    few = [next(k for k in reversed(KINDS) if k.part == part) for part in PARTS]
    found = list(verdicts.campaign(len(few), seed=1, kinds=few))
    assert len(found) == len(PARTS)
    assert not [r for r in found if r.verdict in verdicts.BAD]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_build_that_is_killed():
    [found] = kills.kills(1, seed=3)
    assert found.verdict in kills.GOOD


@pytest.mark.slow
def test_damaged_notebooks_leave_the_report_as_it_is():
    kinds = [k for k in notebooks.KINDS if k.name in ("seltsame Zelle", "Text mit HTML")]
    found = list(notebooks.campaign(len(kinds), seed=1, kinds=kinds))
    assert [result.verdict for result in found] == [notebooks.REFUSED] * len(kinds)
