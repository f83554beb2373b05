"""Lines with gaps and the places of their labels."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures.canvas import NAN, Canvas

DASHES = (2.5, 1.5)
"""Of a line to or from an estimate."""


def draw_line(
    canvas: Canvas,
    xy: Sequence[tuple[float, float | None]],
    *,
    colour: str,
    width: float,
    dots: float,
    hollow: Sequence[bool] = (),
) -> None:
    """Draw a line with gaps; every value has a dot, so that one between two gaps is seen.

    Parameters
    ----------
    hollow : by point whether it is an estimate: a ring, with dashes on both sides of it.
    """
    xs, ys = [x for x, _ in xy], [NAN if y is None else y for _, y in xy]
    rings = list(hollow) if any(hollow) else [False] * len(xs)
    solid = [NAN if ring else y for y, ring in zip(ys, rings, strict=True)]
    full = {"color": colour, "lw": width, "marker": "o", "ms": dots, "mew": 0}
    canvas.line(xs, solid, solid_joinstyle="round", **full)
    for i in range(1, len(xs)):
        if (rings[i - 1] or rings[i]) and ys[i - 1] == ys[i - 1] and ys[i] == ys[i]:
            canvas.line(xs[i - 1 : i + 1], ys[i - 1 : i + 1], color=colour, lw=width, dashes=DASHES)
    if any(rings):
        draw_rings(canvas, [p for p, r in zip(xs, rings, strict=True) if r],
                   [p for p, r in zip(ys, rings, strict=True) if r], colour, dots)  # fmt: skip


def draw_rings(
    canvas: Canvas, xs: Sequence[float], ys: Sequence[float], colour: str, size: float
) -> None:
    """Hollow dots: estimates."""
    style = {"color": colour, "mfc": "#ffffff", "mec": colour, "mew": max(size / 4, 0.5)}
    canvas.line(xs, ys, lw=0, marker="o", ms=size, **style)


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
