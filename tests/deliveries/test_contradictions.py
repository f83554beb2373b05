"""Contradictions inside a delivery: age groups, breakdowns, missing cells, jumps."""

import pytest

from spm.deliveries import read_deliveries
from tests.deliveries_example import AREAS, LONG, errors, example_params, read_text

SPALTEN = {"raum": "Raum", "jahr": "Jahr", "alter": "Alter", "anzahl": "Anzahl"}
AGED = "Raum;Jahr;Alter;Anzahl\n"


def by_age(tmp_path, labels, werte=None, numbers=None):
    rows = "".join(
        f"{area};2020;{label};{(numbers or {}).get(label, 10)}\n"
        for area in (1, 2, 3)
        for label in labels
    )
    mapping = {"spalten": SPALTEN} | ({"werte": {"alter": werte}} if werte else {})
    return read_text(tmp_path, AGED + rows, **mapping)


# ------------------------------------------------------------------------- overlapping age groups


@pytest.mark.parametrize(
    ("labels", "pair"),
    [
        (["0 bis 3", "3 bis 6", "6 bis 10"], "0–3 und 3–6"),
        (["unter 3", "2-5", "6-17"], "0–2 und 2–5"),
        (["0-17", "15-24"], "0–17 und 15–24"),
        (["18 bis 65", "65 und mehr"], "18–65 und 65 und mehr"),
        (["0-2", "3-5", "0-4"], "0–4 und 3–5"),
    ],
)
def test_overlapping_age_groups_are_an_error_that_names_the_pair(tmp_path, labels, pair):
    (error,) = errors(by_age(tmp_path, labels)[1])
    assert error.was.startswith(f"Altersgruppen von «kinder» überschneiden sich: {pair} (wer ")
    assert "werte.alter" in error.tun
    assert error.spalte == "Alter"


@pytest.mark.parametrize(
    ("labels", "werte"),
    [
        (["0-2", "3-5", "6-17"], None),
        (["unter 3", "unter 6", "unter 18"], None),
        (["0-2", "3-5", "6-14", "15-17", "18-24", "0-17", "15-24", "18 und mehr"], None),
        (["bis 18", "15-25"], {"bis 18": "0-17", "15-25": "15-24"}),
        (["18+", "65+", "80+"], None),
    ],
)
def test_groups_that_contain_or_make_up_each_other_are_none(tmp_path, labels, werte):
    sizes = {label: 2 ** len(labels) - 2**i for i, label in enumerate(labels)}  # none above its own
    assert [
        e for e in errors(by_age(tmp_path, labels, werte, sizes)[1]) if "überschn" in e.was
    ] == []


def test_a_common_limit_is_an_error_even_where_the_params_file_names_it(tmp_path):
    werte = {"A": "0-3", "B": "3-6"}
    (error,) = errors(by_age(tmp_path, ["A", "B"], werte)[1])
    assert "0–3 und 3–6" in error.was


def test_right_numbers_once_the_groups_are_mapped(tmp_path):
    werte = {"0 bis 3": "0-2", "3 bis 6": "3-5"}
    facts, findings = by_age(tmp_path, list(werte), werte)
    assert (findings, facts["anzahl"].sum()) == ([], 60)


def test_overlaps_do_not_switch_off_the_check_of_sums(tmp_path):
    labels = {"bis 18": "0-17", "0-6": "0-6", "3-17": "3-17", "7-17": "7-17"}
    numbers = {"bis 18": 100, "0-6": 70, "3-17": 80, "7-17": 40}
    found = errors(by_age(tmp_path, list(labels), labels, numbers)[1])
    assert all("(110) ist größer als die Zahl der ganzen Altersgruppe 100" in e.was for e in found)
    assert len(found) == 3


# ----------------------------------------------------------------------------------- breakdowns


def tables(tmp_path, **contents):
    """One table per breakdown: name -> (extra column, rows)."""
    listed = []
    for name, (column, rows) in contents.items():
        head = "Raum;Jahr;G;Anzahl\n"
        (tmp_path / f"{name}.csv").write_text(head + rows, encoding="utf-8")
        spalten = {"raum": "Raum", "jahr": "Jahr", column: "G", "anzahl": "Anzahl"}
        listed.append(LONG | {"datei": f"{name}.csv", "spalten": spalten})
    return listed


