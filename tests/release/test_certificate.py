"""The certificate, the gate, and the page that explains both."""

import json
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
import yaml

from spm import Report
from spm.config.delivery import Lieferung
from spm.config.protection import Geheimhaltung
from spm.errors import SpmError
from spm.presentation.pages import matter, protection, rules
from spm.release.certificate import (
    CERTIFICATE,
    DATASET,
    FAILED,
    PASSED,
    READERS,
    Pruefung,
    Verfahren,
    Zahlen,
)
from spm.release.gate import read_certificate, require_certificate
from tests import certificate_example
from tests.certificate_example import certify
from tests.presentation_sample import sicht
from tests.test_report import project as project
from tests.test_report import publish

RULES = certificate_example.CERTIFICATE.regeln
COMMAND = r"spm prepare params/muster\.yml"


@pytest.fixture
def folder(tmp_path):
    """Published data with their certificate; what is in the file does not matter to the gate."""
    folder = tmp_path / "muster"
    folder.mkdir()
    (folder / DATASET).write_bytes(b"published")
    certify(folder)
    return folder


def content(folder):
    return json.loads((folder / CERTIFICATE).read_text(encoding="utf-8"))


def rewrite(folder, change):
    changed = content(folder)
    change(changed)
    (folder / CERTIFICATE).write_text(json.dumps(changed), encoding="utf-8")


def refused(folder, match):
    with pytest.raises(SpmError, match=match) as caught:
        require_certificate(folder, RULES)
    assert caught.value.wo.startswith(str(folder))
    assert "spm prepare params/muster.yml" in caught.value.tun
    return str(caught.value)


def test_what_is_written_is_read_and_the_same_bytes_again(folder):
    certificate = require_certificate(folder, RULES)
    assert certificate.datensatz.sha256 != "0" * 64
    assert certificate.pruefung.leser == dict.fromkeys(READERS, PASSED)
    written = (folder / CERTIFICATE).read_bytes()
    (folder / CERTIFICATE).unlink()
    certify(folder)
    assert (folder / CERTIFICATE).read_bytes() == written
    assert list(content(folder)) == sorted(content(folder))
    assert not list(folder.glob("*.part"))


def test_one_changed_byte_is_enough(folder):
    (folder / DATASET).write_bytes(b"publishee")
    refused(folder, "nicht die, deren Geheimhaltung geprüft wurde")


def test_the_certificate_of_other_data(folder, tmp_path):
    other = tmp_path / "andere"
    other.mkdir()
    (other / DATASET).write_bytes(b"other")
    shutil.copy(certify(other), folder / CERTIFICATE)
    refused(folder, "geändert oder ausgetauscht")


def test_no_certificate_and_no_data(folder):
    (folder / CERTIFICATE).unlink()
    refused(folder, "Bescheinigung der Geheimhaltung fehlt")
    certify(folder)
    (folder / DATASET).unlink()
    refused(folder, "aufbereiteten Daten fehlen")


def test_an_audit_that_was_not_passed_names_the_readers(folder):
    audit = certificate_example.CERTIFICATE.pruefung
    verdicts = audit.leser | {"beteiligt": FAILED, "rechnend": FAILED}
    certify(folder, bestanden=False, pruefung=replace(audit, leser=verdicts))
    refused(folder, r"nicht bestanden \(Leser: rechnend, beteiligt\)")
    certify(folder, bestanden=False)
    refused(folder, r"nicht bestanden\.")


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff\xfe", b'{"bestanden": NaN}', b"[" * 100_000, b"null", b"[]", b'"bestanden"'],
)
def test_what_is_no_certificate(folder, text):
    (folder / CERTIFICATE).write_bytes(text)
    refused(folder, "nicht lesbar|nicht gültig")


