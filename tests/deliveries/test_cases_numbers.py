"""Public bug reports about cells, signs and numbers, in ``shared/cases``: each with its value."""

import pytest

from spm.disclosure import protect
from spm.rawfiles.comparison import load_comparison
from tests.cases_example import case, checked
from tests.deliveries_example import errors

FORMULAS = "Die Formel hat kein gespeichertes Ergebnis"


def changed(params, old, new):
    """Say something else in the params file."""
    text = params.read_text(encoding="utf-8")
    assert old in text
    params.write_text(text.replace(old, new), encoding="utf-8")
    return params


def numbers(result, measure, year=2023):
    """anzahl by area of one measure and year, None where there is none."""
    rows = result.facts[(result.facts["merkmal"] == measure) & (result.facts["jahr"] == year)]
    whole = [None if number is None or number != number else int(number)
             for number in rows["anzahl"].astype("Float64").astype(object).where(
                 rows["anzahl"].notna(), None)]  # fmt: skip
    return dict(zip(rows["raum"], whole, strict=True))


@pytest.mark.parametrize(
    ("name", "was", "rows"),
    [
        ("formel-null", [FORMULAS], [2]),
        ("verbundene-zahl", ["Eine Zahl steht in einer verbundenen Zelle"] * 2, [4, 8]),
        ("fehlerzelle-ods", ["Die Zelle zeigt einen Fehler"] * 2, [4, 5]),
        ("zellen-ohne-adresse", ["Die Zelle zeigt einen Fehler", FORMULAS], [4, 5]),
        ("tausender-komma", ["Die Zahl ist mehrdeutig"] * 3, [2, 3, 4]),
    ],
)
def test_cells_without_a_number_of_their_own_are_errors(shared, tmp_path, name, was, rows):
    found = errors(checked(case(shared, tmp_path, name)).findings)
    assert [f.zeile for f in found] == rows
    assert all(f.was.startswith(text) for f, text in zip(found, was, strict=True))


def test_a_raised_footnote(shared, tmp_path):
    result = checked(case(shared, tmp_path, "hochgestellte-fussnote"))
    assert numbers(result, "sgb2_personen") == {"1": 61, "2": 41, "3": 81, "4": 31}


def test_hidden_rows(shared, tmp_path):
    result = checked(case(shared, tmp_path, "ausgeblendete-zeilen"))
    assert any("mitgezählt (40)" in f.was for f in result.findings)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("strich-null", 'fehlend: ["-", "."]', "zeichen: din55301"),
        ("strich-null", 'fehlend: ["-", "."]', 'null_zeichen: ["-"]'),
        ("werte-anzahl", "titel", "titel"),
    ],
)
def test_a_dash_as_zero(shared, tmp_path, name, old, new):
    result = checked(changed(case(shared, tmp_path, name), old, new))
    assert numbers(result, "sgb2_personen") == {"1": 60, "2": 40, "3": 80, "4": 0}
    own = result.indicators[(result.indicators["kennzahl"] == "sgb2_quote_u18")]
    total = own[(own["raum"] == "gesamt") & (own["jahr"] == 2023)].iloc[0]
    assert (total["zaehler"], total["nenner"], round(total["wert"], 1)) == (180, 3448, 5.2)


def test_marked_numbers(shared, tmp_path):
    params = case(shared, tmp_path, "revidiert-marken")
    assert "marken" in errors(checked(params).findings)[0].tun
    marks = "alter: 0-17}\n        zeichen: din55301"
    result = checked(changed(params, "alter: 0-17}", marks))
    assert numbers(result, "sgb2_personen") == {"1": 60, "2": 40, "3": 80, "4": 30}
    assert any("Marken" in f.was for f in result.findings)


def test_green_space_in_square_metres(shared, tmp_path):
    result = checked(case(shared, tmp_path, "quadratmeter"))
    assert errors(result.findings) == []
    assert numbers(result, "gruenflaeche_m2")["4"] == 250_000_000


def test_green_space_in_hectares(shared, tmp_path):
    params = case(shared, tmp_path, "hektar")
    assert "faktor" in errors(checked(params).findings)[0].tun
    result = checked(changed(params, "gruenflaeche_m2}", "gruenflaeche_m2}\n        faktor: 10000"))
    assert numbers(result, "gruenflaeche_m2") == {"1": 125_000, "2": 32_500, "3": 40_000, "4": 7500}


def test_a_comparison_value_in_a_percent_cell(shared, tmp_path):
    result = checked(case(shared, tmp_path, "vergleich-prozentzelle"))
    values = load_comparison(result.params, result.catalogue, [])
    assert [value.wert for value in values["anteil_u18"]] == [17.1]


def test_advice_on_an_encoding_does_not_go_in_a_circle(shared, tmp_path):
    params = case(shared, tmp_path, "cp850")
    for declared in ("cp1252", "latin-1", "utf-8-sig"):
        text = params.read_text(encoding="utf-8")
        now = text.split("zeichensatz: ")[1].split("\n")[0]
        found = errors(
            checked(changed(params, f"zeichensatz: {now}", f"zeichensatz: {declared}")).findings
        )
        assert "cp850" in found[0].tun, declared
    result = checked(changed(params, "zeichensatz: utf-8-sig", "zeichensatz: cp850"))
    assert numbers(result, "sgb2_personen") == {"1": 60, "2": 40, "3": 80, "4": 30}


def test_shares_above_a_hundred_are_told_without_internals(shared, tmp_path):
    found = errors(checked(case(shared, tmp_path, "quote-ueber-100")).findings)
    # Children of 2023 on those of 2022: 162 of 150 in area 2, and so 626 of 620 altogether.
    told = [("162 von 150", "Raum 2"), ("626 von 620", "Raum gesamt")]
    assert all(part in f.was for f, parts in zip(found, told, strict=True) for part in parts)
    assert all("art: rate" in f.tun for f in found)
    assert not any(sign in f.was + f.tun for f in found for sign in ("(('", "nicht im Zähler"))


def test_rounded_sums_are_notes_where_the_sender_says_so(shared, tmp_path):
    params = case(shared, tmp_path, "gerundete-summen")
    assert len(errors(checked(params).findings)) == 2
    rounded = "stelle: Jobcenter\n    verfahren: {art: rundung, abweichung: 2}"
    result = checked(changed(params, "stelle: Jobcenter", rounded))
    assert errors(result.findings) == []
    assert sum("größer als die Gesamtzahl 50" in f.was for f in result.findings) == 2
    assert numbers(result, "wohngeld_haushalte") == dict.fromkeys("1234", 15) | {"gesamt": 50}
    narrow = changed(params, "abweichung: 2}", "abweichung: 1}")
    assert len(errors(checked(narrow).findings)) == 2


def test_shares_above_a_hundred_by_rounding_are_notes(shared, tmp_path):
    params = case(shared, tmp_path, "quote-ueber-100")
    rounded = "stelle: Jugendamt\n    verfahren: {art: rundung, abweichung: 12}"
    result = checked(changed(params, "stelle: Jugendamt", rounded))
    assert errors(result.findings) == []
    assert any("162 von 150" in f.was and f.schwere == "Hinweis" for f in result.findings)
    assert protect(result.inputs).audit.passed
    own = result.indicators
    own = own[(own["kennzahl"] == "betreuungsquote_3_5") & (own["raum"] == "2")]
    assert round(own.set_index("jahr").loc[2023, "wert"], 1) == 108.0
