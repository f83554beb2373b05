"""The chapter Gesamtbild: what it says of made-up areas, and that it never says more."""

import re
from dataclasses import replace

import numpy as np
import pytest

from spm.config.synthesis import Synthese
from spm.owntexts.texts import GESAMTBILD, OwnTexts
from spm.presentation.blocks import plain
from spm.presentation.figures import shares
from spm.presentation.synthesis import concentrating, improving, sharing, typology
from spm.presentation.synthesis.domains import (
    EINZELNE,
    GUENSTIGER,
    MEHRERE,
    OHNE,
    ZU_WENIG,
    Picture,
    domains,
)
from spm.presentation.synthesis.overall import Gesamtbild, too_little
from spm.presentation.views import Change
from spm.published import (
    DEUTLICH_UEBER,
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    HINWEIS_RUECKGANG,
    UEBER,
    UNTER,
    UNVERAENDERT,
    WIE,
)
from spm.synthesis.burden import REPORT
from spm.text.permitted import ALT_LONGEST
from tests.presentation.test_wording_properties import STIGMA
from tests.presentation_sample import NASTY, kennzahl, sicht
from tests.sheets_example import PILOT, profiles

pytestmark = pytest.mark.slow

PARTS = (
    *("auf_einen_blick", "waermetabelle", "mehrfachbelastung", "konzentration"),
    *("werte", "grenzen"),
)
DOMAINS = ("Materielle Lage", "Gesundheit", "Bildung", "Betreuung")
YEAR = 2023


def made(classes, n=7, names=None, hidden=(), **changes):
    """Views of so many domains with two indicators each.

    Parameters
    ----------
    classes : by domain the class of every area, for both of its indicators; of the other areas
        `WIE`.
    """
    views = []
    for i, domain in enumerate(DOMAINS):
        for j in range(2):
            key = f"k{i}{j}"
            k = kennzahl(key, bereich=domain, kurztitel=f"Kennzahl {i}{j}", leitkennzahl=j == 0)
            view = sicht(n, k, names, PILOT, seed=10 * i + j, hidden=hidden, **changes)
            told = classes.get(domain, {})
            views.append(
                replace(view, rows={at: _classed(at, r, told) for at, r in view.rows.items()})
            )
    return views


def _classed(at, row, told):
    if not row.ok or at[0] in (GESAMT, "nz"):
        return row._replace(klasse=None)
    return row._replace(klasse=told.get(at[0], WIE) if at[1] == YEAR else WIE)


BURDENED = {domain: {"4": DEUTLICH_UEBER} for domain in DOMAINS}


def bild(views, tmp_path, n=7, names=None):
    single = [view for view in views if not view.groups]
    return Gesamtbild(profiles(single, n, names), views, PILOT, Synthese(), folder=tmp_path)


def everything(picture, tmp_path):
    """All that the chapter shows: texts and the bytes of its pictures."""
    text = "\n\n".join(getattr(picture, part)().markdown for part in PARTS)
    return text, {p.name: p.read_bytes() for p in sorted(tmp_path.glob("*.svg"))}


# ------------------------------------------------------------------------------------- domains


def test_domains_follow_their_lead_indicators_and_hold_what_is_judged():
    views = [
        sicht(entry=kennzahl("a", bereich="Übergang")),
        sicht(entry=kennzahl("b", bereich="Bildung", leitkennzahl=True)),
        sicht(entry=kennzahl("c", bereich="Übergang", leitkennzahl=True)),
        sicht(entry=kennzahl("d", bereich="Familie", richtung="neutral")),
        sicht(entry=kennzahl("e", bereich="")),
    ]
    assert {name: len(its) for name, its in domains(views).items()} == {"Bildung": 1, "Übergang": 2}
    assert list(domains(views)) == ["Bildung", "Übergang"]


def test_kinds_of_areas():
    """Area 4 is worse everywhere, 1 in one domain, 2 better in one, 3 like the others."""
    classes = {
        domain: {"4": DEUTLICH_UEBER, **({"1": UEBER, "2": UNTER} if domain == "Bildung" else {})}
        for domain in DOMAINS
    }
    picture = Picture(made(classes))
    kinds = {area.raum: picture.kind(area) for area in picture.areas}
    assert [kinds[raum] for raum in "1234"] == [EINZELNE, GUENSTIGER, OHNE, MEHRERE]
    assert picture.several == 2
    assert picture.named(picture.areas[0], worse=True) == ["Bildung"]


