"""The Kurzfassung: calls that can be reordered, at most two pages, no claim without a test."""

import re
from dataclasses import replace

import pikepdf
import pytest
import yaml

from spm.book.document import read_texts
from spm.errors import SpmError
from spm.owntexts.texts import KURZFASSUNG, OwnTexts
from spm.presentation.blocks import plain
from spm.presentation.figures.overview import prevailing, signed
from spm.presentation.pages.companions import SUMMARY
from spm.presentation.profile import Differing
from spm.presentation.summary import MANY, Summary
from spm.presentation.views import Change, Trend
from spm.presentation.wording.summary import most_different
from spm.presentation.wording.supply import met, take_up
from spm.products import summary as product
from spm.published import FALLEND, GESAMT, ComparisonValue
from spm.text.numbers import format_number
from tests.conftest import ROOT
from tests.presentation.test_wording_properties import HIGHER, LOWER, MOVED, STIGMA
from tests.presentation_sample import areas, sicht
from tests.sheets_example import PILOT, context, entries, entry, profiles, untested, views

BLOCKS = ("kernaussagen", "gebiete", "kommune", "angebot", "text", "grenzen")
OTHERS = ("kernzahlen", "raeume", "uebersicht", "entwicklungen", "aussagekraft")


def kurz(found, n=7, text=""):
    """The Kurzfassung of made-up areas, with an own text."""
    texte = OwnTexts(chapters={KURZFASSUNG: text} if text else {})
    return Summary(profiles(found, n), found, PILOT, texte)


def markdown(summary, *names):
    return "\n\n".join(getattr(summary, name)().markdown for name in names or BLOCKS)


def chapters(folder, body):
    """The chapter as the book has it, beside another one that it refers to."""
    folder.mkdir(parents=True, exist_ok=True)
    title = "# Das Wichtigste in Kürze {#sec-kurzfassung .unnumbered}\n\n"
    texts = {KURZFASSUNG: title + body, "03-sgb2": "# Leistungen {#sec-sgb2}\n\nText."}
    return read_texts(texts, folder)


def written(folder, body, formats=("html", "pdf")):
    made = context(folder, [], 1, formats=formats, chapters=chapters(folder / "texte", body))
    made.html.mkdir()
    product.write(made)
    return made


def pages(path):
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


@pytest.mark.slow
def test_two_pages_are_enough_and_both_files_are_the_same(tmp_path):
    made = written(tmp_path / "bericht", markdown(kurz(views(entries()), text="Eigener Text.")))
    own = tmp_path / "bericht" / "musterstadt-kurzfassung.pdf"
    assert 1 <= pages(own) <= 2
    assert (made.html / SUMMARY).read_bytes() == own.read_bytes()


@pytest.mark.slow
def test_86_areas_and_long_names_keep_to_two_pages(tmp_path):
    found = views(entries(40), 86)
    summary = kurz(found, 86)
    assert summary.uebersicht().markdown.count("| Sozialraum ") == MANY + 1
    assert summary.raeume().markdown.count("\n- ") == 6
    written(tmp_path, markdown(summary))
    assert pages(tmp_path / "musterstadt-kurzfassung.pdf") <= 2


def test_it_lies_where_the_formats_asked_for_need_it(tmp_path):
    made = written(tmp_path / "a", "Text.", ("html",))
    assert [path.name for path in made.html.iterdir()] == ["kurzfassung.pdf"]
    assert not (tmp_path / "a" / "musterstadt-kurzfassung.pdf").exists()
    written(tmp_path / "b", "Text.", ("pdf",))
    assert (tmp_path / "b" / "musterstadt-kurzfassung.pdf").is_file()
    assert not list((tmp_path / "b" / "html").iterdir())


def test_a_book_without_the_chapter_has_no_kurzfassung(tmp_path):
    product.write(context(tmp_path, [], 1))
    assert not (tmp_path / "musterstadt-kurzfassung.pdf").exists()


@pytest.mark.slow
def test_too_long_a_text_is_refused_with_the_number_of_pages(tmp_path):
    with pytest.raises(SpmError) as caught:
        written(tmp_path, "Ein langer Absatz über vieles. " * 40 + "\n\n" + "Noch einer.\n\n" * 200)
    assert re.search(r"hat (drei|vier|fünf|sechs) Seiten", str(caught.value))
    assert "kurzfassung.md kürzen" in str(caught.value)