def test_every_key_is_needed_and_no_other_one_is_known(folder):
    good = content(folder)
    for section in good:
        rewrite(folder, lambda c, key=section: c.pop(key))
        refused(folder, f"«{section}» fehlt")
        certify(folder)
    for section in ("datensatz", "entwicklung", "regeln", "zahlen", "pruefung", "verfahren"):
        for key in good[section]:
            rewrite(folder, lambda c, a=section, b=key: c[a].pop(b))
            refused(folder, rf"«{section}\.{key}» fehlt")
            certify(folder)
        rewrite(folder, lambda c, a=section: c[a].update(ueberspringen=True))
        refused(folder, rf"«{section}\.ueberspringen» gehört nicht hinein")
        certify(folder)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        (None, "bestanden", "ja"),
        (None, "bestanden", 1),
        (None, "bestanden", None),
        (None, "zahlen", []),
        ("datensatz", "sha256", "0123"),
        ("datensatz", "sha256", None),
        ("datensatz", "datei", "indicators.parquet"),
        ("entwicklung", "sha256", "0123"),
        ("entwicklung", "datei", "published.parquet"),
        ("regeln", "lieferungen", "0123"),
        ("regeln", "lieferungen", None),
        ("regeln", "kennzahlen", 7),
        ("zahlen", "insgesamt", 7),
        ("zahlen", "veroeffentlicht", -1),
        ("zahlen", "veroeffentlicht", 1000.0),
        ("zahlen", "gesperrt", True),
        ("zahlen", "vom_absender_gesperrt", "viele"),
        ("pruefung", "leser", {}),
        ("pruefung", "leser", dict.fromkeys(READERS, "egal")),
        ("pruefung", "leser", dict.fromkeys(READERS, FAILED)),
        ("pruefung", "leser", dict.fromkeys([*READERS, "sechster"], PASSED)),
        ("pruefung", "schutzfaktor", 0.5),
        ("pruefung", "schutzfaktor", "groß"),
        ("verfahren", "loeser", None),
    ],
)
def test_what_no_audit_has_written(folder, section, key, value):
    rewrite(folder, lambda c: (c[section] if section else c).update({key: value}))
    refused(folder, "nicht gültig")


def test_a_report_shows_nothing_without_its_certificate(project):
    path = project / "data/processed/muster" / DATASET
    assert Report("params/muster.yml").certificate == read_certificate(path.parent)
    with path.open("r+b") as file:
        file.seek(100)
        byte = file.read(1)
        file.seek(100)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(SpmError, match=COMMAND):
        Report("params/muster.yml")
    publish(project)
    (path.parent / CERTIFICATE).unlink()
    with pytest.raises(SpmError, match=COMMAND):
        Report("params/muster.yml")


def test_a_report_refuses_other_data_that_would_fit(project):
    folder = project / "data/processed/muster"
    kept = shutil.copy(folder / CERTIFICATE, project / CERTIFICATE)
    publish(project, hidden=[("quote", "1", 2023, "gesperrt")])
    Report("params/muster.yml")
    shutil.copy(kept, folder / CERTIFICATE)  # the certificate of the data without suppression
    with pytest.raises(SpmError, match="ausgetauscht"):
        Report("params/muster.yml")


PARAMS_FILE, CATALOGUE = "params/muster.yml", "params/kennzahlen.yml"
GROUPS = ("name: name}", "name: name, gruppen: {Süd: ['2', '5']}}")


