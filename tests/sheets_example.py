"""Made-up areas for tests of profiles and Kurzfassung: everything but a build."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from spm.book.project import Project
from spm.presentation.profile import profile
from spm.presentation.views import Change, Place
from spm.products.context import Context
from tests.presentation_sample import areas, kennzahl, sicht

PILOT = Place("Pilotkommune", "Sozialraum", "Sozialräume", "m")
KAPITEL = ["bevoelkerung", "haushalte", "sgb2", "kinderbetreuung", "hze", "schuleingang", "bildung"]
WAYS = ["belastend", "entlastend", "neutral"]


def entry(number, chapter="sgb2", **changes):
    """The entry of an indicator as the catalogue has it."""
    values = {
        "chapters": chapter,
        "kurztitel": f"Kennzahl {chr(65 + number % 26)}{number // 26 or ''}",
        "richtung": WAYS[number % 3],
        "leitkennzahl": False,
        "quelle": "Einwohnermelderegister; Jugendamt",
        "nachkommastellen": 1,
    }
    return kennzahl(f"k{number}", **(values | changes))


def entries(n=63, **changes):
    """So many indicators in all chapters; the first two as a population chapter has them."""
    found = [entry(i, KAPITEL[i * len(KAPITEL) // n], **changes) for i in range(n)]
    people = {"leitkennzahl": True, "kapitel": "bevoelkerung", "richtung": "neutral"}
    count = {"art": "anzahl", "einheit": "Personen", "nachkommastellen": 0}
    found[0] = entry(0, **people, **count, satz="die Zahl der Einwohnerinnen und Einwohner")
    found[1] = entry(1, **people, satz="der Anteil der unter 18-Jährigen an der Bevölkerung")
    return found


def views(found, n=7, names=None, hidden=()):
    """Views of these indicators; every other one rose in every area and the municipality."""
    made = [sicht(n, k, names, PILOT, seed=i, hidden=hidden) for i, k in enumerate(found)]
    return [
        replace(view, changes={raum: _change(i) for raum in (*dict(view.area_names), "gesamt")})
        for i, view in enumerate(made)
    ]


def _change(number):
    return Change(2018, 2023, 1.5, 0.5, 2.5, "gestiegen" if number % 2 else "unveraendert")


def untested(found):
    """The same views as if no test had found anything."""

    def change(told):
        return told._replace(richtung="unveraendert")

    return [
        replace(
            view,
            rows={at: row._replace(klasse="wie") for at, row in view.rows.items()},
            changes={raum: change(told) for raum, told in view.changes.items()},
        )
        for view in found
    ]


def profiles(found, n=7, names=None, ort=PILOT):
    """Profiles of n areas, none of them in a group."""
    keys = [str(i + 1) for i in range(n)]
    named = dict(zip(keys, names or [f"Sozialraum {key}" for key in keys], strict=True))
    return profile(named, found, ort, 2023, lambda view, raum: (raum,))


def project(**changes):
    """The project file of a book without a logo."""
    values = {
        "chapters": (),
        "title": "Soziale Lebenslagen",
        "subtitle": "",
        "publisher": "Kreis Muster, Jugendamt",
        "municipality": "Pilotkommune",
        "contact": "jugendhilfeplanung@example.org",
        "note": "Alle Zahlen sind erfunden.",
        "date": date(2024, 9, 30),
        "date_in_words": "30. September 2024",
        "colour": "#14405c",
        "accent": "#0a5a70",
        "logo": "",
        "logo_text": "",
    }
    return Project(**(values | changes))


def context(folder, found, n=7, names=None, formats=("html", "pdf"), chapters=()):
    """What a product is made from."""
    report = SimpleNamespace(
        profile=profiles(found, n, names),
        areas=areas(n),
        params=SimpleNamespace(slug="musterstadt"),
    )
    (folder / "book").mkdir(parents=True)
    return Context(report, project(), chapters, folder, frozenset(formats))
