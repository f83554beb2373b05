"""Earlier areas become today's: nobody is lost, nobody is made, and estimates say what they are."""

import itertools
from dataclasses import replace
from types import SimpleNamespace

import geopandas
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm import build
from spm.areas.crosswalk import Crosswalk, redistribute, sainte_lague
from spm.areas.crosswalktable import read_crosswalk
from spm.areas.divisions import areal_crosswalk
from spm.errors import SpmError
from spm.facts import FACT_COLUMNS
from spm.presentation.blocks import plain
from spm.presentation.figures.series import draw_series
from spm.presentation.views import Change
from spm.presentation.wording import alttext, changes
from spm.progress import steps
from spm.release.certificate import DATASET
from spm.release.manifest import own_sources
from spm.report import Report
from tests.areas import redrawn_example as example

AGES = [(0, 2), (3, 5), (6, 17)]
GROUPS = ["geschlecht", "staatsangehoerigkeit", "auspraegung"]


def facts(*rows):
    """Facts of one measure and year from (area, number or status, groups)."""
    made = []
    for raum, number, *groups in rows:
        known = isinstance(number, int)
        row = dict.fromkeys(FACT_COLUMNS) | {"merkmal": "kinder", "jahr": 2018, "raum": raum}
        row |= {"anzahl": number if known else None, "status": "gezaehlt" if known else number}
        row |= {"lieferung": "amt", "geschaetzt": False} | (groups[0] if groups else {})
        made.append(row)
    frame = pd.DataFrame(made, columns=FACT_COLUMNS)
    whole = ["jahr", "alter_von", "alter_bis", "anzahl"]
    texts = [c for c in FACT_COLUMNS if c not in [*whole, "geschaetzt"]]
    return frame.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(texts, "str"))


def by_area(table, column="anzahl"):
    return dict(zip(table["raum"], table[column], strict=True))


# ----------------------------------------------------------------------------- moving counts


def test_an_area_that_became_another_keeps_its_numbers_exactly():
    moved = redistribute(facts(("1", 17), ("2", 4)), Crosswalk({"1": {"A": 1.0}, "2": {"A": 1.0}}))
    assert by_area(moved) == {"A": 21}
    assert by_area(moved, "geschaetzt") == {"A": False}


def test_a_divided_area_is_shared_out_in_whole_people_and_marked():
    crosswalk = Crosswalk({"1": {"A": 1.0}, "2": {"A": 0.3, "B": 0.7}, "3": {"C": 1.0}})
    moved = redistribute(facts(("1", 100), ("2", 9), ("3", 5)), crosswalk)
    assert by_area(moved) == {"A": 103, "B": 6, "C": 5}
    assert by_area(moved, "geschaetzt") == {"A": True, "B": True, "C": False}


@pytest.mark.parametrize("status", ["gesperrt", "nicht_geliefert"])
def test_a_part_that_is_not_known_makes_the_whole_unknown(status):
    crosswalk = Crosswalk({"1": {"A": 1.0}, "2": {"A": 0.5, "B": 0.5}, "3": {"C": 1.0}})
    moved = redistribute(facts(("1", 100), ("2", status), ("3", 5)), crosswalk)
    assert by_area(moved, "status") == {"A": status, "B": status, "C": "gezaehlt"}
    assert moved.set_index("raum")["anzahl"].isna().to_dict() == {"A": True, "B": True, "C": False}


def test_an_area_without_a_row_leaves_the_sum_unknown():
    crosswalk = Crosswalk({"1": {"A": 1.0}, "2": {"A": 1.0}})
    assert by_area(redistribute(facts(("1", 3)), crosswalk), "status") == {"A": "nicht_geliefert"}


