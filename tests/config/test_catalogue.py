"""The catalogue: several files, wrong entries, and the shipped set."""

import re
from types import SimpleNamespace

import nbformat
import pytest

from spm.config.catalogue import LEBENSPHASEN, load_catalogue
from spm.config.delivery import Lieferung
from spm.config.synthesis import Synthese
from spm.errors import SpmError
from tests.conftest import ROOT

ENTRY = """\
kapitel: {sgb2: {titel: SGB II}}
kennzahlen:
  quote:
    kapitel: sgb2
    titel: Titel
    kurztitel: Quote
    satz: der Anteil
    definition: D
    art: anteil
    zaehler: {merkmal: teil, alter: 0-17}
    nenner: {merkmal: ganzes}
    faktor: 100
"""


@pytest.fixture
def load(tmp_path):
    def load(*texts, delivery=None, ags="05999000"):
        names = []
        for number, text in enumerate(texts):
            names.append(f"k{number}.yml")
            (tmp_path / names[-1]).write_text(text, encoding="utf-8")
        params = SimpleNamespace(
            catalogue_files=names,
            kommune=SimpleNamespace(ags=ags),
            project_file=lambda n: tmp_path / n,
            lieferungen={"amt": delivery} if delivery else {},
            synthese=Synthese(),
        )
        return load_catalogue(params)

    return load


def test_what_changed_in_a_delivery_is_a_break_of_what_it_counts(load):
    """Only there: in another municipality the examination went on through the pandemic."""
    delivery = Lieferung.model_validate(
        {
            "titel": "T",
            "stelle": "S",
            "brueche": {2021: "Verkürzte Untersuchung."},
            "tabellen": [{"datei": "x.csv", "konstanten": {"merkmal": "teil"}}],
        }
    )
    own = ENTRY + "    brueche: {2023: Neue Frage.}\n"
    assert list(load(own)["quote"].brueche) == [2023]
    assert load(own, delivery=delivery)["quote"].brueche == {
        2021: "Verkürzte Untersuchung.",
        2023: "Neue Frage.",
    }
    elsewhere = own.replace("merkmal: teil", "merkmal: anderes")
    assert list(load(elsewhere, delivery=delivery)["quote"].brueche) == [2023]
    assert load(elsewhere, delivery=delivery)["quote"].id == "quote"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("verteilung: {quote: 1, zwei: 2}", "Nur die Art «mittelwert» hat eine verteilung"),
        ("art: mittelwert\n    verteilung: {quote: 2, zwei: 1}", "aufsteigend geordnet"),
        ("art: mittelwert\n    verteilung: {quote: 1, quotte: 2}", r"«quotte».*vielleicht «quote»"),
    ],
)
def test_a_distribution_has_sizes_in_order_and_indicators_that_there_are(load, more, said):
    text = ENTRY if "art" not in more else ENTRY.replace("    art: anteil\n", "")
    with pytest.raises(SpmError, match=said):
        load(f"{text}    {more}\n")


def test_the_year_before_is_a_key_of_what_is_counted(load):
    assert load(ENTRY)["quote"].years_before == 0
    shifted = ENTRY.replace("ganzes", "ganzes, jahr: vorjahr")
    assert load(shifted)["quote"].years_before == 1


def test_an_entry_is_typed(load):
    entry = load(ENTRY)["quote"]
    assert entry.id == "quote"
    assert entry.faktor == 100.0
    assert entry.zaehler.merkmal == ["teil"]
    assert entry.zaehler.ages == (0, 17)


def test_a_later_file_replaces_an_entry_in_its_place(load):
    second = ENTRY.replace("quote:", "zweite:").partition("kennzahlen:\n")[2]
    catalogue = load(ENTRY + second, ENTRY.replace("Titel", "Neu"))
    assert list(catalogue) == ["quote", "zweite"]
    assert catalogue["quote"].titel == "Neu"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("definition", "defintion", "«definition»"),
        (
            "art: anteil",
            "art: anteile",
            "quotient, veraenderung, saldo, mittelwert oder messwert",
        ),
        ("    nenner: {merkmal: ganzes}\n", "", "braucht einen nenner"),
        ("art: anteil", "art: anzahl", "hat keinen Nenner"),
        ("alter: 0-17", "alter: jung", "keine erkennbare Altersgruppe"),
        ("faktor: 100", "faktor: 0", "zu klein"),
        ("faktor: 100", "faktor: hundert", "keine Zahl"),
        ("quote:", "Quote A:", "nur Kleinbuchstaben"),
        ("merkmal: teil", "merkmal: Teil", "«Teil» unter merkmal ist kein Name für ein Merkmal"),
        ("titel: Titel", "titel: Titel seit {erstes_jar}", "Bekannt ist nur {erstes_jahr}"),
    ],
)
def test_wrong_entries_name_key_and_line(load, old, new, expected):
    with pytest.raises(SpmError) as caught:
        load(ENTRY.replace(old, new))
    message = str(caught.value)
    assert expected in message
    assert "k0.yml" in message and "Zeile" in message


