"""One count of differences: sentences, heat tables and profiles say the same of an area."""

import re
from dataclasses import replace

import pytest

from spm.presentation.blocks import plain
from spm.presentation.counting import counted, single_areas
from spm.presentation.profile import ANDERS, BEDARF, STAERKE, profile
from spm.presentation.tables.heat import heat_table
from spm.presentation.wording.findings import findings
from tests.presentation_sample import kennzahl, sicht

NAMES = [f"Sozialraum {i}" for i in range(1, 5)]
GROUP = {"g": ("Sozialraum 3", "Sozialraum 4")}


def classed(view, *classes):
    rows = {
        (raum, view.year): view.row(raum)._replace(klasse=klasse)
        for (raum, _), klasse in zip(view.area_names, classes, strict=True)
    }
    return replace(view, rows=view.rows | rows)


def entry(key, richtung="belastend"):
    return kennzahl(key, richtung=richtung)


def chapter(richtung="belastend"):
    grouped = sicht(3, entry("c", richtung), ["Sozialraum 1", "Sozialraum 2", "g"], gruppen=GROUP)
    return [
        classed(sicht(4, entry("a", richtung)), "wie", "deutlich_ueber", "unter", "unter"),
        classed(sicht(4, entry("b", richtung)), "ueber", "ueber", "wie", "wie"),
        classed(grouped, "wie", "deutlich_ueber", "deutlich_unter"),
        classed(sicht(4, entry("d", "neutral")), "wie", "unter", "wie", "wie"),
    ]


def parts(view, key):
    ids = dict(zip(NAMES, "1234", strict=True))
    return [ids[name] for name in view.groups.get(key, ())] or [key]


def raeume(views):
    (told,) = [t for t in map(plain, findings(views)) if t.startswith("Räume")]
    return told.replace("\u00a0", " ")


def test_values_of_groups_count_for_each_of_their_areas():
    assert raeume(chapter()) == (
        "Räume: In Sozialraum 2 sind alle drei bewerteten Kennzahlen ungünstiger als in der "
        "übrigen Kommune; in den Sozialräumen 3 und 4 jeweils zwei günstiger (gemeinsame Werte "
        "mehrerer Gebiete mitgezählt)."
    )
    assert raeume(chapter("neutral")).startswith("Räume: In Sozialraum 2 sind alle vier K")


def test_nothing_is_said_of_groups_that_do_not_count():
    one, two, grouped, _ = chapter()
    more = classed(sicht(4, entry("e")), "wie", "wie", "unter", "unter")
    assert "gemeinsame" not in raeume([one, two, classed(grouped, "wie", "wie", "wie"), more])


def test_unjudged_differences_do_not_hide_behind_none():
    still = [classed(sicht(4, entry(key)), *["wie"] * 4) for key in "abc"]
    other = classed(sicht(4, entry("d", "neutral")), "wie", "wie", "wie", "unter")
    assert "keiner Kennzahl weicht" in raeume(still)
    assert "keiner bewerteten Kennzahl weicht" in raeume([*still, other])


@pytest.mark.parametrize("richtung", ["belastend", "entlastend", "neutral"])
def test_the_heat_table_and_the_profiles_agree(richtung):
    views = chapter(richtung)
    rows = [
        x
        for x in heat_table("x", views, "K").markdown.splitlines()
        if re.match(r"\| Sozialraum.\d", x)
    ]
    made = profile(dict(zip("1234", NAMES, strict=True)), views, views[0].place, 2023, parts)
    for area, row, one in zip(single_areas(views), rows, made, strict=True):
        count = counted(views, area)
        kinds = [e.kind for e in one.entries]
        assert count.worse == kinds.count(BEDARF) == len(re.findall(r"\{\.unguenstig", row))
        assert count.better == kinds.count(STAERKE) == len(re.findall(r"\{\.guenstig", row))
        assert count.other == kinds.count(ANDERS) == len(re.findall(r"\{\.(?:hoe|nie)", row))
