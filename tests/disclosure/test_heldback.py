"""A new kind of rule is a key, its words and a class: nothing else knows kinds."""

import pytest

from spm.config.delivery import Lieferung
from spm.disclosure.model import heldback, model
from spm.published import GESPERRT, OK
from spm.release.agreed import AGREED
from tests.disclosure.test_primary import published


class Fives:
    """Holds back every row whose denominator is a multiple of five: no rule that anybody needs."""

    def __init__(self, counts):
        self._counts = counts

    def why(self, row):
        return "durch fünf teilbar" if self._counts.value(row.bottom) % 5 == 0 else ""

    def printed(self, row, denominator):
        return denominator

    def inferred(self, items):
        return ()


@pytest.mark.parametrize(("whole", "status"), [(100, GESPERRT), (101, OK)])
def test_suppressor_and_auditor_need_not_know_a_kind(monkeypatch, whole, status):
    """`protect` raises if a reader of the audit succeeds, here against the planted kind too."""
    assert published(20, whole).status == OK
    known = heldback.kinds

    def one_more(space, tally, counts, rules):
        return (*known(space, tally, counts, rules), Fives(counts))

    monkeypatch.setattr(model, "kinds", one_more)
    assert published(20, whole).status == status


def test_every_kind_is_a_key_of_deliveries_with_its_words():
    assert len({kind.key for kind in AGREED}) == len(heldback.kinds(None, None, None, None))
    for kind in AGREED:
        assert kind.key in Lieferung.model_fields