def read_both(tmp_path, verfahren=None, **contents):
    params = example_params(tmp_path, {"amt": tables(tmp_path, **contents)})
    if verfahren:
        delivery = params.lieferungen["amt"]
        params.lieferungen["amt"] = delivery.model_validate(
            delivery.model_dump(exclude_unset=True) | {"verfahren": verfahren}
        )
    return read_deliveries(params, AREAS)[1]


def cells(groups, *numbers):
    return "".join(
        f"{area};2020;{group};{number}\n"
        for area, row in zip((1, 2, 3), numbers, strict=True)
        for group, number in zip(groups, row, strict=True)
    )


AGES = ("0-17", "18-64", "65+")


@pytest.mark.parametrize(
    ("column", "groups"),
    [("geschlecht", ("m", "w")), ("staatsangehoerigkeit", ("deutsch", "nichtdeutsch"))],
)
def test_breakdowns_that_disagree_are_one_note(tmp_path, column, groups):
    alter = cells(AGES, (10, 20, 5), (10, 20, 6), (10, 20, 7))
    other = cells(groups, (20, 15), (20, 10), (10, 27))
    (note,) = read_both(tmp_path, alter=("alter", alter), other=(column, other))
    assert note.schwere == "Hinweis"
    assert f"«kinder» nach alter und nach {column} widersprechen sich" in note.was
    assert "2020, Raum 2: 36 und 30" in note.was
    assert "Raum 1" not in note.was


def test_breakdowns_that_agree_or_are_incomplete_are_none(tmp_path):
    alter = ("alter", cells(AGES, (10, 20, 5), (10, 20, 6), (10, 20, 7)))
    same = cells(("m", "w"), (20, 15), (20, 16), (10, 27))
    assert read_both(tmp_path, alter=alter, sex=("geschlecht", same)) == []
    only = cells(("w",), (15,), (16,), (27,))
    assert read_both(tmp_path, alter=alter, sex=("geschlecht", only)) == []
    children = ("alter", cells(("0-2", "3-5"), (1, 2), (3, 4), (5, 6)))
    assert read_both(tmp_path, alter=children, sex=("geschlecht", same)) == []


def test_a_whole_above_its_complete_parts_is_a_note(tmp_path):
    whole = "".join(f"{area};2020;insgesamt;40\n" for area in (1, 2, 3))
    alter = ("alter", cells(AGES, (10, 20, 10), (10, 20, 10), (10, 20, 4)) + whole)
    (note,) = read_both(tmp_path, alter=alter)
    assert (
        "ohne Unterteilung und nach alter widersprechen sich: 2020, Raum 3: 40 und 34" in note.was
    )


def test_rounded_numbers_may_differ_by_what_rounding_explains(tmp_path):
    alter = ("alter", cells(AGES, (10, 20, 5), (10, 20, 5), (10, 20, 5)))
    sex = ("geschlecht", cells(("m", "w"), (20, 10), (20, 15), (10, 70)))
    rounded = {"art": "rundung", "abweichung": 2}
    (note,) = read_both(tmp_path, verfahren=rounded, alter=alter, sex=sex)
    assert "Raum 3: 35 und 80" in note.was
    assert "Raum 1" not in note.was


# ------------------------------------------------------------------------- missing cells and rows


def test_an_empty_cell_is_named_with_what_it_costs(tmp_path):
    text = "Raum;Jahr;Anzahl\n1;2020;10\n2;2020;\n3;2020;30\n"
    (note,) = read_text(tmp_path, text)[1]
    assert (note.schwere, note.zeile, note.spalte) == ("Hinweis", 3, "Anzahl")
    assert "hat auch die Kommune keinen Wert (kinder, 2020, Raum 2)" in note.was