def test_references_into_the_report_become_text(tmp_path):
    """They would point at nothing: Typst refuses a label that does not exist."""
    made = written(tmp_path, "Siehe @sec-sgb2 und [dort](#sec-sgb2).")
    with pikepdf.open(made.html / SUMMARY) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
    assert "Kapitel" in made.chapters[0].html and 'href="03-sgb2.html' in made.chapters[0].html


@pytest.mark.slow
def test_the_same_chapter_gives_the_same_bytes(tmp_path):
    body = markdown(kurz(views(entries())))
    one, two = (written(tmp_path / turn, body).html / SUMMARY for turn in "ab")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.slow
def test_numbers_are_published_ones():
    found = views(entries())
    lines = markdown(kurz(found), "kernzahlen").splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    shown = [s for s in found if s.indicator.id in profiles(found)[0].core]
    assert len(rows) == len(shown)
    for cells, view in zip(rows, shown, strict=True):
        values = [row.wert for row in view.published]
        places = view.indicator.nachkommastellen
        assert cells[1] == format_number(view.total.wert, places)
        assert (
            cells[4] == f"{format_number(min(values), places)}–{format_number(max(values), places)}"
        )


def test_counts_of_differences_are_those_of_the_tests():
    found = views([entry(i, "hze") for i in range(30)])
    text = markdown(kurz(found), "uebersicht")
    for own in profiles(found):
        arts = [a.kind for a in own.entries]
        line = next(line for line in text.splitlines() if line.startswith(f"| {own.name} "))
        cell = line.split("|")[2].strip()
        assert re.sub(r"\D*\d+", "", cell) == ""
        good, bad = (re.search(rf"\{sign}(\d+)", cell) for sign in "+−")
        assert int(good[1] if good else 0) == arts.count("staerke")
        assert int(bad[1] if bad else 0) == arts.count("bedarf")


@pytest.mark.slow
def test_nothing_is_claimed_without_a_test():
    names = ("kernaussagen", "raeume", "veraenderungen", "entwicklungen", "aussagekraft")
    text = markdown(kurz(untested(views(entries()))), *names)
    for word in ("übrigen", "über zufällige"):
        text = text.replace(word, "")
    assert not re.search(rf"günstiger|{HIGHER}|{LOWER}|{MOVED}", text)
    assert "In keinem der Sozialräume" in text
    assert "ist in der Pilotkommune eine Veränderung nachweisbar" in text


def test_a_trend_is_told_even_if_first_and_last_year_alone_show_no_change():
    found = untested(views(entries(6)))
    assert "Trend" not in markdown(kurz(found), "entwicklungen")
    trend = Trend(von=2018, bis=2023, n=6, richtung=FALLEND)
    found[3] = replace(found[3], trends={GESAMT: trend})
    text = markdown(kurz(found), "entwicklungen")
    first, last = (found[3].text(found[3].row(GESAMT, year).wert) for year in (2018, 2023))
    assert "Über die Jahre hinweg ist ein Trend nachweisbar:" in text
    assert f"fallend, von {first} (2018) auf {last} (2023)" in text.replace("\\", "")


@pytest.mark.slow
def test_suppressed_values_are_counted_and_never_shown():
    found = views(
        entries(), hidden=[(None, "gesamt", None, "gesperrt"), (None, "3", 2023, "gesperrt")]
    )
    text = markdown(kurz(found), "kernzahlen", "aussagekraft")
    assert "Von 441 Werten der Sozialräume für 2023 sind 63 (14\u00a0%)" in text
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| Kennzahl ")][1:]
    assert rows and all(cells[2].strip() == "•" and not cells[3].strip() for cells in rows)


@pytest.mark.slow
def test_wording_does_not_stigmatise():
    assert not re.search(STIGMA, markdown(kurz(views(entries())), *BLOCKS, *OTHERS))


def test_without_deliveries_there_is_nothing_to_say():
    assert not markdown(kurz([]), *BLOCKS, *OTHERS).strip()


def test_the_own_text_stands_under_a_heading():
    text = markdown(kurz(views(entries(9)), text="Der Ausschuss berät."), "text")
    assert text == "## Einordnung der Kommune {.unnumbered}\n\nDer Ausschuss berät."