COMMON = ROOT / "params/kennzahlen.yml"
SETS = sorted((ROOT / "params").glob("kennzahlen*.yml"))
FURTHER = [
    ROOT / f"params/kennzahlen-{name}.yml"
    for name in ("amtlich", "haushaltsgroesse", "kombinationen")
]
"""Sets that go with the common one; all others make a chapter of their own."""
AREAS_OF_LIFE = {
    "Demografie",
    "Familie",
    "Materielle Lage",
    "Betreuung",
    "Erziehungshilfe",
    "Gesundheit",
    "Bildung",
    "Übergang",
    "Wohnen",
    "Mobilität",
    "Angebote",
}


def headed(folder, name, heading):
    cells = [nbformat.v4.new_markdown_cell(f"Vorab\n\n{heading}"), nbformat.v4.new_code_cell("1")]
    (folder / "notebooks").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / name)


def test_a_chapter_is_called_as_the_catalogue_says_and_a_later_file_replaces_it(load):
    assert load(ENTRY)["quote"].chapter.column_head == "SGB II"
    text = ENTRY.replace("{titel: SGB II}", "{titel: Leistungen nach SGB II, kurztitel: SGB II}")
    chapter = load(ENTRY, text)["quote"].chapter
    assert (chapter.titel, chapter.column_head) == ("Leistungen nach SGB II", "SGB II")


@pytest.mark.parametrize("name", ["11-kultur-sport.ipynb", "kultur-sport.ipynb"])
@pytest.mark.parametrize(
    "heading",
    [
        "# Kultur & Sport <18> {#sec-kultur}",
        "# Kultur &amp; *Sport* \\<18\\>",
        "# Kultur & Sport <18> ##",
        "#  Kultur \\& Sport <18> {#sec-kultur .unnumbered}",
    ],
)
def test_otherwise_it_is_called_as_its_notebook_is_headed(load, tmp_path, name, heading):
    headed(tmp_path, name, heading)
    text = ENTRY.partition("\n")[2].replace("kapitel: sgb2", "kapitel: kultur-sport")
    assert load(text)["quote"].chapter.titel == "Kultur & Sport <18>"


def test_a_chapter_with_no_title_or_with_two_is_refused(load, tmp_path):
    without = ENTRY.replace("kapitel: {sgb2:", "kapitel: {sgb3:")
    with pytest.raises(SpmError, match=r"«sgb2» hat keinen Titel.*vielleicht «sgb3»"):
        load(without)
    headed(tmp_path, "03-sgb2.ipynb", "# Grundsicherung {#sec-sgb2}")
    with pytest.raises(SpmError, match=r"«SGB II», in der Überschrift .* aber «Grundsicherung»"):
        load(ENTRY)
    assert load(without)["quote"].chapter.titel == "Grundsicherung"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"cells": [{"cell_type"', "kein lesbares Notebook"),
        ('{"cells": 7}', "kein lesbares Notebook"),
        ("[" * 500, "zu tief verschachtelt"),
        ('{"cells": []}', "fehlt die Überschrift"),
    ],
)
def test_a_damaged_notebook_is_named(load, tmp_path, content, expected):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/03-sgb2.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(SpmError, match=expected) as caught:
        load(ENTRY.replace("kapitel: {sgb2:", "kapitel: {sgb3:"))
    assert caught.value.wo == "notebooks/03-sgb2.ipynb"
    assert caught.value.tun


def shipped(*paths):
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    params = SimpleNamespace(
        catalogue_files=names,
        kommune=SimpleNamespace(ags="01001000"),
        project_file=ROOT.joinpath,
        lieferungen={},
        synthese=Synthese(),
    )
    return load_catalogue(params)


LAND = (
    ENTRY
    + """\
    rechtsgrundlage: Schulgesetz des Landes
    laender:
      "05": {rechtsgrundlage: § 54 SchulG NRW, zusatz: Erhoben mit SOPESS.}
      "09": {zusatz: Nur in Bayern.}
"""
)