def test_an_area_with_few_comparisons_is_not_called_alike():
    hidden = [(f"k{i}{j}", "5", YEAR, "gesperrt") for i in range(3) for j in range(2)]
    picture = Picture(made(BURDENED, hidden=hidden))
    assert picture.kind(picture.areas[4]) == ZU_WENIG


def test_values_of_groups_prove_nothing_for_one_area():
    views = made(BURDENED)
    group = {"4+5": ("Sozialraum 4", "Sozialraum 5")}
    k = kennzahl("g", bereich="Gesundheit")
    names = [f"Sozialraum {i}" for i in (1, 2, 3)] + ["4+5", "Sozialraum 6", "Sozialraum 7"]
    pooled = sicht(6, k, names, PILOT, gruppen=group)
    rows = {
        at: r._replace(klasse=UEBER if at[0] == "4+5" else None) for at, r in pooled.rows.items()
    }
    before = [area.tallies for area in Picture(views).areas]
    assert [area.tallies for area in Picture([*views, replace(pooled, rows=rows)]).areas] == before


# --------------------------------------------------------------------------------------- words


def test_the_story_of_one_area(tmp_path):
    text, files = everything(bild(made(BURDENED), tmp_path), tmp_path)
    assert "In Sozialraum 4 sind alle vier vergleichbaren Bereiche ungünstiger" in plain(
        text
    ).replace("\u00a0", " ")
    assert "**Bedarf in mehreren Bereichen:** Sozialraum 4" in text.replace("\u00a0", " ")
    assert set(files) == {"gesamtbild-konzentration.svg", "gesamtbild-konzentration-schmal.svg"}
    assert re.search(r"mindestens (zwei|drei)\.", text)
    assert not re.search(STIGMA, text)


def test_the_matrix_counts_what_the_tests_say(tmp_path):
    views = made({"Bildung": {"4": DEUTLICH_UEBER, "2": UNTER}})
    lines = bild(views, tmp_path).waermetabelle().markdown.replace("\u00a0", " ").splitlines()
    cells = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in lines if "von" in line}
    head = next(line for line in lines if "Bildung" in line).split(" | ")
    at = head.index("Bildung")
    assert cells["Sozialraum 4"][at] == "[2 von 2 −]{.unguenstig}"
    assert cells["Sozialraum 2"][at] == "[2 von 2 +]{.guenstig}"
    assert cells["Sozialraum 1"][at] == "[0 von 2]{.gleich}"
    assert cells["Sozialraum 4"][-1].strip(" |") == "1 von 4"


def test_without_differences_nothing_is_claimed(tmp_path):
    text, files = everything(bild(made({}), tmp_path), tmp_path)
    assert "Bedarf in" not in text and not files
    assert "Kein Sozialraum ist in einem der vier vergleichbaren Bereiche" in text


@pytest.mark.parametrize(
    "views",
    [
        [],
        made(BURDENED)[:2],
        made(BURDENED, n=1),
        [
            replace(v, rows={at: r._replace(klasse=None) for at, r in v.rows.items()})
            for v in made({})
        ],
    ],
    ids=["nothing", "one domain", "one area", "no comparison"],
)
def test_too_little_is_said_and_that_only_judged_indicators_count(views, tmp_path):
    picture = bild(views, tmp_path, n=1 if len(views) > 2 and len(views[0].areas) == 1 else 7)
    assert picture.auf_einen_blick().text == plain(too_little(PILOT))
    assert not any(getattr(picture, part)() for part in PARTS[1:])
    assert "Es zählen nur Kennzahlen, deren hohe Werte" in picture.auf_einen_blick().text