def test_totals_people_without_an_area_and_facilities_stay():
    rows = facts(
        ("gesamt", 30), ("nz", 3), ("1", 27), ("gesamt", 8, {"einrichtung": "Kita: Sonne"})
    )
    moved = redistribute(rows, Crosswalk({"1": {"A": 0.5, "B": 0.5}}))
    kept = moved[moved["raum"].isin(["gesamt", "nz"])]
    assert kept["anzahl"].tolist() == [30, 3, 8]
    assert not kept["geschaetzt"].any()


def test_a_measure_may_have_shares_of_its_own():
    crosswalk = Crosswalk({"1": {"A": 0.5, "B": 0.5}}, {"kinder": {"1": {"A": 0.25, "B": 0.75}}})
    assert by_area(redistribute(facts(("1", 8)), crosswalk)) == {"A": 2, "B": 6}
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «kinder»"):
        Crosswalk({}, {"kindre": {}}).check_measures(["kinder"])


def test_parts_never_exceed_the_whole_even_one_by_one():
    """Row by row, two single children would both go to A, and A would have two of one child."""
    table = facts(("1", 2), ("1", 1, {"geschlecht": "m"}), ("1", 1, {"geschlecht": "w"}))
    moved = redistribute(table, Crosswalk({"1": {"A": 0.5, "B": 0.5}}))
    whole = moved[moved["geschlecht"].isna()].set_index("raum")["anzahl"]
    parts = moved[moved["geschlecht"].notna()].groupby("raum")["anzahl"].sum()
    assert whole.to_dict() == parts.to_dict() == {"A": 1, "B": 1}


@given(st.lists(st.integers(1, 50), min_size=2, max_size=4), st.integers(0, 300))
def test_more_people_never_mean_fewer_anywhere(weights, people):
    shares = [w / sum(weights) for w in weights]
    longer, shorter = sainte_lague(shares, people + 1), sainte_lague(shares, people)
    assert longer[:people].tolist() == shorter.tolist()
    for area, share in enumerate(shares):
        assert abs((shorter == area).sum() - people * share) < len(shares) / 2


@st.composite
def municipalities(draw):
    """A crosswalk of up to five old areas, and their children by age, sex and in total."""
    crosswalk = {}
    for old in "12345"[: draw(st.integers(1, 5))]:
        targets = draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=4, unique=True))
        weights = [draw(st.integers(1, 20)) for _ in targets]
        crosswalk[old] = {t: w / sum(weights) for t, w in zip(targets, weights, strict=True)}
    rows = []
    for old in crosswalk:
        cells = {}
        for (von, bis), sex in itertools.product(AGES, "mw"):
            cells[von, bis, sex] = draw(st.integers(0, 40))
            group = {"alter_von": von, "alter_bis": bis, "geschlecht": sex}
            rows.append((old, cells[von, bis, sex], group))
        for von, bis in AGES:
            number = cells[von, bis, "m"] + cells[von, bis, "w"]
            rows.append((old, number, {"alter_von": von, "alter_bis": bis}))
        for sex in "mw":
            number = sum(n for (*_, own), n in cells.items() if own == sex)
            rows.append((old, number, {"geschlecht": sex}))
        rows.append((old, sum(cells.values()) + draw(st.integers(0, 3))))  # some of unknown age
    return Crosswalk(crosswalk), draw(st.permutations(rows))


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(municipalities())
def test_nobody_is_lost_and_nobody_is_made(made):
    crosswalk, rows = made
    table = facts(*rows)
    moved = redistribute(table, crosswalk)
    kinds = ["alter_von", "alter_bis", "geschlecht"]
    before = table.groupby(kinds, dropna=False)["anzahl"].sum()
    # Every row here is delivered for every old area, so that every new row is known.
    assert moved["status"].eq("gezaehlt").all() and moved["anzahl"].ge(0).all()
    pd.testing.assert_series_equal(moved.groupby(kinds, dropna=False)["anzahl"].sum(), before)
    split = table[["alter_von", "geschlecht"]].notna().any(axis=1)
    whole = by_area(table[~split])
    # Whoever lives wholly in one area is counted exactly.
    for area in moved["raum"].unique():
        behind = [old for old, shares in crosswalk.shares.items() if area in shares]
        exact = all(len(crosswalk.shares[old]) == 1 for old in behind)
        own = moved[moved["raum"] == area]
        assert own["geschaetzt"].eq(not exact).all()
        if exact:
            expected = table[table["raum"].isin(behind)].groupby(kinds, dropna=False)["anzahl"]
            found = own.groupby(kinds, dropna=False)["anzahl"].sum()
            pd.testing.assert_series_equal(found, expected.sum())
        # Parts and wholes still fit: cells of age and sex, ages, sexes, everybody.
        of_age, of_sex = own["alter_von"].notna(), own["geschlecht"].notna()
        for group, only in (("alter_von", of_age & ~of_sex), ("geschlecht", of_sex & ~of_age)):
            cells = own[of_age & of_sex].groupby(group)["anzahl"].sum()
            assert own[only].set_index(group)["anzahl"].to_dict() == cells.to_dict()
        everybody = own[~of_age & ~of_sex]["anzahl"].sum()
        assert own[of_age & of_sex]["anzahl"].sum() <= everybody
        # As near to the shares as whole people allow, whatever the number of rows.
        wanted = sum(int(whole[old]) * crosswalk.shares[old][area] for old in behind)
        assert abs(everybody - wanted) < 2.5 * len(behind)
    again = redistribute(table.sample(frac=1, random_state=1), crosswalk)
    order = ["raum", *kinds]
    pd.testing.assert_frame_equal(
        *(t.sort_values(order, ignore_index=True)[[*order, "anzahl"]] for t in (moved, again))
    )