def edit(project, file, old, new):
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        (PARAMS_FILE, "mindestfallzahl: 10", "mindestfallzahl: 5", "lieferungen"),
        (PARAMS_FILE, "mindestfallzahl: 10", "nullen_veroeffentlichen: ja", "lieferungen"),
        (PARAMS_FILE, "mindestfallzahl: 10", "mindestfallzahl: 10\n    rundung: 5", "lieferungen"),
        (
            PARAMS_FILE,
            "mindestfallzahl: 10",
            "mindestfallzahl: 10\n    abweichend: [{mindestfallzahl: 20, nach: [alter]}]",
            "lieferungen",
        ),
        (PARAMS_FILE, "lieferungen:", "geheimhaltung: {schutzfaktor: 2}\nlieferungen:",
         "geheimhaltung"),
        (PARAMS_FILE, "lieferungen:", "geheimhaltung: {frueherer_bericht: a.pq}\nlieferungen:",
         "geheimhaltung"),
        (PARAMS_FILE, "lieferungen:", "zusammenfassen: {quote: {jahre: 2}}\nlieferungen:",
         "zusammenfassen"),
        (PARAMS_FILE, *GROUPS, "raeume.gruppen"),
        (CATALOGUE, "nenner: {merkmal: alle}", "nenner: {merkmal: alle, alter: 5}", "kennzahlen"),
        (
            CATALOGUE,
            'faktor: 100\n    einheit: "%"',
            'faktor: 1000\n    einheit: "je 1.000"',
            "kennzahlen",
        ),
        (CATALOGUE, "je_einrichtung: ja", "je_einrichtung: nein", "kennzahlen"),
        (
            CATALOGUE,
            "kennzahlen:",
            "zusammenhaenge: {s: {summe: {merkmal: a}, teile: [{merkmal: b}]}}\nkennzahlen:",
            "kennzahlen",
        ),
    ],
)  # fmt: skip
def test_other_rules_than_the_data_were_published_under(project, file, old, new, where):
    """Analysts change the params file and open a notebook without preparing the data again."""
    Report(PARAMS_FILE)
    edit(project, file, old, new)
    with pytest.raises(SpmError, match="Params-Datei oder das Kennzahlenset wurde geändert") as e:
        Report(PARAMS_FILE)
    assert e.value.wo == f"params/muster.yml: {where}"
    assert "«spm prepare params/muster.yml» ausführen" in e.value.tun
    edit(project, file, new, old)
    Report(PARAMS_FILE)


def test_all_that_changed_is_named(project):
    edit(project, PARAMS_FILE, *GROUPS)
    edit(project, PARAMS_FILE, "mindestfallzahl: 10", "mindestfallzahl: 3")
    with pytest.raises(SpmError) as e:
        Report(PARAMS_FILE)
    assert e.value.wo == "params/muster.yml: lieferungen, raeume.gruppen"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PARAMS_FILE, "titel: T,", "titel: Kinder in Musterstadt,"),
        (PARAMS_FILE, "herausgeber: Amt", "herausgeber: Jugendamt"),
        (PARAMS_FILE, "titel: Leistungen", "titel: Grundsicherung"),
        (PARAMS_FILE, 'stichtag: "31.12."', 'stichtag: "30.06."'),
        (PARAMS_FILE, "mindestfallzahl: 10", "mindestfallzahl: 10\n    abweichend: []"),
        (PARAMS_FILE, "lieferungen:", "geheimhaltung: {schutzfaktor: 1}\nlieferungen:"),
        (PARAMS_FILE, "lieferungen:", "# ein Kommentar\nlieferungen:"),
        (CATALOGUE, "satz: der Anteil quote", "satz: die Quote"),
        (CATALOGUE, "satz: der Anteil quote", "satz: die Quote\n    profilanfang: ja"),
        (CATALOGUE, "satz: der Anteil quote", "satz: die Quote\n    abgaenge: Fortzüge"),
        (CATALOGUE, "titel: Leistungen nach SGB II", "titel: Grundsicherung"),
        (CATALOGUE, "definition: Fälle je 100.", "definition: Fälle je hundert Kinder."),
        (CATALOGUE, "faktor: 100", "faktor: 100.0\n    nachkommastellen: 2"),
    ],
)
def test_texts_of_the_report_are_no_rules(project, file, old, new):
    edit(project, file, old, new)
    Report(PARAMS_FILE)


def test_the_order_of_indicators_is_no_rule(project):
    before = certificate_example.rules_of(project / PARAMS_FILE)
    path = project / CATALOGUE
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["kennzahlen"] = dict(reversed(content["kennzahlen"].items()))
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    assert certificate_example.rules_of(project / PARAMS_FILE) == before


def test_the_refusal_holds_no_number_of_the_data(project):
    folder = project / "data/processed/muster"
    certify(folder, bestanden=False)
    with pytest.raises(SpmError) as caught:
        Report("params/muster.yml")
    said = str(caught.value).replace(str(folder), "")
    assert not any(letter.isdigit() for letter in said)


# ----------------------------------------------------------------------------------- the page


def delivery(titel="Bestand", **changes):
    table = {"datei": "x.csv", "spalten": {"raum": "R", "jahr": "J", "anzahl": "Z"}}
    values = {
        "titel": titel,
        "stelle": "Amt",
        "tabellen": [table | {"konstanten": {"merkmal": "f"}}],
    }
    return Lieferung.model_validate(values | changes)


