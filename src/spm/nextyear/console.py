"""What ``spm jahr`` says on the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.nextyear.edits import CHECK
from spm.offices.outstanding import THERE

if TYPE_CHECKING:
    from spm.nextyear.writing import Rolled
    from spm.offices.outstanding import Delivery

QUOTED = 5
"""Unused files that are named."""


def lines(
    done: Rolled,
    year: int,
    states: Sequence[Delivery],
    letters: Mapping[str, Path],
    names: tuple[str, str],
    unused: Sequence[str] = (),
) -> list[str]:
    """The lines to print.

    Parameters
    ----------
    states : of every delivery for the new year.
    letters : by office its letter.
    names : the old and the new params file as a user would type them.
    unused : files of the data folder that the new one does not name.
    """
    old, name = names
    found = [f"Neu: {name}" if done.new else f"{name} gibt es schon und bleibt, wie sie ist."]
    if done.previous:
        found.append(done.previous)
    if done.asked:
        found.append(f"\nBitte prüfen (in {name} steht «{CHECK}» an jeder Stelle):")
        found += [f"  - {note}" for note in done.asked]
    params = done.params
    there = [one for one in states if one.state == THERE]
    found.append(f"\nLieferungen für {year}: {len(there)} von {len(states)} liegen vor.")
    if there:
        found.append("  Liegt vor: " + ", ".join(one.key for one in there))
    for office in dict.fromkeys(own.stelle for own in params.lieferungen.values()):
        own = [s for s in states if s.state != THERE and params.lieferungen[s.key].stelle == office]
        if own:
            found.append(f"  Noch von {office}:")
            found += [f"    - {params.lieferungen[s.key].titel} ({s.state}: {s.why})" for s in own]
    if unused and len(there) < len(states):
        more = f" und {len(unused) - QUOTED} weitere" if len(unused) > QUOTED else ""
        names_ = ", ".join(unused[:QUOTED]) + more
        found.append(f"\nUnbenutzt im Ordner {params.datenordner}: {names_}")
        found.append(
            f"  Gehört eine dazu: in {name} unter tabellen nennen. Hat sie auch frühere Jahre, die "
            "schon zugeordnet sind: nur das neue (blatt, nur), oder statt der alten."
        )
    if letters:
        folder = next(iter(letters.values())).parent
        found.append(f"\nAnschreiben an {len(letters)} Stellen: {_shown(folder)}")
        found.append(f"Excel-Vorlagen dazu, wenn gewünscht: spm vorlagen {name} --jahr {year}")
    if len(there) < len(states):
        found.append(
            f"Danach, und immer wenn Daten angekommen sind, noch einmal: spm jahr {old} {year}"
        )
    else:
        found.append(f"Weiter: spm check {name}")
    return found


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
