"""Lines with gaps and the places of their labels."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.canvas import Canvas


def draw_line(
    canvas: Canvas,
    xy: Sequence[tuple[float, float | None]],
    *,
    colour: str,
    width: float,
    dots: float,
) -> None:
    """Draw a line with gaps; every value has a dot, so that one between two gaps is seen."""
    xs, ys = [x for x, _ in xy], [float("nan") if y is None else y for _, y in xy]
    canvas.line(xs, ys, color=colour, lw=width, marker="o", ms=dots, mew=0, solid_joinstyle="round")


def spread(wanted: Sequence[float], distance: float, limits: tuple[float, float]) -> list[float]:
    """Move ascending positions apart, as little as needed, and keep them inside the limits."""
    groups: list[tuple[float, int]] = []  # (centre, number of labels in it)
    for position in wanted:
        groups.append((position, 1))
        while len(groups) > 1:
            (a, n), (b, m) = groups[-2:]
            if b - a >= distance * (n + m) / 2:
                break
            groups[-2:] = [((a * n + b * m) / (n + m), n + m)]
    low, high = limits
    centres = [
        min(max(c, low + distance * (n - 1) / 2), high - distance * (n - 1) / 2) for c, n in groups
    ]
    places: list[float] = []
    for (_, n), c in zip(groups, centres, strict=True):
        first = c - distance * (n - 1) / 2
        if places:
            first = max(first, places[-1] + distance)
        places += [first + i * distance for i in range(n)]
    overflow = places[-1] - high if places else 0.0
    return [p - max(0.0, min(overflow, p - low)) for p in places] if overflow > 0 else places