def test_each_land_reads_its_own_law_and_no_other(load):
    said = {
        ags: (entry.definition, entry.rechtsgrundlage)
        for ags in ("05766000", "05766020", "09162000", "01001000")
        for entry in [load(LAND.replace("definition: D", "definition: D."), ags=ags)["quote"]]
    }
    assert said["05766000"] == said["05766020"] == ("D. Erhoben mit SOPESS.", "§ 54 SchulG NRW")
    assert said["09162000"] == ("D. Nur in Bayern.", "Schulgesetz des Landes")
    assert said["01001000"] == ("D.", "Schulgesetz des Landes")


@pytest.mark.parametrize("land", ["5", "17", "NW", "00"])
def test_a_land_that_there_is_none_of_is_refused(load, land):
    with pytest.raises(SpmError, match="ist kein Land: Gemeindeschlüssel beginnen mit 01 bis 16"):
        load(LAND.replace('"09"', f'"{land}"'))


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_no_law_or_practice_of_one_land_is_told_in_another(path):
    for key, entry in shipped(*[COMMON] * (path in FURTHER), path).items():
        told = f"{entry.definition} {entry.rechtsgrundlage}"
        assert not re.search(r"NRW|SchulG\b|KiBiz|SOPESS|AO-GS|ÖGDG", told), (key, told)


def test_the_shipped_set_has_at_least_four_indicators_per_chapter():
    catalogue = shipped(ROOT / "params/kennzahlen.yml")
    chapters = [entry.kapitel for entry in catalogue.values()]
    stems = {p.stem[3:] for p in (ROOT / "notebooks").glob("0[1-7]-*.ipynb")}
    assert set(chapters) == stems
    assert min(chapters.count(c) for c in stems) >= 4


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_every_entry_is_complete(path):
    for key, entry in shipped(*[COMMON] * (path in FURTHER), path).items():
        for name in ("definition", "quelle", "rechtsgrundlage", "einheit"):
            assert getattr(entry, name).strip(), (key, name)
        assert {"richtung", "nachkommastellen", "faktor"} <= entry.model_fields_set, key
        assert entry.bereich in AREAS_OF_LIFE, (key, entry.bereich)
        assert entry.lebensphase and set(entry.lebensphase) <= set(LEBENSPHASEN), key
        assert "alle Lebensphasen" not in entry.lebensphase[1:], key
        paragraph = re.search(r"§|gesetz|Kommunalstatistik", entry.rechtsgrundlage)
        assert paragraph, (key, entry.rechtsgrundlage)


@pytest.mark.parametrize("path", sorted({*SETS} - {*FURTHER}), ids=lambda p: p.stem)
def test_an_additional_set_belongs_to_one_chapter_with_a_notebook(path):
    chapters = {entry.kapitel for entry in shipped(path).values()}
    if path.stem.startswith("kennzahlen-"):
        key = path.stem.removeprefix("kennzahlen-")
        assert chapters == {key}
        assert len(list((ROOT / "notebooks").glob(f"??-{key}.ipynb"))) == 1


def test_further_sets_go_with_the_common_one():
    """They add indicators and replace some, and know no chapter of their own."""
    common = shipped(ROOT / "params/kennzahlen.yml")
    for name, new in (("amtlich", 2), ("kombinationen", 3), ("haushaltsgroesse", 4)):
        both = shipped(ROOT / "params/kennzahlen.yml", ROOT / f"params/kennzahlen-{name}.yml")
        assert len(both) == len(common) + new
        assert {k.chapter.titel for k in both.values()} == {
            k.chapter.titel for k in common.values()
        }
    assert list(both["haushaltsgroesse"].verteilung.values()) == [1, 2, 3, 4, 5]
    assert common["haushaltsgroesse"].verteilung == {}


def test_every_phase_of_life_has_indicators():
    """The chain of prevention has no missing link, in the shipped set and among the offers."""
    for name in ("kennzahlen.yml", "kennzahlen-angebote.yml"):
        entries = shipped(ROOT / "params" / name).values()
        assert {phase for k in entries for phase in k.lebensphase} == set(LEBENSPHASEN), name


def test_notebooks_show_indicators_of_the_catalogue_only():
    known = set(shipped(*SETS))
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for call in re.findall(r"kapitel\.(?!abschnitt)\w+\(\"(\w+)\"\)", cell.source):
                assert call in known, (path.name, call)
