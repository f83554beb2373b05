"""Deliveries that can be read and can hardly be meant: cut off, sent twice, in other digits."""

import pytest

from spm.deliveries.findings import HINWEIS
from tests.deliveries_example import COMPLETE, HEAD, LONG, errors, read, read_text

NOTE = "Hinweis: vorläufige Zahlen\n"


def notes(findings, part):
    return [f for f in findings if f.schwere == HINWEIS and part in f.was]


def test_a_table_that_has_its_last_row_is_not_told(tmp_path):
    _, findings = read_text(tmp_path, COMPLETE + NOTE + "Quelle: Amt\n", ende="Hinweis")
    assert findings == []


def test_a_table_without_its_last_row_may_have_been_cut_off(tmp_path):
    facts, findings = read_text(tmp_path, COMPLETE, ende="Hinweis")
    assert len(notes(findings, "abgeschnitten")) == 1
    assert len(facts) == 3, "told, not refused"


@pytest.mark.parametrize("footer", [NOTE, NOTE + "Quelle: Amt\n\n", "Hinweis;;\n"])
def test_full_rows_behind_the_last_one_are_told(tmp_path, footer):
    text = HEAD + "1;2020;10\n2;2020;20\n" + footer + "3;2020;30\n"
    _, findings = read_text(tmp_path, text, ende="Hinweis")
    (told,) = notes(findings, "danach stehen aber noch gefüllte Zeilen")
    assert f"erste ist Zeile {text.splitlines().index('3;2020;30') + 1}" in told.was


def counts(by_area, years=(2020, 2021, 2022)):
    return HEAD + "".join(
        f"{area};{year};{number + position}\n"
        for area, number in by_area.items()
        for position, year in enumerate(years)
    )


def test_an_area_that_a_table_of_zeros_has_no_row_of_is_told(tmp_path):
    _, findings = read_text(
        tmp_path, counts({"1": 50, "2": 60}), (2020, 2022), fehlende_zeilen="null"
    )
    (told,) = notes(findings, "keine einzige Zeile")
    assert "Der Raum 3" in told.was


def test_an_area_that_has_its_own_file_is_not_missing_in_the_others(tmp_path):
    (tmp_path / "a.csv").write_text(counts({"1": 50, "2": 60}), encoding="utf-8")
    (tmp_path / "b.csv").write_text(counts({"3": 40}), encoding="utf-8")
    both = [LONG | {"datei": name, "fehlende_zeilen": "null"} for name in ("a.csv", "b.csv")]
    _, findings = read(tmp_path, *both, years=(2020, 2022))
    assert findings == []


@pytest.mark.parametrize(("number", "times"), [(40, 1), (2, 0)])
def test_a_year_without_a_row_is_told_where_chance_is_none(tmp_path, number, times):
    text = counts({"1": 50, "2": 60, "3": number}).replace(f"3;2022;{number + 2}\n", "")
    _, findings = read_text(tmp_path, text, (2020, 2022), fehlende_zeilen="null")
    assert len(notes(findings, "für 2022 keine einzige Zeile")) == times


@pytest.mark.parametrize(("old", "new"), [("1;2020;10", "1;2020;１０"), ("1;2020;10", "1;٢٠٢٠;10")])
def test_digits_of_other_scripts_are_no_numbers(tmp_path, old, new):
    _, findings = read_text(tmp_path, COMPLETE.replace(old, new))
    assert "mit anderen Ziffern geschrieben" in errors(findings)[0].was


@pytest.mark.parametrize("number", ["10²", "⑩", "¹⁰", "1\u202e0"])
def test_signs_that_look_like_digits_are_never_read_in_silence(tmp_path, number):
    _, findings = read_text(tmp_path, COMPLETE.replace("1;2020;10", f"1;2020;{number}"))
    assert findings


@pytest.mark.parametrize("day", ["30.02.2020", "31.06.2020", "60", "01.01.0200", "29.02.2021"])
def test_days_that_there_are_not_are_no_years(tmp_path, day):
    _, findings = read_text(tmp_path, COMPLETE.replace("1;2020;10", f"1;{day};10"))
    assert errors(findings)


def table(name, year, measure="kinder"):
    return LONG | {
        "datei": name,
        "konstanten": {"merkmal": measure, "jahr": str(year)},
        "spalten": {"raum": "Raum", "alter": "Alter", "anzahl": "Anzahl"},
    }


def ages(change=0):
    cells = [(area, age, 10 * area + age) for area in (1, 2, 3) for age in (3, 4, 5)]
    rows = [f"{area};{age};{number + change * (age == 5)}" for area, age, number in cells]
    return "Raum;Alter;Anzahl\n" + "\n".join(rows)


@pytest.mark.parametrize(("change", "times"), [(0, 1), (1, 0)])
def test_one_file_for_two_years_is_told_whatever_it_is_called(tmp_path, change, times):
    (tmp_path / "a.csv").write_text(ages(), encoding="utf-8")
    (tmp_path / "b.csv").write_text(ages(change) + "\r\n", encoding="utf-8-sig")
    _, findings = read(tmp_path, table("a.csv", 2020), table("b.csv", 2021), years=(2020, 2021))
    told = notes(findings, "zweimal geliefert")
    assert [f.was.startswith("Die Zahlen von 2020 und 2021 sind in «a.csv»") for f in told] == (
        [True] * times
    )


def test_what_is_built_and_small_numbers_may_stay_the_same(tmp_path):
    few = "\n".join(line[:-2] + line[-1] for line in ages().splitlines()[1:])  # 13 -> 3
    (tmp_path / "a.csv").write_text(ages(), encoding="utf-8")
    (tmp_path / "b.csv").write_text("Raum;Alter;Anzahl\n" + few, encoding="utf-8")
    for name, measure in (("a.csv", "gruenflaeche_m2"), ("b.csv", "kinder")):
        both = [table(name, year, measure) for year in (2020, 2021)]
        _, findings = read(tmp_path, *both, years=(2020, 2021))
        assert not notes(findings, "zweimal geliefert")


def test_characters_that_nobody_sees_are_left_out_and_told(tmp_path):
    text = COMPLETE.replace("2;2020", "\u200e2\u200b;2020")
    facts, findings = read_text(tmp_path, text)
    assert sorted(facts["raum"]) == ["1", "2", "3"]
    (told,) = notes(findings, "die niemand sieht")
    assert (told.zeile, told.spalte) == (3, "Raum")