@pytest.mark.parametrize("n", [2, 9, 30])
def test_few_and_many_areas(n, tmp_path):
    views = made({d: {"1": DEUTLICH_UEBER} for d in DOMAINS}, n=n)
    text, _ = everything(bild(views, tmp_path, n), tmp_path)
    assert "Sozialraum 1" in text.replace("\u00a0", " ")
    assert len(re.findall(r"^: ", text, re.MULTILINE)) >= 3, "tables have captions"
    bereiche = bild(views, tmp_path, n).waermetabelle().markdown
    assert bereiche.count("\n| Sozialraum") - 1 == min(n, 24)


def test_one_year_is_enough(tmp_path):
    views = made(BURDENED, years=(YEAR,))
    assert "Sozialraum" in bild(views, tmp_path).auf_einen_blick().markdown


def test_foreign_names_stay_text(tmp_path):
    text, files = everything(bild(made(BURDENED, 5, NASTY), tmp_path, 5, NASTY), tmp_path)
    # In the attribute of an alternative text it is quoted, as of every figure.
    assert "<script>" not in re.sub(r"^!\[.*$", "", text, flags=re.MULTILINE)
    assert all(b"<script>" not in svg for svg in files.values())


def test_chances_are_never_printed_too_small():
    assert typology.at_most(0.00001) == "weniger als 0,1\u00a0%"
    assert typology.at_most(0.00401) == "höchstens 0,5\u00a0%"
    assert typology.at_most(0.02) == "höchstens 2,0\u00a0%"
    assert typology.at_most(0.123) == "höchstens 13\u00a0%"


def test_every_chance_says_under_which_assumption_it_holds(monkeypatch):
    picture = Picture(made(BURDENED))
    monkeypatch.setattr(Picture, "chance", lambda self, least: (0.004, 0.02))
    monkeypatch.setattr(Picture, "ceiling", lambda self, least: (0.05, 0.3))
    text = typology.chance(picture).replace("\u00a0", " ")
    assert "(höchstens 2,0 %, wenn die Bereiche höchstens mäßig zusammenhängen; siehe" in text
    counting = plain(typology.counting(picture)).replace("\u00a0", " ")
    before, after = counting.split("Ohne diese Annahme")
    assert "wenn die Zufallsausschläge der Bereiche höchstens mäßig zusammenhängen" in before
    assert "höchstens 2,0 % in irgendeinem der sieben" in before
    assert "höchstens 0,4 % in einem allein" in before
    assert after == " sind es höchstens 30 % und höchstens 5,0 %."


def test_a_small_bound_without_assumption_stands_alone():
    picture = Picture(made(BURDENED))
    (one, anywhere), (alone, ceiling) = picture.chance(2), picture.ceiling(2)
    assert one < alone < ceiling <= REPORT and anywhere < ceiling
    for text in (typology.chance(picture), typology.counting(picture)):
        assert "wie eng die Bereiche auch zusammenhängen" in text and "mäßig" not in text
        assert typology.at_most(ceiling) in text


def test_no_bound_is_printed_that_says_nothing(monkeypatch):
    monkeypatch.setattr(Picture, "ceiling", lambda self, least: (0.2, 1.0))
    text = typology.counting(Picture(made(BURDENED)))
    assert "keine Grenze" in text and "100" not in text


def test_where_nothing_was_found_it_says_how_much_could_be_compared():
    hidden = [(f"k{i}1", "1", YEAR, "gesperrt") for i in range(4)]
    text = plain(typology.kinds(Picture(made(BURDENED, hidden=hidden))).markdown)
    text = text.replace("\u00a0", " ")
    assert "Sozialraum 1 (nur 4 von 8 Kennzahlen vergleichbar), Sozialraum 2, " in text


# ------------------------------------------------------------------------------ is it better?


def changed(views, way, raum="4", **which):
    """The views as if the indicators had changed in an area; ``which``: some otherwise, by key."""
    return [
        replace(
            view,
            changes={raum: Change(2018, YEAR, 1.0, -1.0, 3.0, which.get(view.indicator.id, way))},
        )
        for view in views
    ]


def better(views):
    text = improving.sentence(concentrating.concentrated(views), views)
    return plain(text).replace("\u00a0", " ")


