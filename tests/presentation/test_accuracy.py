"""Counts that are rounded, or were changed by their sender: the report says so beside them."""

from dataclasses import replace

import pytest

from spm.config.delivery import Lieferung
from spm.presentation.blocks import plain
from spm.presentation.exactness import Exactness, accuracy, is_named
from spm.presentation.pages import rules
from spm.presentation.pages.definitions import definitions
from spm.presentation.pages.deviating import other_day
from spm.presentation.tables import crosstable, datatables
from spm.presentation.tables.details import details
from spm.presentation.tables.profile import profile_markdown
from spm.presentation.wording.accuracy import accuracy_note
from tests.presentation_sample import kennzahl, sicht
from tests.products.test_kurzfassung import kurz, markdown
from tests.sheets_example import entries, profiles, views
from tests.statistics.test_indicators import entry

ROUNDED = "auf Vielfache von 5 gerundet"


def delivery(measure, **rules):
    table = {"datei": "x.csv", "konstanten": {"merkmal": measure} if measure else {}}
    return Lieferung.model_validate({"titel": "T", "stelle": "S", "tabellen": [table]} | rules)


CELL_KEY = {"verfahren": {"art": "cell_key", "abweichung": 2, "keine_weitere_sperrung": "ja"}}


@pytest.mark.parametrize(
    ("deliveries", "found"),
    [
        ([delivery("teil"), delivery("bevoelkerung")], Exactness()),
        ([delivery("teil", rundung=5), delivery("bevoelkerung")], Exactness(5, 0, True)),
        ([delivery("teil", **CELL_KEY), delivery("", **CELL_KEY)], Exactness(1, 2, False)),
    ],
)
def test_how_exact_the_counts_of_an_indicator_are(deliveries, found):
    assert accuracy(entry("k"), deliveries) == found


@pytest.mark.parametrize(
    ("exact", "sentence"),
    [
        (Exactness(), ""),
        (Exactness(5), f"Die Anzahlen, aus denen die Werte berechnet sind, sind {ROUNDED}."),
        (
            Exactness(5, 0, True),
            f"Die Anzahlen, aus denen die Werte berechnet sind, sind zum Teil {ROUNDED}.",
        ),
        (
            Exactness(1, 2),
            "Die Anzahlen, aus denen die Werte berechnet sind, sind von der liefernden Stelle zum "
            "Schutz der Gezählten leicht verändert.",
        ),
    ],
)
def test_the_sentence(exact, sentence):
    assert accuracy_note(replace(sicht(3), exactness=exact)) == sentence


def test_every_table_of_rounded_counts_says_so():
    exact = sicht(3, kennzahl(quelle="", rechtsgrundlage=""))
    rounded = replace(exact, exactness=Exactness(5))
    for table in (details, lambda s: crosstable.overview([s], "sgb2"), datatables.data_table):
        assert ROUNDED in table(rounded).markdown
        assert "gerundet" not in table(exact).markdown
    both = crosstable.overview([rounded, exact], "sgb2").markdown
    assert f"Anzahlen zum Teil {ROUNDED}." in both
    assert ROUNDED in definitions({"sgb2": [rounded]}).markdown


@pytest.mark.slow
def test_profiles_and_the_kurzfassung_say_so():
    exact = views(entries())
    rounded = [replace(v, exactness=Exactness(5)) for v in exact]
    for found, said in ((exact, False), (rounded, True)):
        profile = profile_markdown(profiles(found)[0])
        summary = markdown(kurz(found), "kernzahlen")
        assert (f"Anzahlen {ROUNDED}." in profile, f"Anzahlen {ROUNDED};" in summary) == (
            said,
            said,
        )


@pytest.mark.parametrize(
    ("measure", "tables", "named"),
    [
        ("sgb2", [{"merkmal": "sgb2"}], True),
        ("sgb2", [{"merkmal": "bevoelkerung"}], False),  # its denominator alone
        ("sgb2", [{"merkmal": "bevoelkerung"}, {}], True),  # files that name measures themselves
    ],
)
def test_whether_a_delivery_has_what_an_indicator_counts(measure, tables, named):
    mapped = [Lieferung.model_validate({
        "titel": "T", "stelle": "S", "tabellen": [{"datei": "x.csv", "konstanten": constants}],
    }) for constants in tables]  # fmt: skip
    asked = entry("k", zaehler={"merkmal": measure}, nenner={"merkmal": "bevoelkerung"})
    assert is_named(asked, mapped) is named


def test_the_report_says_which_totals_are_no_sum_of_areas():
    plain = delivery("schueler")
    some = delivery("umzuege", gesamtzahl={"umzuege": "weniger", "geburten": "mehr"})
    (more, less) = rules.further([plain, some])
    assert "können mehr sein als alle Gebiete zusammen" in more
    assert "nie mehr als alle Gebiete zusammen" in less and "nicht mit dem Rest" in less
    assert all("bei der Lieferung" in sentence for sentence in (more, less))
    (other,) = rules.further([delivery("umzuege", gesamtzahl={"umzuege": "anders"})])
    assert "nicht deren Summe" in other and "bei der Lieferung" not in other
    assert rules.further([plain]) == []


def test_a_delivery_of_another_day_than_the_definition_says_is_named_beside_it():
    def told(given, definition="Fälle je 100 Personen der Bevölkerung am 31. Dezember."):
        return plain(other_day(entry("k", definition=definition), [given]))

    census = delivery("bevoelkerung", stichtag="15.05.", titel="Zensus", stelle="Statistikamt")
    assert told(census) == "In diesem Bericht zum 15. Mai: „Zensus“ (Statistikamt)."
    assert told(delivery("teil", stichtag="Mai")) == "In diesem Bericht im Mai: „T“ (S)."
    for same in ("31.12.", "Dezember", "Jahressumme", None):
        assert told(delivery("bevoelkerung", stichtag=same)) == ""
    assert told(census, "Personen, die dort wohnen.") == ""
    assert told(census, "Am 31. Dezember, sonst am 15. Mai.") == ""
    assert told(delivery("anderes", stichtag="15.05.")) == ""


def test_the_table_of_definitions_names_it():
    law = {"rechtsgrundlage": "", "selections": entry("k").selections}
    counted = kennzahl(definition="Am 31. Dezember.", **law)
    view = sicht(3, counted)
    census = delivery("bevoelkerung", stichtag="15.05.", titel="Zensus")
    assert "zum 15. Mai: „Zensus“ (S)." in plain(definitions({"sgb2": [view]}, [census]).markdown)
