"""Status and dynamics of areas, as Berlin's monitoring of social urban development tells them.

Senatsverwaltung für Stadtentwicklung, Monitoring Soziale Stadtentwicklung (MSS 2021): the z-scores
of a few indicators are summed, the sums divided by their standard deviation; the status has four
classes, the dynamics, from z-scores of changes over some years, three.

Areas are rows, indicators are columns; a data frame gives series with its index, an array gives
arrays. A high z means burden: say ``directions`` where that is not so yet.

Examples
--------
>>> z = z_of_values([[10.0, 80.0], [20.0, 70.0], [30.0, 60.0]], directions=[1, -1])
>>> status_classes(status_index(z)).tolist()
['hoch', 'mittel', 'niedrig']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from spm.synthesis.standardise import scale_of, z_scores

HOCH, MITTEL, NIEDRIG, SEHR_NIEDRIG = "hoch", "mittel", "niedrig", "sehr niedrig"
STATUS = (HOCH, MITTEL, NIEDRIG, SEHR_NIEDRIG)
"""Classes of the status, from little burden to much: up to -1, 1, 1.5 and above."""

POSITIV, STABIL, NEGATIV = "positiv", "stabil", "negativ"
DYNAMIK = (POSITIV, STABIL, NEGATIV)
"""Classes of the dynamics, from a better to a worse course than the other areas."""

LOW, HIGH, VERY_HIGH = -1.0, 1.0, 1.5
"""Limits of the classes, in standard deviations; a value on a limit belongs to the middle."""

FEWEST = 10
"""With fewer areas there are no classes: no |z| can be above sqrt(n - 1)."""


def z_of_values(
    values: ArrayLike, directions: ArrayLike | None = None, classified: ArrayLike | None = None
) -> Any:
    """z-scores over areas, a high one meaning burden.

    Parameters
    ----------
    values : shape (areas, indicators); NaN where not published.
    directions : shape (indicators,), 1 where a high value means burden (default) and -1 where it
        means the opposite.
    classified : shape (areas,), which areas are classified (default: all); mean and standard
        deviation (divided by n) are taken over these alone, and the others have no z.

    Returns
    -------
    Shape (areas, indicators).
    """
    x = _matrix(values)
    use = _mask(classified, len(x))
    z = z_scores(x.T, _directions(directions, x.shape[1]), use).T
    z[~use] = np.nan
    return _like(values, z)


def z_of_changes(
    earlier: ArrayLike,
    later: ArrayLike,
    directions: ArrayLike | None = None,
    classified: ArrayLike | None = None,
) -> Any:
    """z-scores of the changes ``later - earlier``: a high one means more burden than before, or
    less relief, in comparison with the other areas. Parameters as in `z_of_values`."""
    change = _matrix(later) - _matrix(earlier)
    z = z_of_values(change, directions, classified)
    return _like(later, z)


def status_index(
    z: ArrayLike, classified: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Any:
    """The sum of the z-scores of an area, divided by the standard deviation of all sums.

    Parameters
    ----------
    z : shape (areas, indicators), z-scores as published or from `z_of_values`.
    classified : shape (areas,), which areas are classified; default: all. An area without all of
        its z-scores never is.
    directions : as in `z_of_values`, where ``z`` does not have them yet.

    Returns
    -------
    Shape (areas,); NaN of areas that are not classified. The standard deviation is taken over
    classified areas (divided by n) around their mean; the mean itself is not subtracted: of
    z-scores it is 0 up to rounding. All 0 where no area differs.
    """
    x = _matrix(z)
    total = (x * _directions(directions, x.shape[1])).sum(axis=1)
    use = _mask(classified, len(x)) & ~np.isnan(total)
    total[~use] = np.nan
    s = scale_of(total, use).s
    return _like(z, total / s if s > 0 else total * 0.0)


def dynamics_index(
    z: ArrayLike, classified: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Any:
    """The same of z-scores of changes (`z_of_changes`): high means a worse course than others."""
    return status_index(z, classified, directions)


def status_classes(index: ArrayLike, digits: int | None = None) -> Any:
    """Class of every status index: below -1 "hoch", up to 1 "mittel", up to 1.5 "niedrig", above
    "sehr niedrig"; "" of areas that are not classified.

    Parameters
    ----------
    index : shape (areas,), from `status_index`.
    digits : round to so many decimals first (half away from zero), as where classes must follow
        from printed numbers. By default they follow from the index as it is, which reproduces the
        table that Berlin published: there two areas are printed as -1.00, of which one is below.
    """
    return _classes(index, (LOW, HIGH, VERY_HIGH), STATUS, digits)


def dynamics_classes(index: ArrayLike, digits: int | None = None) -> Any:
    """Class of every dynamics index: below -1 "positiv", up to 1 "stabil", above "negativ"; ""
    of areas that are not classified. Parameters as in `status_classes`."""
    return _classes(index, (LOW, HIGH), DYNAMIK, digits)


def demonstrable(classes: Sequence[str], better: ArrayLike, worse: ArrayLike) -> np.ndarray:
    """Dynamics of which only those remain that a test of their own bears out.

    Parameters
    ----------
    classes : from `dynamics_classes`.
    better, worse : shape (areas,), whether any indicator of an area has demonstrably changed for
        the better or the worse.

    Returns
    -------
    ndarray
        "positiv" only with ``better`` and without ``worse``, "negativ" the other way round, else
        "stabil"; "" stays.
    """
    found = np.asarray(classes, object)
    up, down = np.asarray(better, bool), np.asarray(worse, bool)
    moved = (found == POSITIV) & up & ~down | (found == NEGATIV) & down & ~up
    return np.where(moved | (found == ""), found, STABIL)


def cross_table(status: Sequence[str], dynamics: Sequence[str]) -> np.ndarray:
    """So many areas of each status (rows, `STATUS`) have each dynamics (columns, `DYNAMIK`).

    Areas without either are not counted.

    Returns
    -------
    ndarray
        Shape (4, 3), whole numbers.
    """
    pairs = [*zip(status, dynamics, strict=True)]
    return np.array([[pairs.count((row, column)) for column in DYNAMIK] for row in STATUS])


def _classes(
    index: ArrayLike, limits: tuple[float, ...], words: tuple[str, ...], digits: int | None
) -> Any:
    x = np.asarray(index, float)
    if digits is not None:
        unit = 10.0**digits
        x = np.sign(x) * np.floor(np.abs(x) * unit + 0.5 + 1e-9) / unit
    found = np.select(
        [np.isnan(x), x < limits[0], *(x <= limit for limit in limits[1:])],
        ["", *words[:-1]],
        words[-1],
    ).astype(object)
    return _like(index, found)


def _matrix(values: ArrayLike) -> np.ndarray:
    x = np.array(values, float)
    if x.ndim != 2:
        raise ValueError(f"Areas are rows and indicators columns; this has {x.ndim} dimensions.")
    return x


def _mask(classified: ArrayLike | None, n: int) -> np.ndarray:
    return np.ones(n, bool) if classified is None else np.array(classified, bool)


def _directions(directions: ArrayLike | None, k: int) -> np.ndarray:
    found = np.ones(k) if directions is None else np.asarray(directions, float)
    if found.shape != (k,) or not np.isin(found, [1, -1]).all():
        raise ValueError(f"{k} indicators need {k} directions of 1 or -1.")
    return found


def _like(given: ArrayLike, result: Any) -> Any:
    """A series or data frame with the labels of the given one, or the array."""
    if not hasattr(given, "index") or isinstance(given, list | tuple):
        return result
    import pandas as pd

    x = np.asarray(result)
    if x.ndim == 1:
        return pd.Series(x, index=given.index)
    return pd.DataFrame(x, index=given.index, columns=getattr(given, "columns", None))