# ------------------------------------------------------------------------- tables of shares

AREAS = pd.DataFrame({"raum": list("ABCD"), "name": list(example.NEW_NAMES.values())})
BEFORE = pd.DataFrame({"raum": ["1", "2"], "name": ["Westen", "Osten"]})


def stand_in(folder):
    """What reading a table asks of the params."""
    return SimpleNamespace(
        raw_file=lambda name: folder / name,
        original=lambda path: path,
        path=folder / "x.yml",
    )


@pytest.fixture
def read(tmp_path):
    def read(text, old=None, name="alt_neu.csv", encoding="utf-8"):
        (tmp_path / name).write_text(text, encoding=encoding)
        params = stand_in(tmp_path)
        return read_crosswalk(params, name, old, AREAS)

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_names_areas_by_key_or_name(read, encoding):
    text = "alt;neu;anteil;Bemerkung\nWesten;Altstadt;0,25;größer\n1;B;0,75;\n2;C;1;\n"
    assert read(text, BEFORE, encoding=encoding).shares == {
        "1": {"A": 0.25, "B": 0.75},
        "2": {"C": 1.0},
    }


def test_a_workbook_is_as_good(tmp_path):
    pd.DataFrame({"alt": ["1", "1"], "neu": ["A", "B"], "anteil": [0.5, 0.5]}).to_excel(
        tmp_path / "x.xlsx", index=False, engine="xlsxwriter"
    )
    params = stand_in(tmp_path)
    assert read_crosswalk(params, "x.xlsx", None, AREAS).shares == {"1": {"A": 0.5, "B": 0.5}}


def test_thirds_may_be_rounded(read):
    shares = read("alt;neu;anteil\n1;A;0,333333\n1;B;0,333333\n1;C;0,333333\n").shares["1"]
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)