def page(*deliveries, others=None, pooled=(), **changes):
    certificate = replace(certificate_example.CERTIFICATE, **changes)
    params = SimpleNamespace(
        geheimhaltung=Geheimhaltung(**(others or {})),
        einrichtungen=None,
        raeume=SimpleNamespace(fruehere=[]),
    )
    return protection.page(params, deliveries or [delivery()], certificate, pooled)


def audit(**changes):
    return replace(certificate_example.CERTIFICATE.pruefung, **changes)


def test_the_page_of_the_report(project):
    block = Report("params/muster.yml").geheimhaltung()
    text = block.markdown.replace("\u00a0", " ")
    assert "weniger als zehn Fälle" in text and "{#tbl-geheimhaltung}" in text
    assert "| davon gezeigt | 1.000 | 83,3 % |" in text
    assert "| davon gesperrt | 200 | 16,7 % |" in text
    assert "zusammengefasst" not in text and "vorige Bericht" not in text
    assert "Außerdem ist vereinbart" not in text
    assert block.text and "<table>" in block.html


def test_five_readers_are_described():
    about = page().markdown
    readers = about[about.index("fünf Leser") : about.index("Wogegen nicht")]
    assert readers.count("- **Wer ") == len(READERS) == 5


def test_nothing_on_the_page_depends_on_a_suppressed_number():
    """Neither how many of the suppressed are small, nor how hard they were to hide."""
    told = {name for part in (Zahlen, Pruefung, Verfahren) for name in part.__annotations__}
    assert told == {
        *("insgesamt", "veroeffentlicht", "gesperrt", "vom_absender_gesperrt"),
        *("leser", "schutzfaktor", "loeser"),
    }
    result = page().text.partition("Ergebnis der Prüfung")[2]
    assert "primär" not in result and "sekundär" not in result


def test_a_report_that_suppresses_nothing():
    numbers = replace(
        certificate_example.CERTIFICATE.zahlen, insgesamt=1000, veroeffentlicht=1000, gesperrt=0
    )
    assert "Es war kein Wert zu sperren" in page(zahlen=numbers).text
    assert "Kein Leser kommt" in page().text


def test_the_factor_of_protection_in_words():
    assert "bis unter die Mindestfallzahl" in page().text and "-Fache" not in page().text
    assert "das 2-Fache der Mindestfallzahl" in page(pruefung=audit(schutzfaktor=2)).text
    assert "das 1,5-Fache der Mindestfallzahl" in page(pruefung=audit(schutzfaktor=1.5)).text
    assert "das 1,25-Fache der Mindestfallzahl" in page(pruefung=audit(schutzfaktor=1.25)).text


def test_what_an_earlier_report_has_told():
    text = page(others={"frueherer_bericht": "alt.parquet"}).text
    assert "Der vorige Bericht ist berücksichtigt" in text
    assert "lässt sich nicht mehr schützen" in text
    several = {"fruehere_berichte": ["a", "b"], "andere_berichte": [{"datei": "c"}]}
    text = page(others=several).text
    assert "Die früheren Berichte und ein Bericht anderer Stellen sind berücksichtigt" in text
    alone = page(others={"andere_berichte": [{"datei": "c"}]}).text
    assert "Ein Bericht anderer Stellen ist berücksichtigt" in alone
    assert "im letzten Bericht" not in alone and "berücksichtigt" not in page().text


def test_a_report_without_any_value_has_no_shares():
    numbers = replace(
        certificate_example.CERTIFICATE.zahlen,
        insgesamt=0,
        veroeffentlicht=0,
        gesperrt=0,
    )
    assert "| davon gezeigt | 0 |  |" in page(zahlen=numbers).markdown


def test_pooled_indicators_are_counted():
    view = replace(sicht(), window=3, groups={"A und B": ("Sozialraum 1", "Sozialraum 2")})
    text = page(pooled=[view]).text.replace("\u00a0", " ")
    assert "bei einer Kennzahl mehrere Jahre oder Räume zusammengefasst" in text and "Σ" in text