def test_the_chapter_follows_the_introduction():
    listed = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["book"]["chapters"]
    assert listed.index("kurzfassung.ipynb") < listed.index("01-bevoelkerung.ipynb")


def told(number, direction, kind="belastend", trend=None, **changes):
    """A view of which the municipality changed so."""
    view = sicht(7, entry(number, richtung=kind, **changes), ort=PILOT)
    low, high = (-1.0, 1.0) if direction == "unveraendert" else (0.5, 2.5)
    trends = {GESAMT: Trend(2018, 2023, 6, trend)} if trend else {}
    change = Change(2018, 2023, (low + high) / 2, low, high, direction)
    return replace(view, changes={GESAMT: change}, trends=trends)


def test_three_levels_lead_indicators_first():
    found = [
        told(1, "gestiegen"),
        told(2, "gestiegen", "entlastend", leitkennzahl=True),
        told(3, "hinweis_rueckgang"),
        told(4, "unveraendert", trend=FALLEND),
        told(5, "unveraendert"),
    ]
    shown, hints, trends, same = markdown(kurz(found), "veraenderungen").splitlines()[2:]
    assert (
        shown.startswith("- **Nachweisbar bei zwei:** Kennzahl C: gestiegen")
        and "günstiger; K" in shown
    )
    assert shown.endswith("ungünstiger.")
    assert (
        hints.startswith("- **Hinweise bei einer:** Kennzahl D: Rückgang")
        and "kann er Zufall" in hints
    )
    assert "fallend: „Kennzahl E“" in plain(trends) and "erst alle Werte zusammen" in trends
    assert "zwischen dem ersten und dem letzten Jahr" in trends
    assert same == (
        "- Bei zwei Kennzahlen ist keine Veränderung nachweisbar; bei einer davon gibt es aber den "
        "Trend."
    )


def test_what_is_told_of_changes_adds_up_and_what_is_only_counted_is_apart():
    count = {"art": "anzahl", "einheit": "Kinder", "nachkommastellen": 0, "kapitel": "hze"}
    moved = [told(i, "gestiegen") for i in range(1, 7)]
    hints = [told(7, "hinweis_rueckgang", trend=FALLEND), told(8, "hinweis_anstieg", trend=FALLEND)]
    same = [told(9, "unveraendert", trend=FALLEND), told(10, "unveraendert")]
    counted = sicht(7, entry(11, kurztitel="Kinder", **count), ort=PILOT)
    rows = dict(counted.rows)
    for year, n in ((2018, 5102.0), (2023, 5248.0)):
        rows[GESAMT, year] = rows[GESAMT, year]._replace(wert=n, zaehler=n)
    counted = replace(counted, rows=rows)
    text = markdown(kurz([*moved, *hints, *same, counted]), "veraenderungen")
    assert text.startswith("Zehn Kennzahlen ließen sich")
    words = {"einer": 1, "einem": 1, "zwei": 2, "sechs": 6}
    parts = re.findall(r"^- (?:\*\*(?:Nachweisbar|Hinweise?) b|B)ei (\w+)", text, re.MULTILINE)
    assert [words[word] for word in parts] == [6, 1, 1, 2]
    assert "und zwei weitere." in text
    last = text.splitlines()[-1]
    assert last.startswith("- **Außerdem gezählt, nicht geprüft:** Kinder: ")


def test_a_hint_with_a_trend_of_its_direction_has_one_verdict():
    found = [
        told(1, "hinweis_rueckgang", trend=FALLEND),
        told(2, "hinweis_anstieg", trend=FALLEND),
        told(3, "hinweis_anstieg"),
    ]
    borne, hints, trends = markdown(kurz(found), "veraenderungen").splitlines()[2:]
    assert "durch den Trend über alle Jahre gestützt:** Kennzahl B: Rückgang" in borne
    assert "Zufall" not in borne and "Kennzahl B" not in hints + trends
    assert "Kennzahl C" in hints and "Kennzahl D" in hints and "fallend: „Kennzahl C“" in trends