def test_shares_of_a_measure(read):
    text = "alt;neu;anteil;merkmal\n1;A;0,5;\n1;B;0,5;\n1;A;1;haushalte\n"
    crosswalk = read(text)
    assert crosswalk.of("kinder", "1") == {"A": 0.5, "B": 0.5}
    assert crosswalk.of("haushalte", "1") == {"A": 1.0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alt;neu;anteil\n1;A;0,5\n1;B;0,48\n2;C;1\n",
         ["verliert Menschen", "«1»: 0,98 (Zeilen 2, 3)", "alt_neu.csv"]),
        ("alt;neu;anteil\n1;A;1\n2;C;0,52\n2;B;0,5\n",
         ["erzeugt Menschen", "«2»: 1,02 (Zeilen 3, 4)"]),
        ("alt;neu;anteil\n1;A;0,98\n2;C;0,52\n2;B;0,5\n", ["verliert und erzeugt Menschen"]),
        ("alt;neu;anteil;merkmal\n1;A;1;\n2;B;1;\n1;A;0,9;haushalte\n",
         ["«1» (Merkmal haushalte): 0,9 (Zeile 4)"]),
        ("alt;neu;anteil\nWestn;A;1\n2;B;1\n",
         ["«Westn»", "Einteilung von früher", "vielleicht «Westen»", "Zeile 2, Spalte alt"]),
        ("alt;neu;anteil\n1;Altstat;1\n2;B;1\n",
         ["«Altstat»", "Einteilung von heute", "Gemeint ist vielleicht «Altstadt»", "Zeile 2"]),
        ("alt;neu;anteil\n1;A;1\n", ["Der alte Raum «2» hat keine Anteile."]),
        ("alt;neu;anteil;merkmal\n1;A;1;\n2;A;1;haushalte\n", ["«2» hat keine Anteile für alle"]),
        ("alt;neu;anteil\n1;A;0,5\n1;Altstadt;0,5\n2;B;1\n", ["zweimal", "Zeilen 2 und 3"]),
        ("alt;neu;anteil\n1;A;100\n2;B;1\n", ["«100» ist kein Anteil", "0,25 statt 25 %"]),
        ("alt;neu;anteil\n1;A;nan\n2;B;1\n", ["«nan» ist kein Anteil"]),
        ("alt;neu;anteil\n1;gesamt;1\n2;B;1\n", ["reserviert"]),
        ("alt;neu;Anteile\n1;A;1\n", ["keine Spalte «anteil»", "«Anteile»"]),
        ("alt;neu;anteil;merkmal\n1;A;1;Haus\n2;B;1;\n", ["kein Name für ein Merkmal", "Zeile 2"]),
    ],
)  # fmt: skip
def test_wrong_tables_say_where(read, text, expected):
    with pytest.raises(SpmError) as caught:
        read(text, BEFORE)
    for part in expected:
        assert part in str(caught.value)
    assert "alt_neu.csv" in caught.value.wo and caught.value.tun


def test_a_missing_table(tmp_path):
    params = stand_in(tmp_path)
    with pytest.raises(SpmError, match="fehlt"):
        read_crosswalk(params, "alt_neu.csv", None, AREAS)
    with pytest.raises(SpmError, match="weder eine CSV"):
        read_crosswalk(params, "alt_neu.pdf", None, AREAS)


# ---------------------------------------------------------------------------- areal weights


def as_areas(frame):
    return frame.rename(columns={"key": "raum"})


def test_areal_shares_of_invented_geometries():
    old = as_areas(example.squares(example.OLD, example.OLD_NAMES))
    new = as_areas(example.squares(example.NEW, example.NEW_NAMES))
    assert areal_crosswalk(old, new, "alt.geojson").shares == {
        "1": {"A": 1.0},
        "2": {"B": 1.0},
        "3": {"B": 0.5, "C": 0.5},
        "A": {"C": 1.0},
        "5": {"D": 1.0},
    }


def test_slivers_are_no_people():
    old = as_areas(example.squares({"1": (0, 2.001)}, {"1": "Eins"}))
    new = as_areas(example.squares(example.NEW, example.NEW_NAMES))
    assert areal_crosswalk(old, new, "alt.geojson").shares == {"1": {"A": 1.0}}


