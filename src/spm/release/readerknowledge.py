"""What readers of a report know, what five of them make of it, and what nothing here stops.

The auditor's knowledge in words: the report's page and ``docs/explanation/geheimhaltung.md`` say
what stands here, and every entry names where the auditor is given it. Whoever adds a rule, a
relation or a reader to ``disclosure`` adds it here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spm.release.agreed import AGREED


@dataclass(frozen=True)
class Knowledge:
    """Something that a reader knows.

    Parameters
    ----------
    text : in the report's words.
    where : it becomes part of what is attacked: module of ``spm.disclosure`` and name in it.
    case : only in reports of this case (see `CASES`); "": in each.
    """

    text: str
    where: str
    case: str = ""


@dataclass(frozen=True)
class Reader:
    """A reader.

    Parameters
    ----------
    name : in the certificate.
    text : who that is and what they do, in the report's words.
    passed : what is left open if they fail.
    """

    name: str
    text: str
    passed: str


CASES = {
    "absender": "some sender suppresses numbers before it delivers them",
    "beitragende": "people of few units are protected",
    "berichte": "other reports are named",
    "gesamtzahl": "totals are not the sum of their areas",
    "einrichtungen": "the report shows facilities",
    "raeume": "earlier areas were redrawn",
    "rundung": "counts are rounded",
    "verfahren": "a sender has changed its numbers",
    **{kind.key: "a rule besides is agreed on" for kind in AGREED},
}

EVERYBODY = (
    Knowledge(
        "**Jede gezeigte Zahl**, in allen Kapiteln, Jahren und Tabellen und in den offenen Daten "
        "zugleich. Anteile, Raten, Intervalle, geglättete Werte, Einordnungen und Trends sind aus "
        "gezeigten Anzahlen berechnet und sagen deshalb nichts weiter.",
        "audit.knowledge.knowledge",
    ),
    Knowledge(
        "**Was jede Zahl zählt**: welche Menschen, welche Jahre, welche Gebiete. Was zwei Zahlen "
        "gemeinsam zählen, ist bekannt; daraus folgen Differenzen, Reste und Teilgruppen.",
        "model.groups.Groups",
    ),
    Knowledge(
        "**Das Ganze und seine Teile**: Alle Gebiete und alle, die keinem zugeordnet sind, ergeben "
        "zusammen die Kommune.",
        "model.space.Space",
    ),
    Knowledge(
        "**Gesamtzahlen, die keine Summe der Gebiete sind**: ob sie nur mehr oder nur weniger sein "
        "können als alle Gebiete zusammen; sonst folgt aus beiden nichts füreinander. Wo beide "
        "doch gleich sind, gilt das als bekannt.",
        "model.owntotals.sums_of_totals",
        "gesamtzahl",
    ),
    Knowledge(
        "**Die Einrichtungen** einer Art teilen sich die Kinder der Kommune.",
        "model.known.known_sums",
        "einrichtungen",
    ),
    Knowledge(
        "**Zusammenhänge zwischen Angaben**: zum Beispiel, dass Haushalte mit und ohne Kinder "
        "zusammen alle Haushalte sind, oder dass sich der Bestand aus dem des Vorjahrs, Zugängen "
        "und Abgängen ergibt.",
        "model.known.known_sums",
    ),
    Knowledge(
        "**Wer nicht gezählt ist**: Ein Anteil zählt nur Menschen seiner Bezugsgruppe; die übrigen "
        "sind ebenso eine Zahl.",
        "model.model._Builder._complement",
    ),
    Knowledge(
        "**Andere Berichte**, die der Kommune genannt sind: jede dort gezeigte Zahl, auch für "
        "andere Jahre, Gebiete und Altersgruppen zusammen.",
        "model.elsewhere.Elsewhere",
        "berichte",
    ),
    Knowledge(
        "**Frühere Gebiete**: was von ihnen gezeigt wurde, und welche Teile heute wozu gehören.",
        "inputs.olddivisions.OldDivision",
        "raeume",
    ),
    Knowledge(
        "**Die Regel der liefernden Stelle**: Was sie selbst gesperrt hat, liegt unter ihrer "
        "eigenen Mindestfallzahl.",
        "model.withheld.withheld",
        "absender",
    ),
    Knowledge(
        "**Die Rundung**: aus welchem Bereich eine gerundete Zahl stammt; Summen sind für sich "
        "gerundet und engen ihre Teile deshalb zusätzlich ein.",
        "model.rounding.Printed",
        "rundung",
    ),
    Knowledge(
        "**Wie weit eine schon veränderte Zahl** höchstens neben der wahren liegt.",
        "inputs.rules.Rules.errors",
        "verfahren",
    ),
    Knowledge(
        "**Dass hinter jeder Einheit jemand steht**: Es gibt nicht weniger Personen als "
        "Bedarfsgemeinschaften oder andere Einheiten, aus denen sie kommen.",
        "model.known.known_sums",
        "beitragende",
    ),
)
"""What every reader of the audit knows."""

RULES = (
    Knowledge(
        "**Alle Mindestfallzahlen**, und ob eine gezählte Null gezeigt würde: Eine kleine Zahl "
        "liegt darunter und, wo Nullen gezeigt werden, nicht bei null (außer als Teil einer selbst "
        "zu kleinen Gruppe).",
        "problem.Count.lawful",
    ),
    Knowledge(
        "**Welche Sperrungen primär sind**, obwohl der Bericht es nicht sagt: Was nur zum Schutz "
        "anderer Zahlen gesperrt ist, ist selbst nicht klein.",
        "problem.Problem.lawful",
    ),
    *(Knowledge(*kind.known, kind.key) for kind in AGREED),
)
"""What those know besides who know the rules, and those who are counted themselves."""

READERS = (
    Reader(
        "rechnend",
        "**Wer rechnet**, nutzt alles zusammen und bestimmt, wie groß eine gesperrte Zahl "
        "mindestens und höchstens sein kann.",
        "Jeder Wert von null bis unter die Mindestfallzahl bleibt möglich.",
    ),
    Reader(
        "ganzzahlig",
        "**Wer weiß, dass nur ganze Menschen gezählt werden**, scheidet dabei alle Bruchteile aus.",
        "Die Null und die größte Zahl unter der Mindestfallzahl bleiben möglich.",
    ),
    Reader(
        "regelkundig",
        "**Wer alle Regeln kennt**, schließt aus der Sperrung selbst: wie groß eine Zahl sein "
        "muss, damit sie gesperrt wird oder gerade nicht.",
        "Keine geschützte Zahl ist genau bestimmt.",
    ),
    Reader(
        "beteiligt",
        "**Wer selbst gezählt ist**, kennt die Regeln und außerdem eine kleine Zahl genau: die "
        "eigene, zum Beispiel als Familie mit zwei Kindern.",
        "Keine andere geschützte Zahl ist damit genau bestimmt.",
    ),
    Reader(
        "subtrahierend",
        "**Wer abzieht**, nimmt gezeigte Teile von einem gezeigten Ganzen weg und erfährt so, wie "
        "viele übrig bleiben.",
        "Übrig bleibt keine kleine Zahl.",
    ),
)
"""In the order of the certificate."""

NOT_STOPPED = (
    "**Mehrere zusammen**: Menschen aus verschiedenen gesperrten Zahlen, die einander sagen, wer "
    "gezählt ist, oder mehr aus einer, als vereinbart ist.",
    "**Wissen von anderswo**: wer Nachbarn, Kinder oder Akten kennt, wer in einer Behörde die "
    "Lieferungen sieht, und was anderswo veröffentlicht ist, ohne dass es hier genannt wurde.",
    "**Vermutungen**: Geprüft ist, was möglich bleibt, nicht, was wahrscheinlich ist.",
    "**Wer das Programm nachstellt**: Gesperrt wird so wenig wie möglich. Wer alle denkbaren "
    "Zahlen durchspielt und vergleicht, wann das Programm dieselben Zeilen sperren würde, kann "
    "einzelne davon ausschließen.",
    "**Die weiteren Zahlen**, die nur zum Schutz anderer gesperrt sind: Sie sind nicht klein, und "
    "wie eng sie sich eingrenzen lassen, ist nicht begrenzt.",
    "**Was alle in einer Gruppe betrifft**: Sind alle 40 Kinder eines Gebiets geimpft und werden "
    "Nullen gezeigt, so weiß man es von jedem.",
    "**Eigene Texte**: Zahlen, die jemand selbst in einen Text schreibt, prüft niemand.",
)
"""What the certificate says nothing about."""


def applying(entries: Collection[Knowledge], cases: Collection[str]) -> list[str]:
    """What of it holds in a report of these cases."""
    return [entry.text for entry in entries if not entry.case or entry.case in cases]
