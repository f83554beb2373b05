"""How large a picture becomes once its references are put in: twelve lines can be 10¹² shapes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

DEEPEST = 100
"""Elements in each other; programs that draw call themselves once for each."""
MOST = 50_000
"""Elements, with all that ``use`` and ``url(#…)`` repeat."""

_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)")


class Size:
    """Counts the elements of an SVG while it is read from beginning to end."""

    def __init__(self) -> None:
        self._open: list[str] = []  # ids of the elements that are open, "" of one without
        self._own: Counter[str] = Counter()
        self._uses: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def begin(self, attributes: Mapping[str, str]) -> None:
        """An element is opened."""
        self._open.append(attributes.get("id", ""))
        inside = {*self._open, ""}
        self._own.update(inside)
        for name, value in attributes.items():
            used = _REFERENCE.findall(value)
            if name.endswith("href"):
                used.append(value.strip().removeprefix("#"))
            for whole in inside if used else ():
                self._uses[whole].update(part.strip() for part in used)

    def end(self) -> None:
        """The innermost element is closed."""
        self._open.pop()

    @property
    def too_deep(self) -> bool:
        """Whether too many elements are open."""
        return len(self._open) > DEEPEST

    @property
    def too_large(self) -> bool:
        """Whether the whole is too large, or holds itself."""
        return self._size("", {}, 0) > MOST

    def _size(self, name: str, known: dict[str, int], depth: int) -> int:
        if name not in known:
            known[name] = MOST + 1  # of one that holds itself
            if depth < DEEPEST:
                inner = self._uses[name].items() if name in self._uses else ()
                parts = sum(times * self._size(used, known, depth + 1) for used, times in inner)
                known[name] = self._own[name] + parts
        return known[name]
