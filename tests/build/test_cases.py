"""Cases of `shared/cases`: areas, dates and keys, contradictions."""

import pytest

from spm.build.checking import forecast
from spm.errors import SpmError
from spm.progress import Steps
from tests.cases_example import case, checked

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "told"), [("achsen-grad", "x und y sind vertauscht"), ("zonenkennung", "EPSG:4647")]
)
def test_areas_outside_of_germany_are_refused(shared, tmp_path, name, told):
    with pytest.raises(SpmError) as caught:
        checked(case(shared, tmp_path, name))
    assert told in caught.value.tun


def test_one_outline_for_two_areas_is_refused(shared, tmp_path):
    with pytest.raises(SpmError, match="«1» und «2» haben denselben Umriss"):
        checked(case(shared, tmp_path, "flaechen-ueberlappen"))


def test_a_shapefile_in_utf8_without_cpg(shared, tmp_path):
    done = checked(case(shared, tmp_path, "shp-utf8-ohne-cpg"))
    assert list(done.areas["name"]) == ["Grünau", "Süd", "Größe", "Ährenhof"]
    assert done.findings == []


def test_mixed_reference_dates_are_a_note(shared, tmp_path):
    (note,) = checked(case(shared, tmp_path, "stichtage-gemischt")).findings
    assert (note.schwere, note.zeile) == ("Hinweis", 6)
    assert "2023 am 30.06.; 2022 am 31.12.; als stichtag der Lieferung steht «31.12.»" in note.was


def test_spellings_that_fulfil_no_condition_are_ranked(shared, tmp_path):
    (note,) = checked(case(shared, tmp_path, "schreibweisen")).findings
    assert "96 von 160 Zeilen" in note.was
    for value in ("Auffällig", "auffaellig", "unauff."):
        assert f"«{value}» (32 Zeilen, gemeint «" in note.was


def test_the_right_spellings_give_the_right_numbers(shared, tmp_path):
    params = case(shared, tmp_path, "schreibweisen")
    text = params.read_text(encoding="utf-8")
    good = "unauffällig, unauff."
    bad = "auffällig, Auffällig, auffaellig"
    text = text.replace("[unauffällig, auffällig]", f"[{good}, {bad}]")
    params.write_text(text.replace("[auffällig]", f"[{bad}]"), encoding="utf-8")
    done = checked(params)
    assert done.findings == []
    counted = done.facts[done.facts["merkmal"].str.startswith("seu_sprache")]
    assert set(counted.loc[counted["merkmal"].str.endswith("untersucht"), "anzahl"]) == {20}
    assert set(counted.loc[counted["merkmal"].str.endswith("auffaellig"), "anzahl"]) == {12}


def test_an_identifier_of_each_year(shared, tmp_path):
    params = case(shared, tmp_path, "kennung-je-jahr")
    (error,) = (f for f in checked(params).findings if f.schwere == "Fehler")
    assert "nur innerhalb eines Jahres eindeutig: 8 Werte" in error.was
    assert "kennung: [jahr, Nr]" in error.tun
    text = params.read_text(encoding="utf-8")
    params.write_text(text.replace("kennung: Nr", "kennung: [jahr, Nr]"), encoding="utf-8")
    (note,) = checked(params).findings  # and what the params file leaves open
    assert "nennt keine mindestfallzahl" in note.was


def test_overlapping_ages_are_an_error_and_mapped_ones_right(shared, tmp_path):
    params = case(shared, tmp_path, "alter-ueberlappend")
    (error,) = checked(params).findings
    assert error.schwere == "Fehler"
    assert "0–3 und 3–6 (wer 3 ist, gehört zu beiden)" in error.was
    assert "werte.alter" in error.tun
    werte = (
        "werte: {alter: {0 bis 3: 0-2, 3 bis 6: 3-5, 6 bis 10: 6-9, 10 bis 18: 10-17, "
        "18 bis 65: 18-64, 65 und mehr: 65+}}"
    )
    text = params.read_text(encoding="utf-8")
    params.write_text(
        text.replace("konstanten: {merk", f"{werte}\n        konstanten: {{merk"), encoding="utf-8"
    )
    done = checked(params)
    assert done.findings == []
    people = done.facts[(done.facts["merkmal"] == "bevoelkerung") & (done.facts["jahr"] == 2023)]
    assert people["anzahl"].sum() == 16_872


def test_more_children_in_day_care_than_in_the_register(shared, tmp_path):
    params = case(shared, tmp_path, "quote-ueber-100")
    done = checked(params)
    errors = [f for f in done.findings if f.schwere == "Fehler"]
    assert len(errors) == 2
    # By the official definition: children on 1 March among those of 31 December before
    assert "162 von 150 (Jahr 2023, im Nenner 2022, Raum 2)" in errors[0].was
    assert "art: rate" in errors[0].tun
    assert "('" not in errors[0].was
    assert forecast(done, Steps(quiet=True)) == []


def test_the_advice_on_quotas_above_100_helps(shared, tmp_path):
    params = case(shared, tmp_path, "quote-ueber-100")
    common = (params.parent / "kennzahlen.yml").read_text(encoding="utf-8")
    start = common.index("\n  betreuungsquote_3_5:")
    own = common[start : common.index("\n\n", start + 1)].replace("art: anteil", "art: rate")
    own = own.replace(", jahr: vorjahr", "")  # the case's figure is that of the same year
    (params.parent / "eigene.yml").write_text(f"kennzahlen:{own}\n", encoding="utf-8")
    text = params.read_text(encoding="utf-8")
    params.write_text(
        text.replace("[params/kennzahlen.yml]", "[params/kennzahlen.yml, params/eigene.yml]"),
        encoding="utf-8",
    )
    done = checked(params)
    assert [f for f in done.findings if f.schwere == "Fehler"] == []
    rows = done.indicators.set_index(["kennzahl", "jahr", "raum"])
    assert rows.loc[("betreuungsquote_3_5", 2022, "2"), "wert"] == pytest.approx(106.0)
