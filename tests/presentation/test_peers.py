"""Places that are like the municipality: told together where they are three, else one by one."""

import pytest

from spm.presentation.blocks import plain
from spm.presentation.comparisons import compared
from spm.presentation.pages import matter
from spm.presentation.synthesis.comparable import placed
from spm.presentation.tables import crosstable
from spm.presentation.wording import block, peers
from spm.presentation.wording.comparison import for_comparison
from spm.published import GESAMT, ComparisonValue
from tests.presentation_sample import sicht

GROUP = "ähnliche Kommunen"
KREIS = ComparisonValue("Kreis Lippe", 2023, 14.1, "Landesamt", "Kreis")


def alike(*values, year=2023, group=GROUP):
    return [
        ComparisonValue(
            gebiet=f"Ort {name}",
            jahr=year,
            wert=value,
            quelle="Städtevergleich",
            ebene="Kommune",
            gruppe=group,
        )
        for name, value in zip("ABCDE", values, strict=False)
    ]


def text(found):
    return plain(found).replace("\u00a0", " ")


def test_three_places_have_a_middle_and_a_range():
    view = compared(sicht(), [KREIS, *alike(12.0, 19.4, 8.1)])
    assert view.elsewhere == (KREIS,)
    (group,) = peers.groups(view)
    assert (group.middle, group.ends) == (12.0, (8.1, 19.4))
    told = text(for_comparison(view))
    assert "In der Gruppe „ähnliche Kommunen“ (drei Orte) lag der Wert 2023 zwischen 8,10" in told
    assert "in der Mitte bei 12,00 % (Quelle: Städtevergleich)." in told
    assert "in der Mitte der Gruppe „ähnliche Kommunen“ bei 12,00 %" in text(block.level(view))


def test_every_place_and_its_source_stands_in_the_tables():
    view = compared(sicht(), alike(12.0, 19.4, 8.1))
    table = text(crosstable.comparisons([view], "sgb2").markdown)
    assert "Ort B (ähnliche Kommunen)" in table.replace("\\", "")
    assert "Städtevergleich" in matter.comparisons({"sgb2": [view]}).markdown


def test_two_places_are_told_one_by_one():
    view = compared(sicht(), alike(12.0, 19.4))
    assert view.alike == ()
    assert [value.gebiet for value in view.elsewhere] == ["Ort A", "Ort B"]


def test_all_places_are_of_one_year_that_enough_of_them_have():
    view = compared(sicht(), [*alike(12.0, 19.4, 8.1, year=2022), *alike(13.0, 20.0)])
    assert {value.jahr for value in view.alike} == {2022}
    assert len(view.alike) == 3
    assert view.elsewhere == ()


def test_no_group_stands_beside_an_unpublished_total():
    """Nor in place of it an older year."""
    hidden = sicht(hidden=[(None, GESAMT, 2023, "gesperrt")])
    view = compared(hidden, [*alike(1.0, 2.0, 3.0, year=2022), *alike(12.0, 19.4, 8.1)])
    assert (view.alike, view.elsewhere) == ((), ())
    assert not placed([view])


@pytest.mark.parametrize(
    ("shift", "way", "words"),
    [
        (0.0, peers.LIKE, "wie vergleichbare Orte"),
        (-5.0, peers.HIGHER, "höher"),
        (5.0, peers.LOWER, "niedriger"),
    ],
)
def test_the_own_interval_says_whether_it_is_like_them(shift, way, words):
    own = sicht().total.shown
    view = compared(sicht(), alike(own + shift - 1, own + shift, own + shift + 1))
    (group,) = peers.groups(view)
    assert peers.against(view, group) == way
    found = text(placed([view]).markdown)
    assert words in found
    assert "Verglichen wird mit der Gruppe „ähnliche Kommunen“ (drei Orte)." in found
    assert "**Grenzen:**" in placed([view]).markdown


def test_outside_their_range_it_is_not_like_them():
    """The interval holds the middle, but every one of the others lies higher."""
    own = sicht().total.shown
    low, high = sicht().total.limits
    near = (own + high) / 2
    view = compared(sicht(), alike(near, near, near + 9))
    (group,) = peers.groups(view)
    assert low < group.middle < high
    assert peers.against(view, group) == peers.UNCLEAR
    found = text(placed([view]).markdown)
    assert "| kein Unterschied zur Mitte nachweisbar (niedriger als alle drei) |" in found
    assert "Bei einem ist kein Unterschied zur Mitte nachweisbar." in found


def test_groups_are_told_apart():
    values = [*alike(12.0, 19.4, 8.1), *alike(22.0, 29.4, 28.1, group="Nachbarn")]
    values = [v._replace(gebiet=f"{v.gebiet} {v.gruppe}") for v in values]
    found = text(placed([compared(sicht(), values)]).markdown)
    assert "(ähnliche Kommunen)" in found.replace("\\", "")
    assert "(Nachbarn)" in found.replace("\\", "")


def test_nothing_without_groups():
    view = compared(sicht(), [KREIS])
    assert view.alike == ()
    assert not placed([view])
    assert "Gruppe" not in for_comparison(view)