def test_one_more_and_the_number_behind_a_change_have_their_names():
    text = markdown(kurz([told(i, "gestiegen") for i in range(1, 6)]), "veraenderungen")
    assert "weitere" not in text and all(f"Kennzahl {letter}:" in text for letter in "BCDEF")
    satz = "die Veränderung der Zahl der unter 18-Jährigen gegenüber 2018"
    view = sicht(7, entry(1, art="veraenderung", satz=satz, kapitel="hze"), ort=PILOT)
    row = view.total._replace(zaehler=6341.0, nenner=6150.0)
    view = replace(view, rows=view.rows | {(GESAMT, view.year): row})
    text = plain(markdown(kurz([view]), "veraenderungen"))
    assert "Zahl der unter 18-Jährigen: +191, von 6.150" in text


def test_the_first_sentence_says_what_kind_of_difference_it_is():
    area = AREA._replace(differs=6, compared=8, judged=5, unfavourable=4, higher=2)
    other = AREA._replace(name="Sozialraum 5", differs=1, compared=8, judged=5, favourable=1)
    text = most_different([area, other], PILOT)
    assert "wichtigen Kennzahlen (ungünstiger bei vier, höher bei zwei)" in text
    both = most_different([area, area._replace(name="Sozialraum 6")], PILOT)
    assert both.count("(ungünstiger bei vier, höher bei zwei)") == 2
    assert both.endswith(": bei sechs von acht wichtigen Kennzahlen.")


def test_the_first_sentence_names_few_indicators_and_what_the_others_are():
    named = (("ungünstiger", "SGB II, unter 18 Jahre"), ("höher", "unter 18 Jahre"))
    area = AREA._replace(
        differs=2, compared=3, judged=2, unfavourable=1, higher=1, named=named, name="Nordstadt"
    )
    text = plain(most_different([area, AREA], PILOT))
    assert "(ungünstiger bei „SGB II, unter 18 Jahre“, höher bei „Unter 18 Jahre“)" in text
    assert text.endswith("; bei einem Sozialraum ist kein Unterschied nachweisbar.")
    assert plain(most_different([area] * 3, PILOT)).count("„SGB II, unter 18 Jahre“") == 3
    many = area._replace(differs=7, unfavourable=6, named=named[:1] * 6 + named[1:])
    assert "(ungünstiger bei sechs, höher bei einer)" in plain(most_different([many], PILOT))


def test_an_area_names_what_it_differs_in():
    (first, *_) = profiles(views(entries(9, richtung="belastend")))
    kinds = [a.kind for a in first.entries if a.view.indicator.id in first.core]
    named = first.differing.named
    assert len(named) == first.differing.differs > 0
    assert [way for way, _ in named].count("ungünstiger") == kinds.count("bedarf")


def test_people_are_counted_not_tested():
    count = {"art": "anzahl", "einheit": "Kinder", "nachkommastellen": 0, "kapitel": "hze"}
    view = sicht(7, entry(1, kurztitel="Kinder", **count), ort=PILOT)
    rows = dict(view.rows)
    for year, n in ((2018, 5102.0), (2023, 5248.0)):
        rows[GESAMT, year] = rows[GESAMT, year]._replace(wert=n, zaehler=n)
    found = [told(2, "unveraendert"), replace(view, rows=rows)]
    text = markdown(kurz(found), "veraenderungen")
    assert "**Außerdem gezählt, nicht geprüft:** Kinder: +146, von 5.102 (2018) auf 5.248." in text


def test_other_places_are_told_by_the_interval_of_the_municipality():
    def beside(wert):
        view = sicht(7, entry(1, richtung="belastend"), ort=PILOT)
        return replace(view, elsewhere=(ComparisonValue("Kreis Muster", 2023, wert, "Amt"),))

    low, high = beside(1.0).total.limits
    for wert, name, words in (
        (low - 0.1, "unguenstig", "höher als im Kreis Muster bei „Kennzahl B“ (ungünstiger)"),
        ((low + high) / 2, "gleich", "bei keiner wichtigen Kennzahl erkennbar anders"),
        (high + 0.1, "guenstig", "niedriger als im Kreis Muster"),
    ):
        summary = kurz([beside(wert)])
        table = markdown(summary, "kommune")
        assert f"]{{.{name}}}" in table
        sign = {"unguenstig": "−", "guenstig": "+"}.get(name)
        assert (f"hier\u00a0{sign}" in table) if sign else "hier" not in table
        assert "hier: Wert der Kommune, verglichen" in plain(table) or not sign
        assert words in plain(markdown(summary, "kernaussagen"))