def test_whether_it_gets_better_where_it_is_hardest():
    views = made(BURDENED)
    view = views[0]
    old, new = (view.text(view.row("4", year).shown) for year in (2018, YEAR))
    values = f"({old}, jetzt {new})".replace("\u00a0", " ")
    start = "Wird es besser? Gegenüber 2018"
    same = better(changed(views, UNVERAENDERT))
    assert same.startswith(
        f"{start} ist in Sozialraum 4 bei „Kennzahl 00“ keine Veränderung nachweisbar {values}."
    )
    assert "Von den acht Kennzahlen" in same
    assert same.endswith("hat sich keine nachweisbar verbessert oder verschlechtert.")
    fell = better(changed(views, GESUNKEN, k10=GESTIEGEN))
    assert f"ist in Sozialraum 4 der Wert bei „Kennzahl 00“ gesunken {values}." in fell
    assert fell.endswith(
        "haben sich sieben nachweisbar verbessert, eine nachweisbar verschlechtert."
    )
    hint = better(changed(views, HINWEIS_RUECKGANG))
    assert "einen Hinweis auf einen Rückgang, aber keinen Nachweis" in hint


def test_a_favourable_indicator_gets_better_by_rising():
    views = made({"Bildung": {"4": DEUTLICH_UEBER}, "Gesundheit": {"4": UNTER}})
    entries = [
        replace(v, indicator=kennzahl(v.indicator.id, richtung="entlastend"))
        if v.indicator.bereich == "Gesundheit"
        else v
        for v in views
    ]
    assert better(changed(entries, GESTIEGEN, k20=GESUNKEN, k21=GESUNKEN)).endswith(
        "Von den vier Kennzahlen, in denen die Werte dort ungünstiger sind und die sich über die "
        "Jahre vergleichen lassen, haben sich vier nachweisbar verbessert."
    )


def test_of_changes_that_are_not_published_nothing_is_said():
    views = made(BURDENED)
    assert not better(views), "no change can be told"
    hidden = [(f"k{i}{j}", "4", 2018, "gesperrt") for i in range(4) for j in range(2)]
    assert not better(changed(made(BURDENED, hidden=hidden), GESUNKEN))
    assert not better(changed(made({}), GESUNKEN)), "no area stands out"


def test_the_own_text_stands_in_the_chapter(tmp_path):
    views = made(BURDENED)
    texts = OwnTexts(chapters={GESAMTBILD: "Zu fragen ist …"})
    picture = Gesamtbild(profiles(views), views, PILOT, Synthese(), texts, folder=tmp_path)
    assert picture.text().markdown.startswith("## Einordnung der Kommune {.unnumbered}")
    assert "Zu fragen ist" in picture.text().markdown
    assert not bild(views, tmp_path).text()


# ------------------------------------------------------------------------------- concentration


def test_rows_of_one_area_name_it_once(tmp_path):
    (table,) = [
        part
        for part in bild(made(BURDENED), tmp_path).konzentration().markdown.split("\n\n")
        if part.startswith("| Kennzahl")
    ]
    assert "Sozialraum" not in table
    text = bild(made(BURDENED), tmp_path).konzentration().markdown.replace("\u00a0", " ")
    assert ": Welcher Teil der gezählten und aller Kinder in Sozialraum 4 lebt, 2023 {#tbl-" in text
    both = made({"Materielle Lage": {"2": UEBER, "4": DEUTLICH_UEBER}})
    text = bild(both, tmp_path).konzentration().markdown
    assert "| Kennzahl | Sozialraum | von den Gezählten |" in text


def test_which_indicators_are_of_children():
    class Nenner:
        def __init__(self, ages):
            self.ages = ages

    def of(**changes):
        return concentrating.of_children(sicht(entry=kennzahl(**changes)))

    assert of(nenner=Nenner((0, 17))) and of(nenner=Nenner((3, 5)))
    assert not of(nenner=Nenner((15, 24))) and not of(nenner=Nenner((15, None)))
    assert of(nenner=Nenner(None), lebensphase=["Einschulung"])
    assert not of(nenner=Nenner(None), lebensphase=["alle Lebensphasen"])
    assert not of(nenner=Nenner(None), lebensphase=[]) and not of(nenner=None)


