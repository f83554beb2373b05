"""The list of offers in the Gesamtbild and in profiles: places beside need, reach, networks."""

from dataclasses import replace

from shapely import box

from spm.config.publictables import Angebotsliste
from spm.presentation.profile import profile
from spm.presentation.profilepages import profile_part
from spm.presentation.synthesis.offers import OffersChapter, with_offers
from spm.presentation.tables.profile import profile_markdown
from spm.presentation.views import AreaRow
from spm.rawfiles.offers import Offer
from tests.presentation_sample import kennzahl, sicht

NAMES = {"1": "Sozialraum 1", "2": "Sozialraum 2", "3": "Sozialraum 3"}


def offer(raum="1", plaetze=10, phase="0 bis 2 Jahre", **changes) -> Offer:
    values = {
        "art": "angebot",
        "name": "Babytreff",
        "traeger": "Jugendamt",
        "thema": "Frühe Hilfen",
        "lebensphase": phase,
        "raum": raum,
        "plaetze": plaetze,
        "zielgruppe": "Familien",
        "offen_fuer": "alle",
    }
    return Offer(**(values | changes))


def need(counts, key="sgb2_quote_u18", total=(774.0, 977.0)):
    """An indicator with these numerators; None: suppressed."""
    found = sicht(3, kennzahl(key, titel="Erreichte Familien", nachkommastellen=1, quelle="Amt"))
    rows = {
        ("gesamt", 2023): AreaRow("gesamt", "Musterstadt", "ok", *total, 100 * total[0] / total[1])
    }
    for i, count in enumerate(counts, start=1):
        status = "gesperrt" if count is None else "ok"
        rows[str(i), 2023] = AreaRow(
            str(i), f"Sozialraum {i}", status, count, None if count is None else 100.0, count
        )
    return replace(found, rows=rows)


def chapter(offers, view, **section) -> OffersChapter:
    settings = {"bedarf": {"alle Lebensphasen": "sgb2_quote_u18"}} | section
    views = {view.indicator.id: view}
    return OffersChapter(offers, Angebotsliste(datei="x.csv", **settings), views, NAMES, view.place)


OFFERS = (offer("1", 10), offer("2", 10), offer("3", 20), offer("gesamt", 99))


def test_gaps_by_hand() -> None:
    """60, 30, 10 in need beside 10, 10, 20 places; what is for everybody counts nowhere."""
    text = chapter(OFFERS, need([60.0, 30.0, 10.0])).luecken().markdown.replace("\u00a0", " ")
    assert "| Sozialraum | Bedarf | 0 bis 2 Jahre |" in text
    assert "| Sozialraum 1 | 60 % | 10 (25 %) |" in text
    assert "| Sozialraum 3 | 10 % | 20 (50 %) |" in text
    assert "| **Alle Sozialräume** | **100 %** | **40** |" in text
    assert "für „0 bis 2 Jahre“ in Sozialraum 1 auseinander: Dort leben 60 %" in text
    assert "(60 von 100), dort liegen 25 % der Plätze (10 von 40)." in text
    assert "+" not in text and "−" not in text


def test_one_need_for_all_phases_is_said_before_they_are_compared() -> None:
    more = (*OFFERS, offer("2", 40, "alle Lebensphasen"))
    text = chapter(more, need([60.0, 30.0, 10.0])).luecken().markdown.replace("\u00a0", " ")
    assert text.startswith("Als Bedarf gilt für jede Lebensphase der Anteil an allen, die die")
    assert "| 0 bis 2 Jahre | für jedes Alter |" in text  # not to be read as a sum
    assert "bei Präventionsangeboten für jedes Alter in Sozialraum 1" in text


def test_needs_of_their_own_stand_behind_the_places() -> None:
    more = (*OFFERS, offer("2", 40, "Grundschule"))
    asked = {"bedarf": {"0 bis 2 Jahre": "sgb2_quote_u18"}}
    text = chapter(more, need([60.0, 30.0, 10.0]), **asked).luecken().markdown
    text = text.replace("\u00a0", " ")
    assert "| Sozialraum 1 | 10 (25 % · 60 %) | 0 |" in text and "| 40 |" in text
    assert "dahinter der Anteil am Bedarf" in text and "Als Bedarf gilt" not in text


def test_need_that_is_not_published_for_every_area_gives_no_gap() -> None:
    hidden = [need([60.0, None, 10.0]), need([60.0, None, 11.0])]
    texts = [chapter(OFFERS, view).luecken().markdown.replace("\u00a0", " ") for view in hidden]
    assert "| Sozialraum 1 | 10 |" in texts[0] and "In Klammern" not in texts[0]
    assert "Er ist nicht für alle Sozialräume veröffentlicht" in texts[0]
    assert texts[0] == texts[1]


def test_few_places_make_no_sentence() -> None:
    few = (offer("1", 2), offer("2", 3))
    assert "Am weitesten" not in chapter(few, need([60.0, 30.0, 10.0])).luecken().markdown


def test_reach_as_famos_reached_families() -> None:
    """774 of 977 families, 79,2 % (golden/README.md)."""
    found = chapter(OFFERS, need([1.0, 2.0, 3.0]), reichweite="sgb2_quote_u18").reichweite()
    text = found.markdown.replace("\u00a0", " ")
    assert "**79,2 %** (774 von 977)" in text


def test_reach_that_is_suppressed_says_nothing() -> None:
    view = need([1.0, 2.0, 3.0])
    view = replace(view, rows=view.rows | {("gesamt", 2023): AreaRow("gesamt", "M", "gesperrt")})
    assert not chapter(OFFERS, view, reichweite="sgb2_quote_u18").reichweite()


def test_networks_are_a_list_with_topics() -> None:
    net = offer("gesamt", None, "", art="netzwerk", name="Runder Tisch <b>", thema="Kinderschutz")
    text = chapter((net,), need([1.0, 2.0, 3.0])).alles().markdown
    assert "**Runder Tisch \\<b\\>**: Kinderschutz" in text and "Anlass zur Frage" not in text


def test_without_a_list_there_is_nothing() -> None:
    view = need([1.0, 2.0, 3.0])
    assert not OffersChapter((), None, {}, NAMES, view.place).alles()


def test_a_profile_counts_offers_and_web_pages_list_them() -> None:
    view = need([1.0, 2.0, 3.0])
    areas = profile(NAMES, [view], view.place, 2023, lambda view, raum: [raum])
    first, second, _ = with_offers(areas, (*OFFERS[:1], offer("1", 5, "Grundschule", name="Chor")))
    text = profile_markdown(first)
    assert "nennt hier zwei Angebote, eins für „0 bis 2 Jahre“ und eins für „Grundschule“" in text
    listed, printed = text.split('when-format="html"}')[1].split('when-format="typst"}')
    assert "- 0 bis 2 Jahre\n    - **Babytreff**: Frühe Hilfen; Jugendamt; 10" in listed
    assert "Babytreff" not in printed and "zwei Angebote" in printed
    assert "Angebote vor Ort" not in profile_markdown(second)


def test_the_printed_profile_only_counts_them(tmp_path) -> None:
    view = need([1.0, 2.0, 3.0])
    areas = profile(NAMES, [view], view.place, 2023, lambda view, raum: [raum])
    squares = [box(i, 0, i + 1, 1) for i in range(3)]
    text = profile_part(with_offers(areas, OFFERS), squares, tmp_path).markdown
    assert text.count("Die Angebotsliste nennt hier ein Angebot.") == 3
    assert "Babytreff" not in text and text.count('when-format="html"') == 1