def test_an_area_outside_of_todays_says_how_much():
    old = as_areas(example.squares({"1": (7, 8.25)}, {"1": "Eins"}))
    new = as_areas(example.squares(example.NEW, example.NEW_NAMES))
    with pytest.raises(SpmError, match="«1» liegt zu 20,0 % außerhalb"):
        areal_crosswalk(old, new, "alt.geojson")


def test_real_statistical_districts_lie_in_the_right_parts_of_the_city(shared):
    folder = shared / "data" / "flensburg" / "geo"
    zipped = folder / "flensburg_stadtbezirke.zip"
    if not zipped.is_file():
        pytest.skip("shared/data/flensburg/geo/flensburg_stadtbezirke.zip is absent")
    small = geopandas.read_file(f"/vsizip/{zipped}").rename(columns={"AREA_ID": "raum"})
    small = small[small["PARENT_ARE"].notna()]
    small["geometry"] = small.geometry.make_valid()
    parts = geopandas.read_file(folder / "flensburg_stadtteile_epsg25832.geojson")
    parts = parts.rename(columns={"AREA_ID": "raum"})
    shares = areal_crosswalk(small, parts, str(zipped)).shares
    right = sum(shares[k].get(p, 0) > 0.99
                for k, p in zip(small["raum"], small["PARENT_ARE"], strict=True))  # fmt: skip
    assert right == len(small)
    assert all(sum(s.values()) == pytest.approx(1) for s in shares.values())


# ------------------------------------------------------------------------------ end to end


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    path = example.make(tmp_path_factory.mktemp("klein"))
    with steps(quiet=True) as shown:
        return build.prepare(path, shown)


@pytest.fixture(scope="module")
def published(prepared):
    return example.read_published(prepared.processed / DATASET)


@pytest.mark.slow
def test_published_are_todays_areas_in_every_year(published):
    assert set(published.index.get_level_values("raum")) == {*"ABCD", "gesamt"}
    assert published["status"].eq("ok").all()


def test_exactly_the_divided_areas_of_earlier_years_are_marked(published):
    marked = published.index[published["geschaetzt"]]
    assert set(marked) == set(itertools.product(["quote", "maedchen"], [2018, 2019], "BC"))


def test_earlier_counts_are_those_of_the_old_areas(published):
    counts = published.loc["quote"]["zaehler"]
    one, two, three, a, five = (example.receiving(2018, place) for place in range(5))
    assert counts[2018, "A"] == one and counts[2018, "D"] == five
    quarter = (counts[2018, "B"] - two, counts[2018, "C"] - a)
    assert sum(quarter) == three
    assert quarter[0] == pytest.approx(three / 4, abs=0.5)
    for year in (2018, 2019):
        total = sum(example.receiving(year, place) for place in range(5))
        assert sum(counts[year, key] for key in "ABCD") == counts[year, "gesamt"] == total
    assert counts[2020, "C"] == example.receiving(2020, 2)


def test_the_facts_hold_no_old_area(prepared):
    kept = pd.read_parquet(prepared.processed / "facts.parquet")
    assert set(kept["raum"]) == {*"ABCD", "gesamt"}
    assert list(kept.columns) == FACT_COLUMNS
    girls = kept[kept["geschlecht"].eq("w") & kept["alter_von"].eq(0) & kept["jahr"].eq(2018)]
    assert girls["anzahl"].sum() == sum(example.people(2018, i, "0-17", "w") for i in range(5))


def test_the_certificate_holds_with_moved_counts(prepared):
    assert Report(prepared.path).certificate.bestanden


def test_the_manifest_names_the_crosswalk(prepared, tmp_path):
    assert "datenordner/alt_neu.csv" in own_sources(prepared)
    params = build.load_params(example.make(tmp_path / "flaeche", "flaeche"))
    assert {"datenordner/alt.geojson", "datenordner/neu.geojson"} <= set(own_sources(params))
    assert "datenordner/flaeche" not in own_sources(params)