def test_shares_are_those_of_the_published_counts(tmp_path):
    views = made(BURDENED)
    view = views[0]
    row, total = view.row("4"), view.total
    text = bild(views, tmp_path).auf_einen_blick().markdown.replace("\u00a0", " ")
    assert f"({row.zaehler:.0f} von {total.zaehler:,.0f})".replace(",", ".") in text
    assert f"{100 * row.zaehler / total.zaehler:.0f} % der gezählten Kinder" in text
    assert f"nur {100 * row.nenner / total.nenner:.0f} % aller unter 18-Jährigen" in text


def test_of_hidden_areas_no_rest_is_told(tmp_path):
    hidden = [(f"k{i}{j}", "2", YEAR, "gesperrt") for i in range(4) for j in range(2)]
    picture = bild(made(BURDENED, hidden=hidden), tmp_path)
    block = picture.konzentration()
    assert "Hälfte" not in block.markdown and "bleiben offen" in block.markdown
    assert "1 aus Gründen der Geheimhaltung nicht gezeigt" in block.markdown
    assert "Hälfte" in bild(made(BURDENED), tmp_path).konzentration().markdown


def test_several_areas_are_told_together():
    """Their published counts added up; only the first if all others are hidden."""
    classes = {"Materielle Lage": {"2": UEBER, "4": DEUTLICH_UEBER}}
    (found,) = concentrating.concentrated(made(classes)[:1])
    view, those = found.view, found.together
    rows = [view.row(raum) for raum in "24"]
    assert those.top == sum(row.zaehler for row in rows)
    assert those.base == pytest.approx(sum(row.nenner for row in rows) / view.total.nenner)
    text = plain(sharing.sentence(found)).replace("\u00a0", " ")
    assert f"({those.top:.0f} von" in text and "leben in den Sozialräumen 2 und 4" in text
    hidden = [("k00", raum, YEAR, "gesperrt") for raum in "13567"]
    (found,) = concentrating.concentrated(made(classes, hidden=hidden)[:1])
    assert len(found.above) == 2 and len(found.together.rows) == 1


def test_of_many_areas_each_indicator_has_one_row(tmp_path):
    classes = {d: {str(i): UEBER for i in range(1, 12)} for d in DOMAINS}
    block = bild(made(classes, 30), tmp_path, 30).konzentration().markdown
    rows = [line for line in block.splitlines() if line.startswith("| Kennzahl ")]
    assert len(rows) == 1 + 8 and all("elf Sozialräume" in row for row in rows[1:])
    assert re.search(r"\d,\d\s% und \d,\d\s%;", block), "of many areas each has a small share"


@pytest.mark.parametrize(
    "changes",
    [{"richtung": "neutral"}, {"richtung": "entlastend"}, {"art": "quotient"}, {"nenner": None}],
)
def test_other_indicators_have_no_concentration(changes):
    view = made(BURDENED)[0]
    fitting = {"bereich": "Gesundheit"} | changes
    entry = kennzahl("x", **fitting)
    assert concentrating.concentrated([view])
    assert not concentrating.concentrated([replace(view, indicator=entry)])


def test_no_shares_where_the_municipality_counts_something_else():
    view = made(BURDENED)[0]
    rows = dict(view.rows)
    rows[GESAMT, YEAR] = rows[GESAMT, YEAR]._replace(zaehler=1.0)
    assert not concentrating.concentrated([replace(view, rows=rows)])


def test_alternative_texts_name_areas_first_and_fit():
    for names in (None, [f"Stadtteil mit einem sehr langen Namen Nummer {i}" for i in range(30)]):
        n = len(names) if names else 7
        (found,) = concentrating.concentrated(made(BURDENED, n, names)[:1])
        bars = [shares.Bar(*part) for part in found.parts]
        alt = shares.alt_text(found.view, bars)
        assert len(alt) <= ALT_LONGEST
        assert alt.startswith(found.parts[0].row.name)
        assert "Balken: Anteil an allen" in alt


