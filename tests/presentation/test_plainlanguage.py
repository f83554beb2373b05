"""The page in plain language: short, rounded, certain; and the municipality's own text."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from spm.owntexts.texts import LEICHTE_SPRACHE, OwnTexts
from spm.presentation.pages.plainlanguage import page
from spm.presentation.views import Change
from spm.presentation.wording.plainlanguage import SENTENCES, rounded, sections
from spm.published import GESAMT
from tests.presentation.test_wording_properties import STIGMA
from tests.presentation_sample import kennzahl, sicht
from tests.sheets_example import PILOT

BERICHT = SimpleNamespace(berichtsjahr=2023, herausgeber="Kreis Muster", kontakt="a@example.org")
LONGEST = 12
"""Words of a sentence."""


def views(**changes):
    found = []
    for key in SENTENCES:
        count = key == "einwohner"
        entry = kennzahl(
            key, art="anzahl" if count else "anteil", einheit="" if count else "%", **changes
        )
        found.append(sicht(7, entry, ort=PILOT))
    return found


def told(found, texts=None):
    return page(found, PILOT, BERICHT, texts)


def lines(block):
    return [line for line in block.text.splitlines() if line and not line.endswith("?")]


def test_sentences_are_short_and_stand_alone():
    found = lines(told(views()))
    assert len(found) > 15
    for line in found:
        assert len(line.split()) <= LONGEST, line
        assert ";" not in line and "(" not in line and "%" not in line


def test_numbers_are_rounded_and_there_are_no_intervals():
    for view in views():
        text = rounded(view)
        assert "," not in text and re.fullmatch(r"[\d.]+|weniger als 1", text)
    count = views()[0]
    rows = count.rows | {(GESAMT, 2023): count.total._replace(wert=35107.0)}
    assert rounded(replace(count, rows=rows)) == "35.000"
    share = views()[1]
    rows = share.rows | {(GESAMT, 2023): share.total._replace(wert=0.4)}
    small = told([replace(share, rows=rows)]).text
    assert "sind weniger als 1 jünger" in small and "etwa weniger" not in small


def test_only_what_is_certain_is_told():
    view = views()[1]
    for direction, word in (
        ("gestiegen", "Im Jahr 2018 waren es weniger."),
        ("gesunken", "Im Jahr 2018 waren es mehr."),
        ("hinweis_anstieg", ""),
        ("unveraendert", ""),
    ):
        changes = {GESAMT: Change(2018, 2023, 1.0, 0.5, 1.5, direction)}
        text = told([replace(view, changes=changes)]).text
        assert (word in text) if word else "waren es" not in text


def classed(view, **classes):
    """The same with these areas different by the test, and no other."""
    rows = {at: r._replace(klasse=classes.get(f"r{at[0]}", "wie")) for at, r in view.rows.items()}
    return replace(view, rows=rows)


def test_nobody_is_stigmatised_and_only_demonstrated_differences_have_a_place():
    assert not re.search(STIGMA, told(views()).text)
    view = views()[1]
    text = told([classed(view, r4="deutlich_ueber", r1="unter", r2="unter", r3="unter")]).text
    assert "In Sozialraum\u00a04 sind es mehr." in text
    assert "In 3 Sozialräumen sind es weniger." in text
    none = told([classed(view)]).text
    assert "sind es" not in none and "gleich" not in none


def test_who_is_counted_is_said_as_the_catalogue_defines_it():
    text = told(views()).text
    assert "vor 3 Jahren" not in text and "jünger als 3 Jahre" in text
    assert "ohne Ersten Schul-Abschluss.\n" in text and "Abschluss der Förder-Schule" in text
    assert "in diesen Familien" in text and "bekommen" not in text


@pytest.mark.parametrize("status", ["gesperrt", "nicht_geliefert"])
def test_a_value_that_is_not_shown_is_not_told(status):
    entry = kennzahl("sgb2_quote_u18")
    view = sicht(7, entry, ort=PILOT, hidden=[(None, "gesamt", 2023, status)])
    text = told([view]).text
    assert "Geld" not in text
    areas = sicht(7, entry, ort=PILOT, hidden=[(None, "2", 2023, status)])
    assert ("geheim" in told([areas]).text) == (status == "gesperrt")


def test_the_own_text_replaces_or_surrounds_the_sentences():
    own = OwnTexts(chapters={LEICHTE_SPRACHE: "Unser Text."})
    assert told(views(), own).markdown == "Unser Text."
    around = OwnTexts(chapters={LEICHTE_SPRACHE: "Davor.\n\n{saetze}\n\nDanach."})
    source = told(views(), around).markdown
    assert source.startswith("Davor.") and source.endswith("Danach.") and "Job-Center" in source
    assert "{saetze}" not in source


def test_names_are_escaped():
    nasty = SimpleNamespace(berichtsjahr=2023, herausgeber="A|B <i> *x*", kontakt="@fig-x")
    source = page(views(), PILOT, nasty, None).markdown
    assert "\\<i\\>" in source and "\\*x\\*" in source and "\\@fig-x" in source


def test_without_data_it_still_says_what_the_report_is():
    titles = [title for title, _ in sections([], PILOT, 2023, "Amt", "")]
    assert titles == ["Was ist das für ein Bericht?", "Mehr erfahren"]
