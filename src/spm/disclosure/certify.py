"""The certificate (for everybody) and the audit list (for the analyst only)."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from importlib import metadata
from pathlib import Path
from typing import Any

from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rows import RowKey
from spm.disclosure.model.model import Model
from spm.disclosure.protection import READER_NAMES, Protected
from spm.published import ABSENDER_GESPERRT, GESPERRT, OK
from spm.release.certificate import (
    DATASET,
    DEVELOPMENT,
    FAILED,
    PASSED,
    Certificate,
    Datensatz,
    Pruefung,
    Regeln,
    Verfahren,
    Zahlen,
)
from spm.release.digest import sha256
from spm.release.replacing import replacing
from spm.text.sheets import DEAD

SOLVER = f"HiGHS {metadata.version('highspy')}"
AUDIT_LIST = "geheimhaltung-vertraulich.xlsx"
TOGETHER = 6
"""So many rows are named as suppressed together with one; more are counted."""


def certificate(done: Protected, inputs: Inputs, rules: Regeln, folder: Path) -> Certificate:
    """The verdict on the dataset in a folder. No clock: same published rows, same bytes.

    Parameters
    ----------
    rules : of the params file that ``inputs`` come from.
    folder : holds ``published.parquet`` and ``entwicklung.parquet``.
    """
    # Of the published rows only: whatever depends on more would tell about suppressed numbers.
    status = done.published["status"]
    shown, hidden, sent = (int(status.eq(s).sum()) for s in (OK, GESPERRT, ABSENDER_GESPERRT))
    failed = {f.reader for f in done.audit.failures}
    return Certificate(
        bestanden=done.audit.passed,
        datensatz=Datensatz(DATASET, sha256(folder / DATASET)),
        entwicklung=Datensatz(DEVELOPMENT, sha256(folder / DEVELOPMENT)),
        regeln=rules,
        zahlen=Zahlen(shown + hidden, shown, hidden, sent),
        pruefung=Pruefung(
            {name: FAILED if r in failed else PASSED for r, name in READER_NAMES.items()},
            inputs.factor,
        ),
        verfahren=Verfahren(SOLVER),
    )


def write_audit_list(done: Protected, seconds: dict[str, float], folder: Path) -> Path:
    """Write which rows are suppressed, why, and what protects them: confidential, as it names the
    true counts.

    Parameters
    ----------
    seconds : what took how long.
    """
    import xlsxwriter

    path, content = folder / AUDIT_LIST, io.BytesIO()
    with xlsxwriter.Workbook(content, DEAD) as book:
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Gesperrte Zeilen")
        head = ["Kennzahl", "Jahr", "Raum", "Einrichtung", "Art", "Warum", "Gemeinsam gesperrt mit"]
        sheet.write_row(0, 0, head, bold)
        for r, row in enumerate(_rows(done.model, done.pattern.hidden), start=1):
            sheet.write_row(r, 0, row, wrap)
        sheet.set_column(0, 0, 28)
        sheet.set_column(5, 6, 70)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, r if done.pattern.hidden else 0, len(head) - 1)
        bounds = book.add_worksheet("Geschützte Zahlen")
        head = [
            "Zahl",
            "Wert",
            "möglich von",
            "bis mindestens",
            "muss offen bleiben von",
            "bis unter",
        ]
        bounds.write_row(0, 0, head, bold)
        counts = done.model.problem.counts
        for r, index in enumerate(_protected(done), start=1):
            count = counts[index]
            low, high = done.audit.possible(index)
            need = count.need or ("", "")
            value = "vom Absender gesperrt" if count.value is None else count.value
            bounds.write_row(r, 0, [str(count.name), value, low, _end(high), *need])
        bounds.set_column(0, 0, 80)
        bounds.freeze_panes(1, 0)
        told = book.add_worksheet("Schon verraten")
        told.write_row(0, 0, ["Zahl", "Wert", "bleibt offen von", "bis unter"], bold)
        for r, row in enumerate(_told(done), start=1):
            told.write_row(r, 0, row)
        told.set_column(0, 0, 80)
        run = book.add_worksheet("Überblick")
        times = [(what, f"{time:.1f} s") for what, time in seconds.items()]
        for r, line in enumerate([*_overview(done), *times]):
            run.write_row(r, 0, line)
        run.set_column(0, 0, 60)
    with replacing(path) as half:
        half.write_bytes(content.getvalue())
    return path


def _told(done: Protected) -> list[list[Any]]:
    """Counts that other reports give away: what they leave open is all that is protected."""
    counts = done.model.problem.counts
    rows = []
    for index in sorted({*done.model.told, *done.audit.unprotectable}):
        count = counts[index]
        value = "vom Absender gesperrt" if count.value is None else count.value
        left = count.need if count.sensitive and index in done.model.told else None
        rows.append([str(count.name), value, *(left or ("nichts", ""))])
    return rows


def _overview(done: Protected) -> list[tuple[str, object]]:
    """What the certificate must not say: it depends on suppressed numbers."""
    problem, hidden = done.model.problem, done.pattern.hidden
    rows = set(done.model.items.values())
    widths = [
        high - low for c in _protected(done) for low, high in [done.audit.possible(c, whole=True)]
    ]
    known = len(done.audit.unprotectable)
    gone = {c for c in done.model.told if not problem.counts[c].sensitive}
    return [
        ("Zeilen, die gezeigt werden könnten", len(rows)),
        ("davon primär gesperrt", len(rows & problem.primaries)),
        ("davon sekundär gesperrt", len((hidden & rows) - problem.primaries)),
        ("Verlust durch sekundäre Sperrung", round(done.pattern.loss, 3)),
        ("Verfahren", done.pattern.method),
        ("Geschützte Zahlen", sum(c.sensitive for c in problem.counts) - known),
        ("Schon bekannt und nicht mehr zu schützen", len({*done.audit.unprotectable} | gone)),
        (
            "Engstes Intervall einer geschützten Zahl (Breite, mindestens)",
            min(widths, default="keines"),
        ),
        ("Beweise der Prüfung: übernommen und nachgerechnet (Tabellen)", done.audit.verified),
        ("Beweise der Prüfung: neu gesucht (gelöste Aufgaben)", done.audit.solved),
    ]


def _protected(done: Protected) -> list[int]:
    """Sensitive counts that no fixed item shows."""
    problem = done.model.problem
    told = {s.count for item in problem.items if item.fixed for s in item.shows if s.low == s.high}
    return [c for c, n in enumerate(problem.counts) if n.sensitive and c not in told]


def _end(bound: float) -> float | str:
    return "unbegrenzt" if math.isinf(bound) else bound


def _rows(model: Model, hidden: frozenset[int]) -> list[list[Any]]:
    near = _together(model, hidden)
    primaries = model.problem.primaries
    rows = []
    for key, item in sorted(model.items.items(), key=lambda pair: pair[1]):
        if item not in hidden:
            continue
        first = item in primaries
        why = "; ".join(model.why.get(item, ())) if first else "schützt, was rechts steht"
        others = [_label(k) for k in sorted(near[item], key=str)]
        more = len(others) - TOGETHER
        text = "; ".join(others[:TOGETHER]) + (f"; und {more} weitere" if more > 0 else "")
        kind = "primär" if first else "sekundär"
        rows.append([key.kennzahl, key.jahr, key.raum, key.gruppe or "", kind, why, text])
    return rows


def _together(model: Model, hidden: frozenset[int]) -> dict[int, set[RowKey]]:
    """By suppressed row the other suppressed rows that stand in a sum with it."""
    names = {i: key for key, i in model.items.items()}
    shown_by: dict[int, list[int]] = defaultdict(list)
    for i in sorted(hidden & names.keys()):
        for s in model.problem.items[i].shows:
            shown_by[s.count].append(i)
    near: dict[int, set[RowKey]] = defaultdict(set)
    for whole, parts in model.problem.partitions:
        members = {i for c in (whole, *parts) for i in shown_by[c]}
        for i in members:
            near[i] |= {names[j] for j in members if j != i}
    return near


def _label(key: RowKey) -> str:
    place = f"Raum {key.raum}" + (f", {key.gruppe}" if key.gruppe else "")
    return f"{key.kennzahl} {key.jahr} {place}"
