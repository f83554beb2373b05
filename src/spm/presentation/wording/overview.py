"""The sentences at the head of a chapter."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import daten
from spm.presentation.numbers import aufzaehlung, zahl
from spm.presentation.views import ABSENDER, GESPERRT, UEBER, UNTER, Sicht
from spm.presentation.wording.grammar import anzahl_von, fuer_kommune, gross, in_kommune

KEIN_KAPITEL = "Für dieses Kapitel liegt keine Lieferung vor."
MAX_VALUES = 6


def ueberblick(sichten: Sequence[Sicht]) -> list[str]:
    """Paragraphs that open a chapter.

    Parameters
    ----------
    sichten : every indicator of the chapter, in catalogue order.

    Returns
    -------
    list of str
        Texts with marked parts; one single sentence if nothing was delivered.
    """
    delivered = [s for s in sichten if s.geliefert]
    if not delivered:
        return [KEIN_KAPITEL]
    texts = [_values(delivered), _differences(delivered), _hidden(delivered)]
    missing = [s for s in sichten if not s.geliefert]
    if missing:
        names = aufzaehlung([f"«{daten(s.kennzahl.kurztitel)}»" for s in missing])
        word = "zur Kennzahl" if len(missing) == 1 else "zu den Kennzahlen"
        texts.append(f"Nicht geliefert wurden Angaben {word} {names}.")
    return [" ".join(filter(None, texts))]


def _values(sichten: Sequence[Sicht]) -> str:
    shown = [s for s in sichten if s.gesamt.ok]
    ort, jahr = sichten[0].ort, sichten[0].jahr
    if not shown:
        return (
            f"{gross(in_kommune(ort))} gibt es in diesem Kapitel keine veröffentlichten "
            f"Gesamtwerte für das Jahr {jahr}."
        )
    pairs = [f"{daten(s.kennzahl.kurztitel)} ({_value(s)})" for s in shown[:MAX_VALUES]]
    return f"Kennzahlen {fuer_kommune(ort)} insgesamt im Jahr {jahr}: {'; '.join(pairs)}."


def _value(sicht: Sicht) -> str:
    k, value = sicht.kennzahl, sicht.gesamt.wert
    return zahl(value, k.nachkommastellen) if k.art == "anzahl" else sicht.text(value)


def _differences(sichten: Sequence[Sicht]) -> str:
    """The indicator in which most areas differ from the municipality by more than chance."""

    def differing(sicht: Sicht) -> int:
        return sum(row.klasse in (UEBER, UNTER) for row in sicht.published)

    most = max(sichten, key=differing)
    n, total = differing(most), len(most.areas)
    if not n or total < 3:
        return ""
    verb = "weicht" if n == 1 else "weichen"
    who = anzahl_von(n, most.ort, total)
    return (
        "Die meisten Unterschiede, die über zufällige Schwankungen hinausgehen, zeigt die Kennzahl "
        f"«{daten(most.kennzahl.kurztitel)}»: Hier {verb} {who} vom Gesamtwert ab."
    )


def _hidden(sichten: Sequence[Sicht]) -> str:
    hidden = sum(row.status in (GESPERRT, ABSENDER) for s in sichten for row in s.areas)
    if not hidden:
        return ""
    if hidden == 1:
        return "Ein Wert dieses Kapitels wird aus Gründen der Geheimhaltung nicht gezeigt."
    return (
        f"{zahl(hidden)} Werte dieses Kapitels werden aus Gründen der Geheimhaltung nicht gezeigt."
    )