@pytest.mark.slow
def test_areal_weights_from_end_to_end(tmp_path):
    with steps(quiet=True) as shown:
        params = build.prepare(example.make(tmp_path / "flaeche", "flaeche"), shown)
    counts = example.read_published(params.processed / DATASET).loc["quote"]["zaehler"]
    half = counts[2018, "B"] - example.receiving(2018, 1)
    assert half == pytest.approx(example.receiving(2018, 2) / 2, abs=0.5)


# ------------------------------------------------------------------- what readers see of it


@pytest.fixture(scope="module")
def quote(prepared):
    return Report(prepared.path).view("quote")


@pytest.mark.slow
def test_a_line_has_no_break_but_rings_and_dashes(quote):
    lines = draw_series(quote).axes.get_lines()
    dashed = [line for line in lines if line.is_dashed() and len(line.get_xdata()) == 2]
    # B and C: from 2018 to 2019 and from 2019 to 2020; the fifth is the legend's.
    assert len(dashed) == 2 * 2 + 1
    rings = [line for line in lines if line.get_markerfacecolor() == "#ffffff"]
    assert [len(line.get_xdata()) for line in rings] == [2, 2, 1]
    solid = [line for line in lines if len(line.get_ydata()) == 6]
    assert sum(int(np.isnan(line.get_ydata()).sum()) for line in solid) == 4


def written(canvas):
    return [t.get_text() for t in canvas.axes.get_children() if hasattr(t, "get_text")]


def test_the_legend_and_the_alt_text_say_so(quote, prepared):
    legend = "auf heutige Räume umgerechnet (geschätzt)"
    assert legend in written(draw_series(quote))
    assert f"2018 und 2019 {legend}." in alttext.of_series(quote)
    girls = Report(prepared.path).view("maedchen")  # a count: two plots
    assert legend in written(draw_series(girls))


def test_sentences_on_the_change_say_so(prepared):
    said = str(Report(prepared.path).kapitel("sgb2").entwicklung("quote"))
    assert (
        "Für 2018 und 2019 sind die Werte von zwei Sozialräumen auf die heutigen Grenzen "
        "umgerechnet und deshalb geschätzt." in said
    )


@pytest.mark.parametrize(("raum", "rests"), [("B", True), ("A", False), ("gesamt", False)])
def test_a_change_that_rests_on_an_estimate_says_so(quote, raum, rests):
    rise = Change(2018, 2023, 1.0, 0.5, 1.5, "gestiegen")
    told = plain(changes.estimated_values(replace(quote, changes={raum: rise})))
    assert told.startswith("Diese Veränderungen beruhen zum Teil auf geschätzten Werten: ") == rests
    assert "auf die heutigen Grenzen umgerechnet" in told


def test_the_introduction_says_so(prepared):
    assert "Bis 2019 waren die Sozialräume anders abgegrenzt" in str(
        Report(prepared.path).einleitung()
    )


@pytest.mark.slow
def test_pooled_values_with_an_estimated_year_bear_a_sign(tmp_path):
    path = example.make(tmp_path / "klein")
    text = path.read_text(encoding="utf-8").replace("berichtsjahr: 2023", "berichtsjahr: 2021")
    path.write_text(text + "zusammenfassen: {quote: {jahre: 3}}\n", encoding="utf-8")
    with steps(quiet=True) as shown:
        build.prepare(path, shown)
    chapter = Report(path).kapitel("sgb2")
    table = chapter.tabelle().markdown
    assert table.count("≈") == 3  # B, C and the explanation
    assert "≈ auf heutige Räume umgerechnet (geschätzt)" in table
    from spm.presentation.figures.bars import draw_bars

    assert sum("≈" in text for text in written(draw_bars(chapter.view("quote")))) == 3
    said = str(chapter.aussagen("quote"))
    assert "Die Werte für Bergdorf und Chaussee enthalten Zahlen aus Jahren mit anderen" in said
    assert "2 Werte auf heutige Räume umgerechnet" in alttext.of_bars(chapter.view("quote"))