def test_supply_is_told_where_need_and_supply_differ():
    need = sicht(3, entry(1, richtung="belastend"), ort=PILOT)
    care = sicht(3, entry(2, richtung="entlastend"), ort=PILOT)

    def classed(view, **classes):
        rows = {
            at: row._replace(klasse=classes.get(f"r{at[0]}", "wie"))
            for at, row in view.rows.items()
        }
        return replace(view, rows=rows)

    found = [classed(need, r1="ueber", r2="ueber"), classed(care, r1="unter", r3="unter")]
    text = met(profiles(found, 3), ["k1", "k2"])
    assert "Sozialraum\u00a01" in text and "Sozialraum\u00a02" not in text and "3" not in text
    assert met(profiles([classed(need), classed(care)], 3), ["k1", "k2"]) == ""
    assert "## Angebot und Bedarf" in kurz(found, 3).angebot("k1", "k2").markdown
    assert not kurz(found, 3).angebot("k1")

    places = sicht(3, entry(3, art="messwert"), ort=PILOT)
    level = {
        at: row._replace(wert={"1": 9.5, "3": 2.0}.get(at[0], 5.0), klasse=None)
        for at, row in places.rows.items()
    }
    beside = [replace(places, rows=level), found[1]]
    text = plain(take_up(profiles(beside, 3), ["k3", "k2"]))
    first, second = text.partition(": ")[2].split("; ")[:2]
    assert first.startswith("Sozialraum\u00a01 (") and "bei mehr Plätzen als" in first
    assert "9,5 gegenüber 5,0" in first
    assert second.startswith("Sozialraum\u00a03 (") and "bei weniger Plätzen als" in second
    assert take_up(profiles([classed(care)], 3), ["k3", "k2"]) == ""


AREA = Differing(
    name="Sozialraum 4",
    differs=0,
    compared=0,
    judged=0,
    favourable=0,
    unfavourable=0,
    higher=0,
    lower=0,
)


def test_the_map_is_coloured_by_what_prevails_of_the_judged_indicators():
    for worse, better, name, text in (
        (4, 0, "unguenstig2", "4\u00a0−"),
        (2, 1, "unguenstig", "2\u00a0− · 1\u00a0+"),
        (1, 1, "gleich", "1\u00a0− · 1\u00a0+"),
        (0, 0, "gleich", "0"),
        (0, 1, "guenstig", "1\u00a0+"),
        (0, 2, "guenstig2", "2\u00a0+"),
    ):
        area = AREA._replace(judged=5, unfavourable=worse, favourable=better, higher=3)
        assert (prevailing(area), signed(area)) == (name, text)
    assert (prevailing(AREA), signed(AREA)) == ("", "–")


def test_one_indicator_needs_no_map_and_is_not_counted_as_one_of_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    worse = AREA._replace(differs=1, compared=1, judged=1, unfavourable=1)
    one = [worse._replace(name="Nord"), worse._replace(name="Süd"), AREA._replace(compared=1)]
    text = most_different(one, PILOT)
    assert text.startswith("Bei der einen wichtigen Kennzahl, die sich vergleichen lässt, ")
    two = [area._replace(compared=3) for area in one]
    assert "bei einer von drei wichtigen Kennzahlen" in most_different(two, PILOT)
    found = [sicht(7, entry(1), ort=PILOT)]
    summary = Summary(profiles(found), found, PILOT, None, lambda: list(areas(7).geometry))
    assert not summary.karte()


def test_the_map_says_in_words_which_way_areas_differ(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = views(entries(9, richtung="belastend"))
    summary = Summary(profiles(found), found, PILOT, None, lambda: list(areas(7).geometry))
    block = summary.karte()
    assert (tmp_path / "figures/kurzfassung-karte.svg").is_file()
    alt = re.search('fig-alt="(.*?)"', block.markdown)[1]
    assert len(alt) <= 300 and "Sozialraum" in alt and re.search(r": \w+ (un)?günstiger", alt)
    assert not kurz(found).karte() and not kurz(untested(found)).karte()