def test_hostile_titles_stay_text():
    entry = delivery("A|B <i> @tbl-x *s*", mindestnenner=20)
    text = page(entry, delivery()).markdown
    assert "A\\|B \\<i\\> \\@tbl-x \\*s\\*" in text


def test_the_rules_of_every_delivery_in_sentences():
    entries = [
        delivery("Bestand", nullen_veroeffentlichen="ja"),
        delivery(
            "Gesundheit",
            mindestfallzahl=5,
            mindestnenner=20,
            dominanz={"n": 1, "k": 85},
            abweichend=[{"mindestfallzahl": 10, "nach": ["alter", "geschlecht"]}],
        ),
        delivery("Kita", abweichend=[{"mindestfallzahl": 1, "merkmal": ["f"]}]),
        delivery("Hilfen", mindestfallzahl=30, rundung=5),
        delivery(
            "Zensus",
            mindestfallzahl=1,
            verfahren={"art": "cell_key", "abweichung": 2, "keine_weitere_sperrung": "ja"},
        ),
        delivery("Jobcenter", beitragende={"f": "g"}),
    ]
    text = matter.thresholds(entries).replace("\u00a0", " ")
    text = "".join(c for c in text if not "\ue000" <= c <= "\ue00f")
    for sentence in (
        "zwischen 3 und 5 Fällen.",
        "Auch eine gezählte Null wird nicht gezeigt, außer bei der Lieferung „Bestand“.",
        "Für Gruppen mit weniger als 20 Personen oder Haushalten werden bei der Lieferung "
        "„Gesundheit“ keine Werte gezeigt.",
        "Werte, die zu mehr als 85 % auf eine einzige Einrichtung zurückgehen, werden bei der "
        "Lieferung „Gesundheit“ nicht gezeigt.",
        "Für Angaben nach Alter oder Geschlecht liegt die Grenze bei der Lieferung „Gesundheit“ "
        "bei zehn Fällen.",
        "Für einzelne Tabellen liegt die Grenze bei der Lieferung „Kita“ bei einem Fall.",
        "Ausgenommen sind gerundete und schon veränderte Anzahlen.",
        "Anzahlen sind bei der Lieferung „Hilfen“ auf Vielfache von 5 gerundet, statt kleine zu "
        "sperren, und auch Summen sind für sich gerundet. Eine gezeigte Null steht für null bis "
        "zwei Fälle.",
        "Alle Anzahlen hat bei der Lieferung „Zensus“ schon die liefernde Stelle zufällig um "
        "höchstens zwei verändert (Cell-Key-Methode).",
        "Anzahlen von Personen werden bei der Lieferung „Jobcenter“ auch dann nicht gezeigt, wenn "
        "die Personen aus zu wenigen Einheiten stammen,",
    ):
        assert sentence in text
    assert "merkmal" not in text, "names of columns are for analysts"
    table = matter.deliveries(entries).text
    assert "5; nach Alter oder Geschlecht: 10" in table and "3; einzelne Tabellen: 1" in table
    assert "gerundet auf 5" in table and "schon verändert" in table


def test_a_rule_that_holds_for_all_names_none():
    entries = [delivery(t, rundung=3, nullen_veroeffentlichen="ja") for t in ("A", "B")]
    text = matter.thresholds(entries)
    assert "Anzahlen sind auf Vielfache von 3 gerundet" in text
    assert "gezählte Null" not in text, "a rounded one stands for more"
    assert "Lieferung" not in text
    shown = matter.thresholds([delivery(t, nullen_veroeffentlichen="ja") for t in ("A", "B")])
    assert "Eine gezählte Null wird gezeigt." in shown and "Lieferung" not in shown


def test_zeros_name_the_shorter_list():
    shown = [delivery(t, nullen_veroeffentlichen="ja") for t in ("A", "B")]
    assert rules.zeros([*shown, delivery("C")]).startswith("Eine gezählte Null wird gezeigt, außer")
    assert rules.zeros([delivery("C")]) == "Auch eine gezählte Null wird nicht gezeigt."
    assert all(rules.zeros(e).endswith(rules.WITHIN) for e in (shown, [*shown, delivery("C")]))
    assert rules.zeros([]) == "" and rules.small_numbers([]) == ""