# ------------------------------------------------------------------------------ what is wrong


def checked(path):
    with steps(quiet=True) as shown:
        return build.check(path, shown)[0]


def errors(path):
    return [f for f in checked(path).findings if f.schwere == "Fehler"]


def replaced(path, file, old, new):
    raw = path.parents[1] / "roh" / file
    text = raw.read_text(encoding="utf-8")
    assert old in text
    raw.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.slow
def test_an_area_of_the_wrong_time_names_the_division_of_the_year(tmp_path):
    path = example.make(tmp_path / "klein")
    (error,) = errors(replaced(path, "einwohner.csv", "B;2020;0-17;m", "2;2020;0-17;m"))
    assert error.was.startswith("Der Raum ist in der Einteilung ab 2020 unbekannt.")
    assert error.wert == "2" and error.zeile is not None
    path = example.make(tmp_path / "anders")
    (error,) = errors(replaced(path, "einwohner.csv", "2;2018;0-17;m", "B;2018;0-17;m"))
    assert error.was.startswith("Der Raum ist in der Einteilung der Jahre bis 2019 unbekannt.")
    assert "alt_neu.csv" in error.tun


@pytest.mark.slow
def test_a_number_of_an_area_before_its_time_is_an_error_in_a_wide_table(tmp_path):
    path = example.make(tmp_path / "klein")
    row = f"Bergdorf;;;{example.receiving(2020, 1)};"
    (error,) = errors(replaced(path, "sgb2.csv", row, row.replace(";;;", ";;7;")))
    assert "bis 2019 unbekannt" in error.was and error.wert == "Bergdorf"


@pytest.mark.slow
def test_totals_are_compared_in_the_areas_of_the_time(tmp_path):
    path = example.make(tmp_path / "klein")
    total = sum(example.receiving(2018, place) for place in range(5))
    (error,) = errors(replaced(path, "sgb2.csv", f"Summe;{total}", f"Summe;{total - 1}"))
    assert f"Die Summe der Räume ({total}," in error.was


@pytest.mark.slow
def test_a_part_above_its_whole_is_found_in_the_area_that_was_delivered(tmp_path):
    path = example.make(tmp_path / "klein")
    number, total = example.receiving(2018, 2), sum(example.receiving(2018, i) for i in range(5))
    path = replaced(path, "sgb2.csv", f"Alt 3;{number}", "Alt 3;1000")
    (error,) = errors(
        replaced(path, "sgb2.csv", f"Summe;{total}", f"Summe;{total + 1000 - number}")
    )
    assert "größer als ihr Nenner" in error.was and "Raum 3" in error.was


def test_an_area_that_nobody_delivered_is_named_with_its_division(tmp_path):
    path = example.make(tmp_path / "klein", table=example.TABLE + "9;D;1\n")
    (error,) = errors(path)
    assert "«9» der früheren Einteilung bis 2019" in error.was


def test_without_a_crosswalk_an_unknown_area_stays_an_error(tmp_path):
    path = example.make(tmp_path / "klein")
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  fruehere:"), text.index("kennzahlen:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert any("Der Raum ist unbekannt." in error.was for error in errors(path))


@pytest.mark.parametrize(
    ("crosswalk", "more", "expected"),
    [
        ("flaeche", "name: name", "brauchen die Geometrie"),
        ("alt_neu.csv", "umschluesslung: x", "umschluesselung"),
        ("../alt_neu.csv", "name: name", "führt aus dem Datenordner hinaus"),
        ("alt_neu.csv", "name: name\n    - {bis: 2018, umschluesselung: x.csv}", "älteste zuerst"),
    ],
)
def test_wrong_params(tmp_path, crosswalk, more, expected):
    path = example.make(tmp_path / "klein", crosswalk, more=more)
    with pytest.raises(SpmError) as caught:
        build.load_params(path)
    assert expected in str(caught.value)
