"""The report object that notebooks use, on a small project of its own."""

import ast
import subprocess
import sys
from importlib.metadata import version

import geopandas
import nbformat
import pandas as pd
import pytest
import yaml

from spm import Report
from spm.errors import SpmError
from spm.published import NICHT_GELIEFERT
from tests.certificate_example import certify
from tests.presentation_sample import kennzahl, published
from tests.report_example import CHAPTERS, PARAMS, make_project, three_entries


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with seven areas and three indicators; nothing was delivered for «bildung»."""
    make_project(tmp_path, three_entries())
    (tmp_path / "notebooks").mkdir()
    publish(tmp_path)
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def publish(root, hidden=(), keys=tuple(CHAPTERS)):
    raeume = [str(i + 1) for i in range(7)]
    hidden = [("leer", None, None, NICHT_GELIEFERT), *hidden]
    frame = published([kennzahl(k) for k in keys], raeume, hidden=hidden)
    kita = frame[(frame.raum == "gesamt") & (frame.kennzahl == "quote")].assign(gruppe="Kita: A|B")
    path = root / "data/processed/muster/published.parquet"
    pd.concat([frame, kita]).to_parquet(path)
    certify(path.parent)


def open_report():
    return Report("params/muster.yml")


def every_block(kapitel, key):
    return [
        kapitel.karte(key),
        kapitel.balken(key),
        kapitel.zeitreihe(key),
        kapitel.aussagen(key),
        kapitel.entwicklung(key),
        kapitel.tabelle(),
        kapitel.einrichtungen(),
        kapitel.abschnitt("Titel"),
    ]


@pytest.mark.slow
def test_a_chapter_shows_figures_tables_and_sentences(project):
    kapitel = open_report().kapitel("sgb2")
    figure = kapitel.karte("quote").markdown
    assert figure.startswith('::: {#fig-quote-karte}\n![](figures/quote-karte.svg){fig-alt="Karte:')
    assert (project / "notebooks/figures/quote-karte.svg").exists()
    assert "[Werte (CSV)](daten/quote.csv)" in figure
    assert "[Bild (PNG)](figures/quote-karte.png)" in figure
    assert "daten/" not in kapitel.karte("quote").html  # beside a notebook there are no files
    assert "{#fig-quote-balken}" in kapitel.balken("quote").markdown
    assert "{#fig-quote-zeitreihe}" in kapitel.zeitreihe("quote").markdown
    text = kapitel.aussagen("quote").markdown
    assert "Musterstadt" in text and "@fig-quote-karte und @fig-quote-balken" in text
    table = kapitel.tabelle().markdown
    assert "| **Musterstadt insgesamt** |" in table and "| *nicht zuordenbar* |" in table
    assert ": Kennzahlen nach Stadtteil, 2023 {#tbl-sgb2-uebersicht}" in table
    assert kapitel.abschnitt("Titel").markdown == "## Titel"
    assert "- Titel quote: **" in kapitel.ueberblick().markdown


def test_sentences_refer_only_to_figures_that_exist(project):
    kapitel = open_report().kapitel("sgb2")
    assert "@fig" not in kapitel.aussagen("quote").markdown
    kapitel.zeitreihe("quote")
    assert "(siehe @fig-quote-zeitreihe)" in kapitel.entwicklung("quote").markdown
    assert "@fig" not in kapitel.aussagen("quote").markdown


def test_a_chapter_without_delivery_is_one_sentence(project):
    kapitel = open_report().kapitel("bildung")
    assert kapitel.ueberblick().markdown == "Für dieses Kapitel liegt keine Lieferung vor."
    assert not any(block.markdown for block in every_block(kapitel, "leer"))


def test_a_missing_indicator_is_one_sentence(project):
    publish(project, hidden=[("zweite", None, None, NICHT_GELIEFERT)])
    kapitel = open_report().kapitel("sgb2")
    shown = [b.markdown for b in every_block(kapitel, "zweite")[:5]]
    assert shown == [
        "Zur Kennzahl „Titel zweite“ liegen keine passenden Angaben vor.",
        "",
        "",
        "",
        "",
    ]
    assert "Kurz zweite" not in kapitel.tabelle().markdown
    assert "Keine passenden Angaben gibt es zur Kennzahl „Titel zweite“." in (
        kapitel.ueberblick().markdown
    )


def test_the_section_of_a_missing_indicator_vanishes_with_its_figures(project):
    publish(project, hidden=[("zweite", None, None, NICHT_GELIEFERT)])
    kapitel = open_report().kapitel("sgb2")
    assert not kapitel.abschnitt("Zweite", "zweite")
    assert not any(block.markdown for block in every_block(kapitel, "zweite")[:5])
    assert kapitel.abschnitt("Beide", "zweite", "quote").markdown == "## Beide"
    assert kapitel.karte("quote")
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «quote»"):
        kapitel.abschnitt("Quote", "qoute")


def test_a_suppressed_indicator_keeps_its_section(project):
    publish(project, hidden=[("zweite", None, None, "gesperrt")])
    kapitel = open_report().kapitel("sgb2")
    assert kapitel.abschnitt("Zweite", "zweite")
    assert "aus Gründen der Geheimhaltung nicht gezeigt" in kapitel.karte("zweite").markdown


def test_only_indicators_with_data_are_defined_and_listed(project):
    hidden = [("zweite", None, None, "gesperrt"), ("leer", None, None, NICHT_GELIEFERT)]
    publish(project, hidden=hidden)
    bericht = open_report()
    others = "Zu einer weiteren Kennzahl des Kennzahlensets liegen keine Daten vor."
    for text in (bericht.kennzahlen_definitionen().text, bericht.verfuegbarkeit().text):
        assert "leer" not in text and "Bildung" not in text
        assert text.endswith(others)
    assert "keine veröffentlichten Werte" in bericht.verfuegbarkeit().text  # suppressed


def test_people_without_an_area_stand_directly_above_the_total(project):
    lines = open_report().kapitel("sgb2").tabelle().markdown.splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    assert rows[-2:] == ["*nicht zuordenbar*", "**Musterstadt insgesamt**"]
    assert "<td>nicht zuordenbar</td>" in open_report().kapitel("sgb2").tabelle().html


def test_a_missing_reporting_year_is_not_replaced(project):
    publish(project, hidden=[("quote", None, 2023, NICHT_GELIEFERT)])
    kapitel = open_report().kapitel("sgb2")
    assert kapitel.karte("quote").markdown == (
        "Zur Kennzahl „Titel quote“ wurden für das Jahr 2023 keine Werte geliefert."
    )
    assert kapitel.balken("quote").markdown == ""
    assert "{#fig-quote-zeitreihe}" in kapitel.zeitreihe("quote").markdown


@pytest.mark.slow
def test_other_indicators_step_in_only_where_the_named_ones_have_no_figure(project):
    kapitel = open_report().kapitel("sgb2")
    kapitel.karte("quote")
    assert not kapitel.weitere()
    publish(project, hidden=[("quote", None, None, NICHT_GELIEFERT)])
    kapitel = open_report().kapitel("sgb2")
    kapitel.karte("quote")
    text = kapitel.weitere().markdown
    assert text.startswith("## Titel zweite\n\n::: {#fig-zweite-karte}")
    assert "@fig-zweite-balken" in text and "(siehe @fig-zweite-zeitreihe)" in text
    assert not open_report().kapitel("bildung").weitere()


def test_titles_name_the_year_a_change_is_measured_from(project):
    path = project / "params/kennzahlen.yml"
    text = path.read_text(encoding="utf-8")
    title = "Titel quote gegenüber {erstes_jahr}"
    path.write_text(text.replace("Titel quote", title), encoding="utf-8")
    view = open_report().view("quote")
    assert view.indicator.titel == "Titel quote gegenüber 2018" and view.indicator.id == "quote"


def test_signs_are_explained_below_the_table(project):
    publish(
        project,
        hidden=[("quote", "1", 2023, "gesperrt"), ("quote", "2", 2023, "absender_gesperrt")],
    )
    table = open_report().kapitel("sgb2").tabelle().markdown
    assert "| • |" in table and "| x |" in table
    assert "x\u00a0vom Absender geheim gehalten" in table


@pytest.fixture
def pooled(project):
    """The same project, «quote» over three years and two areas together, prepared again."""
    path = project / "params/muster.yml"
    text = PARAMS.replace("name: name}", "name: name, gruppen: {Süd: ['2', '5']}}")
    text += "zusammenfassen: {quote: {jahre: 3, raeume: [Süd]}}\n"
    path.write_text(text, encoding="utf-8")
    path = project / "data/processed/muster/published.parquet"
    frame = pd.read_parquet(path)
    frame = frame[~((frame.kennzahl == "quote") & (frame.raum == "5"))]
    here = frame.kennzahl == "quote"
    frame.loc[here & (frame.raum == "2"), "raum"] = "Süd"
    frame.loc[here & (frame.jahr < 2020), "status"] = NICHT_GELIEFERT
    frame.loc[here & (frame.jahr < 2020), ["wert", "ki_unten", "ki_oben"]] = None
    frame.to_parquet(path)
    certify(path.parent)
    return project


@pytest.mark.slow
def test_a_pooled_indicator_says_so_at_every_figure(pooled):
    kapitel = open_report().kapitel("sgb2")
    together = "zusammengefasst, ebenso Sozialraum\u00a02 und Sozialraum\u00a05"
    for block in (kapitel.karte("quote"), kapitel.balken("quote")):
        assert f"Titel quote \\(in\u00a0%\\), 2021 bis 2023 {together}" in block.markdown
        assert "in sechs Gebieten, 2021 bis 2023" in block.markdown
    series = kapitel.zeitreihe("quote").markdown
    assert "2018 bis 2023, je drei Jahre zusammengefasst, ebenso" in series
    text = kapitel.aussagen("quote").markdown
    assert "im Zeitraum 2021 bis 2023" in text and "Damit mehr Werte gezeigt werden" in text
    assert "{#tbl-sgb2-uebersicht-2}" in kapitel.tabelle().markdown
    assert "Kurz quote in\u00a0%, 2021–2023" in kapitel.einrichtungen().markdown
    assert "2021 bis 2023" not in kapitel.karte("zweite").markdown


def test_the_map_of_a_group_has_one_outline(pooled):
    bericht = open_report()
    view = bericht.view("quote")
    assert [raum for raum, _ in view.area_names] == ["1", "Süd", "3", "4", "6", "7"]
    assert [shape.area for shape in bericht.shapes(view)] == [1e6, 2e6, *[1e6] * 4]
    assert [shape.area for shape in bericht.shapes(bericht.view("zweite"))] == [1e6] * 7


def test_numbers_prepared_without_pooling_are_not_shown_as_pooled(pooled):
    publish(pooled)
    with pytest.raises(SpmError, match="«quote» ist anders aufbereitet"):
        open_report()
    path = pooled / "params/muster.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(", raeume: [Süd]", ""), encoding="utf-8")
    with pytest.raises(SpmError, match=r"spm prepare params/muster\.yml"):
        open_report()  # the first years have values, so they are those of single years


def test_facilities_are_shown_only_if_asked_for(project):
    table = open_report().einrichtungen().markdown
    assert "{#tbl-sgb2-kita}" in table and "A\\|B" in table
    text = PARAMS.replace("einrichtungen: {mindestfallzahl: 12}\n", "")
    (project / "params/muster.yml").write_text(text, encoding="utf-8")
    certify(project / "data/processed/muster")
    assert open_report().einrichtungen().markdown == ""


def test_pages_around_the_chapters(project):
    bericht = open_report()
    text = bericht.einleitung().markdown
    assert "in Musterstadt, gegliedert nach sieben Stadtteilen" in text
    assert "Ohne Lieferung blieben: Bildung." in text
    params = (project / "params/muster.yml").read_text(encoding="utf-8")
    own = params.replace("{merkmal: fall}", "{merkmal: schueler}")
    (project / "params/muster.yml").write_text(own, encoding="utf-8")
    certify(project / "data/processed/muster")
    assert "Ohne passende Angaben blieben: Bildung." in open_report().einleitung().markdown
    assert "{#tbl-zeichen}" in bericht.zeichen().markdown
    assert "weniger als zehn Fälle" in bericht.mindestfallzahlen().markdown
    assert "| Leistungen | Jobcenter |" in bericht.datenquellen().markdown
    assert "2018–2023" in bericht.verfuegbarkeit().markdown
    definitions = bericht.kennzahlen_definitionen().markdown
    assert "| Titel quote | Fälle je 100\\. |" in definitions
    assert "fall" not in definitions  # names of columns are for analysts, not for readers
    assert "30\\. September 2024" in bericht.impressum().markdown


def test_the_imprint_names_the_proof_of_protection(project):
    text = open_report().impressum().markdown
    assert "`geheimhaltung.json` bescheinigt" in text and "(geheimhaltung.ipynb)" in text
    assert "unvollständig" not in text


def test_the_colophon_names_the_sources_of_trust_and_no_moment(project):
    bericht = open_report()
    text = bericht.kolophon().markdown
    rules = bericht.certificate.regeln
    digest = bericht.certificate.datensatz.sha256
    assert " ".join(digest[i : i + 16] for i in range(0, 64, 16)) in text
    # No matter for a committee: neither interrupts the chapter on protection.
    assert "Gerechnet hat" in text and "Gerechnet hat" not in bericht.geheimhaltung().markdown
    assert digest[:12] not in bericht.geheimhaltung().markdown
    assert f"Lieferungen `{rules.lieferungen[:12]}`" in text
    assert "`manifest.json`" in text and f"SPM {version('spm')}" in text
    assert "2023; 2018 bis 2023" in text
    assert text == open_report().kolophon().markdown


def test_a_delivery_of_which_no_indicator_is_published_says_so(project):
    publish(project)
    assert "ohne veröffentlichte" not in open_report().datenquellen().markdown
    assert "Stichtage der Daten" in open_report().kolophon().markdown
    publish(project, hidden=[(None, None, None, "gesperrt")])
    assert "| Leistungen (ohne veröffentlichte Kennzahl) |" in open_report().datenquellen().markdown
    assert "Stichtage der Daten" not in open_report().kolophon().markdown


def test_the_glossary_of_the_project_is_optional(project):
    assert open_report().glossar().text == "Zu diesem Bericht liegt kein Glossar vor."
    (project / "params/glossar.yml").write_text('Zahl & <Wort>: "1. Etwas | *anderes*"', "utf-8")
    found = open_report().glossar()
    assert found.text == "Zahl & <Wort>: 1. Etwas | *anderes*"
    assert ":   1\\. Etwas \\| \\*anderes\\*" in found.markdown


def test_errors_say_what_to_do(project):
    bericht = open_report()
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «quote»"):
        bericht.kapitel("sgb2").karte("qoute")
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «sgb2»"):
        bericht.kapitel("sgb3")
    publish(project, keys=("quote", "leer"))
    with pytest.raises(SpmError, match=r"spm prepare params/muster\.yml"):
        open_report()
    (project / "data/processed/muster/published.parquet").unlink()
    with pytest.raises(SpmError, match=r"spm prepare params/muster\.yml"):
        open_report()


def test_import_spm_is_light():
    code = "import sys, spm; print([m for m in ('pandas', 'matplotlib') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_build_with_nothing_to_do_reads_no_tables():
    """Else "nothing has changed" takes seconds to say."""
    code = "import sys, spm.cli, spm.build.report; print({'numpy', 'pandas'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_what_only_checks_deliveries_does_not_wait_for_notebooks():
    """nbformat takes over a second to import, as jsonschema makes a grammar of all addresses."""
    code = (
        "import sys, spm.book; print([m for m in ('nbformat', 'jsonschema') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_second_indicator_of_a_chapter_reads_nothing_again(project, monkeypatch):
    kapitel = open_report().kapitel("sgb2")
    every_block(kapitel, "quote")

    def again(*_arguments, **_options):
        raise AssertionError("read again")

    for library, name in ((pd, "read_parquet"), (geopandas, "read_file"), (yaml, "load")):
        monkeypatch.setattr(library, name, again)
    every_block(kapitel, "zweite")


def notebooks(root):
    return sorted((root / "notebooks").glob("*.ipynb"))


def test_notebooks_are_clean_and_have_the_agreed_head(root):
    found = notebooks(root)
    assert len(found) > 12
    for path in found:
        book = nbformat.read(path, 4)
        nbformat.validate(book)
        assert set(book.metadata) == {"kernelspec"}, path.name
        assert book.cells[0].cell_type == "markdown" and "{#sec-" in book.cells[0].source
        assert book.cells[1].metadata.tags == ["parameters", "remove-cell"]
        assert book.cells[1].source == 'params = "params/pilotkommune.yml"'
        assert book.cells[2].metadata.tags == ["remove-cell"]
        ids = [cell.id for cell in book.cells]
        assert len(set(ids)) == len(ids)
        for cell in book.cells:
            if cell.cell_type == "code":
                assert not cell.outputs and cell.execution_count is None


def test_shown_notebook_cells_are_one_call_each(root):
    for path in notebooks(root):
        for cell in nbformat.read(path, 4).cells[3:]:
            if cell.cell_type == "code":
                body = ast.parse(cell.source).body
                assert len(body) == 1 and isinstance(body[0].value, ast.Call), path.name


def test_the_imprint_names_whom_to_tell_about_barriers(project):
    text = open_report().barrierefreiheit().text
    assert "BITV 2.0" in text and "WCAG" in text and "PDF/UA-1" in text
    assert text.splitlines()[-1].startswith("Barrieren melden: ")