def test_an_empty_cell_beside_a_total_or_of_a_year_without_numbers_is_none(tmp_path):
    text = "Raum;Jahr;Anzahl\n1;2020;10\n2;2020;\n3;2020;30\nSumme;2020;60\n"
    assert read_text(tmp_path, text, gesamtzeilen=["Summe"])[1] == []
    text = "Raum;Jahr;Anzahl\n1;2020;\n2;2020;\n3;2020;\n"
    assert [f for f in read_text(tmp_path, text)[1] if "die Kommune" in f.was] == []


def test_absent_rows_of_a_group_are_one_note(tmp_path):
    rows = "".join(f"{a};2020;{age};5\n" for a in (1, 2, 3) for age in ("0-2", "3-5"))
    text = AGED + rows.replace("2;2020;3-5;5\n", "").replace("3;2020;3-5;5\n", "")
    (note,) = read_text(tmp_path, text, spalten=SPALTEN)[1]
    assert note.was.startswith("2 Zeilen fehlen, die andere Räume haben")
    assert "kinder, 2020, Raum 2, Alter 3 bis 5; kinder, 2020, Raum 3, Alter 3 bis 5." in note.was
    assert "fehlende_zeilen: null" in note.tun
    assert read_text(tmp_path, text, spalten=SPALTEN, fehlende_zeilen="null")[1] == []


# ----------------------------------------------------------------------------------------- jumps

YEARS = range(2015, 2021)


def series(tmp_path, change, size=200, noise=7):
    """Counts of three areas and six years; ``change`` puts other numbers in."""
    numbers = {
        (a, y): size * a + noise * ((3 * a + 5 * y) % 5 - 2) for a in (1, 2, 3) for y in YEARS
    } | change
    rows = "".join(f"{a};{y};{n}\n" for (a, y), n in numbers.items())
    return read_text(tmp_path, "Raum;Jahr;Anzahl\n" + rows, years=(2015, 2020))[1]


def test_what_varies_by_chance_does_not_jump(tmp_path):
    assert series(tmp_path, {}) == []
    assert series(tmp_path, {}, size=4, noise=1) == []
    growing = {(a, y): int(100 * a * 1.3 ** (y - 2015)) for a in (1, 2, 3) for y in YEARS}
    assert series(tmp_path, growing) == []


@pytest.mark.parametrize("number", [2000, 20, 0, 650])
def test_a_number_that_jumps_is_named_with_its_neighbours(tmp_path, number):
    (note,) = series(tmp_path, {(1, 2018): number})
    assert note.schwere == "Hinweis"
    assert note.was.startswith(f"Die Zahl {number} springt (kinder, 2018, Raum 1)")
    assert "daneben 2017: " in note.was
    assert "robustes z " in note.was
    assert note.wert == str(number)


def test_two_areas_that_were_exchanged_in_a_year(tmp_path):
    notes = series(tmp_path, {(1, 2018): 600, (3, 2018): 200})
    assert {n.was.split(")")[0].split("(")[1] for n in notes} == {
        "kinder, 2018, Raum 1", "kinder, 2018, Raum 3",
    }  # fmt: skip


def test_a_year_in_which_all_areas_jump(tmp_path):
    notes = series(tmp_path, {(a, 2018): 2000 * a for a in (1, 2, 3)})
    assert any("kinder, 2018, Kommune gesamt" in note.was for note in notes)


def test_at_most_ten_jumps_of_a_delivery_the_largest_first(tmp_path):
    rows = ["Raum;Jahr;G;Anzahl"]
    for group in range(12):
        for area, year in [(a, y) for a in (1, 2, 3) for y in YEARS]:
            wrong = 3000 + 100 * group if (area, year) == (1, 2015 + group % 6) else 0
            measure = f"m{group}"
            rows.append(f"{area};{year};{measure};{wrong or 200 * area}")
    spalten = {"raum": "Raum", "jahr": "Jahr", "merkmal": "G", "anzahl": "Anzahl"}
    notes = read_text(
        tmp_path, "\n".join(rows) + "\n", years=(2015, 2020), spalten=spalten, konstanten={}
    )[1]
    told = [n for n in notes if "springt" in n.was]
    assert len(told) == 10
    assert any("Die Zahl 4100 springt" in n.was for n in told)
    assert not any("Die Zahl 3000 springt" in n.was for n in told)
