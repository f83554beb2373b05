"""What differs between two finished reports of one municipality: `spm diff`."""

from __future__ import annotations

from pathlib import Path

from spm.diff import note, workbook
from spm.diff.areas import GRENZEN, changed_areas
from spm.diff.developments import changed_developments
from spm.diff.difference import Difference
from spm.diff.finished import Finished, read_finished
from spm.diff.methods import changed_inputs, changed_methods
from spm.diff.numbers import VERBORGEN, changed_numbers
from spm.diff.sentences import changed_sentences
from spm.errors import SpmError
from spm.faults import told
from spm.release.replacing import replace_text, replacing

__all__ = ["Unterschied", "compare", "write"]


@told()
def compare(old: Path, new: Path) -> Difference:
    """Compare two finished reports.

    Parameters
    ----------
    old, new : folders ``report/<slug>`` of two builds, or the manifests in them.

    Raises
    ------
    SpmError
        One of them is no finished report, both are the same one, they are about different
        municipalities, or the older one is the newer one.
    """
    before, after = read_finished(old), read_finished(new)
    _check_pair(before, after)
    areas = changed_areas(before, after)
    numbers = changed_numbers(before, after, {a.raum for a in areas if a.art == GRENZEN})
    hide = any(number.art in VERBORGEN for number in numbers)
    names = [
        row.get("raum_name", "") for report in (before, after) for row in report.areas.values()
    ]
    return Difference(
        old=before,
        new=after,
        numbers=numbers,
        developments=changed_developments(before, after),
        sentences=changed_sentences(before, after, hide, names),
        methods=changed_methods(before, after),
        areas=areas,
        inputs=changed_inputs(before, after),
    )


def _check_pair(before: Finished, after: Finished) -> None:
    both = f"{before.folder}, {after.folder}"
    if before.folder == after.folder:
        raise SpmError(
            "Beide Angaben meinen denselben Bericht.",
            wo=both,
            tun="Bitte zuerst den früheren und dann den neuen Bericht nennen. «spm build» ersetzt "
            "den alten: Eine Kopie seines Ordners gehört vorher in die Ablage.",
        )
    names = [f"{r.manifest['kommune']} ({r.manifest['ags']})" for r in (before, after)]
    if before.manifest["ags"] != after.manifest["ags"]:
        raise SpmError(
            f"Die Berichte gehören zu verschiedenen Kommunen: {names[0]} und {names[1]}.",
            wo=both,
            tun="Bitte zwei Berichte derselben Kommune nennen.",
        )
    if before.day > after.day:
        raise SpmError(
            "Der erste Bericht ist jünger als der zweite.",
            wo=both,
            tun="Bitte zuerst den früheren und dann den neuen Bericht nennen.",
        )


@told()
def write(diff: Difference, out: Path | None = None) -> list[Path]:
    """Write ``aenderungen-<name>.xlsx`` and ``.md``.

    Parameters
    ----------
    out : their folder; default: beside the newer report. The name is that of its folder.

    Returns
    -------
    list of Path
        The table and the note.
    """
    folder = out or diff.new.folder.parent
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / f"aenderungen-{diff.new.name}.xlsx"
    text = table.with_suffix(".md")
    with replacing(table) as half:
        workbook.write(diff, half)
    replace_text(text, note.note(diff, table.name))
    return [table, text]
