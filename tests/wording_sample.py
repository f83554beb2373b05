"""Views with values given one by one, for tests of sentences."""

from spm.presentation.views import AreaRow, Change, IndicatorView, Place, Trend
from spm.presentation.wording.choice import placed
from tests.presentation_sample import kennzahl

LEMGO = Place("Lemgo", "Stadtteil", "Stadtteile", "m")
LIPPE = Place("Kreis Lippe", "Gemeinde", "Gemeinden", "f")
PILOT = Place("Pilotkommune", "Sozialraum", "Sozialräume", "m")
DETMOLD = Place("Stadt Detmold", "Quartier", "Quartiere", "n")
BEZIRKE = Place("Köln", "Statistischer Bezirk", "Statistische Bezirke", "m")

SHARE = kennzahl(nachkommastellen=1, satz="der Anteil der Kinder mit Übergewicht")
RATE = kennzahl(
    art="rate", einheit="je 1.000", nachkommastellen=1, satz="die Häufigkeit der Hilfen"
)
COUNT = kennzahl(art="anzahl", einheit="Personen", nachkommastellen=0, satz="die Zahl der Kinder")
AREA = kennzahl(art="messwert", einheit="m²", nachkommastellen=0, satz="die Wohnfläche je Person")


BALANCE = kennzahl(
    art="saldo",
    einheit="je 1.000",
    nachkommastellen=1,
    satz="der Wanderungssaldo",
    zugaenge="Zuzüge",
    abgaenge="Fortzüge",
)
CHANGE = kennzahl(art="veraenderung", nachkommastellen=1, satz="die Veränderung seit 2018")


def view(
    values=(),
    *,
    ort=PILOT,
    names=None,
    entry=SHARE,
    total=10.0,
    first=None,
    classes=(),
    states=None,
    changes=None,
    trends=None,
    turn=0,
    limits=True,
    years=tuple(range(2018, 2024)),
    fenster=1,
    between=True,
):
    """A view of the reporting year 2023.

    Parameters
    ----------
    names : of the areas; default: Sozialraum 1, 2, ….
    total, first : the municipality's value in 2023 and 2018; None: suppressed, absent.
    states : status by position of the area; "gesamt" for the municipality.
    changes, trends : by position of the area, or "gesamt".
    turn : place of the section in its chapter.
    between : the municipality has values in the years between, too.
    """
    names = names or [f"Sozialraum {i + 1}" for i in range(len(values))]
    keys = [str(i) for i in range(len(values))]
    states = states or {}
    rows = {}
    for i, (key, name, value) in enumerate(zip(keys, names, values, strict=True)):
        status = states.get(i, "ok")
        shown = status == "ok"
        klasse = classes[i] if classes and shown else None
        rows[key, 2023] = AreaRow(key, name, status, wert=value if shown else None, klasse=klasse)

    def whole(value):
        half = (1.0,) if limits and entry.art not in ("anzahl", "messwert") else ()
        ends = (value - half[0], value + half[0]) if half else (None, None)
        counts = (100.0, 1000.0) if entry.art == "anteil" else (None, None)
        return AreaRow("gesamt", ort.name, "ok", *counts, value, *ends)

    if total is not None:
        rows["gesamt", 2023] = whole(total)
    else:
        rows["gesamt", 2023] = AreaRow("gesamt", ort.name, states.get("gesamt", "gesperrt"))
    if first is not None:
        for year in years[:-1] if between else years[:1]:
            rows["gesamt", year] = whole(first)
    keyed = [
        {key if key == "gesamt" else str(key): value for key, value in (found or {}).items()}
        for found in (changes, trends)
    ]
    found = IndicatorView(
        entry, ort, 2023, years, tuple(zip(keys, names, strict=True)), rows, fenster, {}, *keyed
    )
    return placed(found, turn)


def rose(by, low, high, since=2018):
    return Change(since, 2023, by, low, high, "gestiegen")


def fell(by, low, high, since=2018):
    return Change(since, 2023, by, low, high, "gesunken")


def same(by=0.0, low=-1.0, high=1.0, since=2018):
    return Change(since, 2023, by, low, high, "unveraendert")


def trend(richtung):
    return Trend(2018, 2023, 6, richtung)
