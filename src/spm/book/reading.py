"""The chapters of a book read, numbered and written by pandoc, on all cores at once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from spm.book import plaintables
from spm.book.pandoc import Script
from spm.book.project import ASSETS
from spm.text.permitted import RULES

PROCESSES = min(os.cpu_count() or 1, 4)
"""With more, starting them takes longer than they save."""

Answer = dict[str, Any]


def read(
    texts: Mapping[str, str], folder: Path, processes: int = PROCESSES, *, code: bool = False
) -> tuple[list[Answer], list[dict[str, str]], Answer]:
    """Read Markdown texts that refer to each other.

    How many processes share the work does not show in the result.

    Parameters
    ----------
    texts : by name, in reading order.
    folder : where their pictures lie.
    code : whether they may hold HTML, as only the library's own pages do.

    Returns
    -------
    chapters, faults, numbering
        As ``assets/book.lua`` describes them, in reading order, every chapter with its ``number``
        besides. There are no chapters if there are faults. The numbering (``orte``, ``ziele``) is
        what a chapter must know of all others.
    """
    order = {stem: place for place, stem in enumerate(texts)}
    shares = _shares({stem: len(text) for stem, text in texts.items()}, processes)
    with ExitStack() as stack:
        call = [str(ASSETS / "book.lua"), str(ASSETS), str(RULES)]
        scripts = [stack.enter_context(Script(call, folder)) for _ in shares]
        pool = stack.enter_context(ThreadPoolExecutor(len(shares)))  # each waits for its process

        def asked(messages: Iterable[Mapping[str, Any]]) -> tuple[list[Answer], list]:
            lines = [json.dumps(message, ensure_ascii=False) for message in messages]
            answers = [json.loads(a) for a in pool.map(Script.ask, scripts, lines)]
            return _joined(answers, order)

        given = [[_given(stem, texts[stem]) for stem in share] for share in shares]
        held, faults = asked({"kapitel": share} for share in given)
        places = _places(held)
        targets, twice = _targets(held)
        faults += twice
        numbering = {"orte": places, "ziele": targets}
        book = numbering | {"schreiben": not faults, "code": code}
        written, more = asked(book for _ in shares)
    faults += more
    numbered = [chapter | {"number": places[chapter["stem"]]["nummer"]} for chapter in written]
    return ([] if faults else numbered), faults, numbering


def _given(stem: str, markdown: str) -> Answer:
    text, tables = plaintables.take_out(markdown)
    return {"stem": stem, "markdown": text, "tafeln": tables}


def _shares(lengths: Mapping[str, int], most: int) -> list[list[str]]:
    """Chapters in shares of about the same length, each a list of stems."""
    shares: list[list[str]] = [[] for _ in range(max(1, min(most, len(lengths))))]
    filled = [0] * len(shares)
    for stem in sorted(lengths, key=lambda stem: -lengths[stem]):
        least = filled.index(min(filled))
        shares[least].append(stem)
        filled[least] += lengths[stem]
    return shares


def _joined(answers: Sequence[Answer], order: Mapping[str, int]) -> tuple[list[Answer], list]:
    """What the processes answered, in reading order."""

    def all_of(key: str, stem: Callable[[Answer], str]) -> list[Answer]:
        return sorted((x for a in answers for x in a[key]), key=lambda x: order[stem(x)])

    return all_of("kapitel", lambda x: x["stem"]), all_of("maengel", lambda x: x["kapitel"])


def _places(held: Sequence[Answer]) -> dict[str, Answer]:
    """Number of every chapter, and what is counted before it in chapters without number."""
    places, number, before = {}, 0, {"fig": 0, "tbl": 0}
    for chapter in held:
        number += chapter["nummeriert"]
        places[chapter["stem"]] = {
            "id": chapter["id"],
            "nummer": str(number) if chapter["nummeriert"] else "",
            "davor": before,
            "kennungen": chapter["kennungen"] or {},  # Lua knows no difference of [] and {}
        }
        if not chapter["nummeriert"]:
            before = {what: before[what] + chapter["gezaehlt"][what] for what in before}
    return places


def _targets(held: Sequence[Answer]) -> tuple[dict[str, Answer], list[dict[str, str]]]:
    """All that references can lead to, by id, and the ids that two chapters have."""
    targets: dict[str, Answer] = {}
    twice = []
    for chapter in held:
        stem = chapter["stem"]
        for target in chapter["ziele"]:
            first = targets.setdefault(target["kennung"], target | {"stem": stem})
            if first["stem"] != stem:
                fault = {"kapitel": stem, "art": "doppelte_kennung"}
                twice.append(fault | {"kennung": target["kennung"]})
    return targets, twice