def test_long_and_hidden_areas_can_be_drawn(tmp_path):
    names = [f"Stadtteil mit einem sehr langen Namen Nummer {i}" for i in range(12)]
    hidden = [("k00", "3", YEAR, "gesperrt"), ("k00", "5", YEAR, "absender_gesperrt")]
    (found,) = concentrating.concentrated(made(BURDENED, 12, names, hidden)[:1])
    bars = [shares.Bar(*part) for part in found.parts]
    assert [bar.row.raum for bar in bars][-2:] == ["3", "5"]
    for width in (454, 270):
        path = tmp_path / f"{width}.svg"
        shares.draw_shares(found.view, bars, ("a", "b"), width).save(path)
        text = path.read_text(encoding="utf-8")
        assert ">•<" in text and ">x<" in text


# ---------------------------------------------------------------------------------- disclosure


def test_same_published_rows_same_bytes(tmp_path):
    """Whatever true numbers lie behind rows that are not published: not a byte differs."""
    hidden = [
        ("k00", "2", YEAR, "gesperrt"),
        ("k20", "4", YEAR, "gesperrt"),
        ("k10", "6", None, "x"),
    ]
    hidden = [(k, r, y, "gesperrt") for k, r, y, _ in hidden]
    views = made(BURDENED, hidden=hidden)
    found = []
    for name, secret in (("a", 3.0), ("b", 77.0)):
        others = [
            replace(
                view,
                rows={
                    at: row
                    if row.ok
                    else row._replace(
                        zaehler=secret,
                        nenner=secret * 9,
                        wert=100 / 9,
                        ki_unten=1.0,
                        ki_oben=20.0,
                        klasse=DEUTLICH_UEBER if secret > 10 else UNTER,
                    )
                    for at, row in view.rows.items()
                },
            )
            for view in views
        ]
        folder = tmp_path / name
        text, files = everything(bild(others, folder), folder)
        found.append((text.replace(folder.as_posix(), ""), files))
    assert found[0] == found[1]
    text, files = everything(bild(views, tmp_path / "c"), tmp_path / "c")
    assert found[0] == (text.replace((tmp_path / "c").as_posix(), ""), files), "nothing behind them"


def test_a_hidden_value_counts_in_no_domain():
    hidden = [(f"k{i}{j}", "4", YEAR, "gesperrt") for i in range(4) for j in range(2)]
    picture = Picture(made(BURDENED, hidden=hidden))
    area = next(a for a in picture.areas if a.raum == "4")
    assert area.compared == 0 and area.worse == 0


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_published_can_be_shown(seed, tmp_path):
    """Any number of areas, hidden rows, kinds, directions, pooled years and groups of areas."""
    rng = np.random.default_rng(seed)
    n = int(rng.choice([1, 2, 3, 7, 9, 20, 40]))
    names = [f"Sozialraum {i + 1}" for i in range(n)]
    views = []
    for i in range(12):
        entry = kennzahl(
            f"k{i}",
            kurztitel=f"Kennzahl {i}",
            bereich=str(rng.choice([*DOMAINS, ""])),
            richtung=str(rng.choice(["belastend", "entlastend", "neutral"])),
            art=str(rng.choice(["anteil", "rate"])),
            leitkennzahl=bool(rng.integers(2)),
        )
        hidden = [
            (entry.id, str(raum + 1), YEAR, str(rng.choice(["gesperrt", "absender_gesperrt"])))
            for raum in np.flatnonzero(rng.uniform(size=n) < 0.3)
        ]
        hidden += [(entry.id, GESAMT, YEAR, "gesperrt")] * int(rng.integers(2))
        view = sicht(n, entry, names, PILOT, seed=i, hidden=hidden, fenster=int(rng.integers(1, 4)))
        told = {str(r + 1): rng.choice([DEUTLICH_UEBER, UEBER, WIE, UNTER]) for r in range(n)}
        views.append(replace(view, rows={a: _classed(a, r, told) for a, r in view.rows.items()}))
    if n > 3:
        group = {"1+2": ("Sozialraum 1", "Sozialraum 2")}
        pooled = kennzahl("g", bereich="Bildung")
        views.append(sicht(n - 1, pooled, ["1+2", *names[2:]], PILOT, gruppen=group))
    text, _ = everything(bild(views, tmp_path, n), tmp_path)
    assert text and "None" not in text and "nan" not in text
    for alt in re.findall(r'fig-alt="([^"]*)"', text):
        assert len(alt) <= ALT_LONGEST
    assert not re.search(STIGMA, text)
