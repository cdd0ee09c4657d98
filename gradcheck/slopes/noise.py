"""How noisy is a computed cost? What is left of it beside a polynomial.

C is evaluated at points that are very close together. There a smooth function is a polynomial of
low degree, and what is left beside the polynomial is rounding. The polynomial removes a known part
of the noise too. (After J. J. More, S. M. Wild, "Estimating computational noise", SIAM J. Sci.
Comput. 33(3), 2011, https://doi.org/10.1137/100786125. Their ECnoise takes differences of order k
at equally spaced points, which is the same as taking away a polynomial of degree k - 1. Here the
spaces are unequal: equal steps of a straight line may all be rounded alike, and then show no
noise.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.engine import Offset, flat_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from nets.arrays import Array, HostArray, to_numpy

__all__ = [
    "POINTS",
    "ROUNDING_TO_ONE",
    "MeasuredNoise",
    "measured_noise",
    "noise_beside_polynomials",
    "rests_beside_polynomials",
]

# Where C is evaluated, in units of the spacing. The spaces are about 1, and no two are equal. Any
# other such numbers would do: these are k + frac(k^2 (5^(1/2) - 1) / 2) / 2, rounded.
POINTS = (0.0, 1.31, 2.24, 3.28, 4.44, 5.23, 6.12, 7.14)
# Polynomials of these degrees are subtracted: low degrees may leave a part of the slope, and high
# degrees leave few values. An odd number of them, for the median.
DEGREES = (2, 3, 4)
# Projections (POINTS - 1 - degree, POINTS) to what polynomials of each degree cannot follow.
BESIDE = tuple(
    np.linalg.qr(np.vander(POINTS, degree + 1), mode="complete")[0][:, degree + 1 :].T
    for degree in DEGREES
)
# Spacings to try, relative to the parameter's scale. The first suits a cost computed in float64; a
# cost that hardly varies there, such as one computed in float32 or rounded to four digits, is
# evaluated at wider ones.
SPACINGS = tuple(2.0**-exponent for exponent in (40, 32, 24, 18, 12, 6))
# Values. A table tells the noise if at least half of its values differ: of a cost that is rounded
# more coarsely than it varies, most are equal. Chosen.
DISTINCT = len(POINTS) // 2
# Standard deviation of rounding to the nearest multiple of 1: uniform from -1/2 to 1/2.
ROUNDING_TO_ONE = 12.0**-0.5


@dataclass(frozen=True)
class MeasuredNoise:
    """The noise of the computed cost, measured at n entries of some arrays.

    Attributes:
        sizes: (arrays,) of each array a standard deviation, the largest of the entries that show
            it: of C for real differences, of the slope Im C / h for the complex step. 0 where the
            cost was the same at every point.
        telling: (n,) bool, which of the entries show it. Around the others the cost hardly moved.

    """

    sizes: HostArray
    telling: HostArray


def noise_beside_polynomials(values: HostArray) -> HostArray:
    """The standard deviation of the noise in values at ``POINTS``.

    Args:
        values: (number of points, n), a column for each of n independent tables.

    Returns:
        (n,): the median over the degrees of the polynomials that are subtracted.

    >>> parabola = np.array(POINTS)[:, None] ** 2
    >>> bool(noise_beside_polynomials(parabola)[0] < 1e-13)
    True

    """
    found = rests_beside_polynomials(values)
    median: HostArray = np.sort(found, axis=0)[len(found) // 2]
    return median


def rests_beside_polynomials(values: HostArray) -> HostArray:
    """What polynomials of each degree leave of values at ``POINTS``: root mean squares.

    Args:
        values: (number of points, n), a column for each of n independent tables.

    Returns:
        (number of degrees, n). Of noise all degrees leave about the same; of a smooth function the
        higher ones leave far less.

    """
    values = values - values[:1]
    # Squares of numbers beyond 1e154 overflow. Dividing by a power of two changes no digit.
    largest = np.max(np.abs(values), axis=0, initial=np.finfo(float).tiny)
    scale = 2.0 ** np.floor(np.log2(largest))
    rests = [beside @ (values / scale) for beside in BESIDE]
    found: HostArray = scale * np.sqrt([np.mean(rest * rest, axis=0) for rest in rests])
    return found


def measured_noise(probes: Entries, epsilon: float) -> MeasuredNoise:
    """The noise of the computed cost: of each array, the largest of its entries probed.

    It is measured around the parameters and, for real differences, also around where the step
    leads: a cost that is tiny here, at its minimum, rounds more coarsely there.

    Args:
        probes: the n entries probed; the noise is that of their engine's arithmetic.
        epsilon: the relative step of the differences.

    """
    size, coarse = np.zeros(len(probes.arrays)), np.zeros(len(probes.arrays))
    telling = np.zeros(len(probes), dtype=bool)
    table_of = _imaginary_table if probes.scheme.is_complex else _real_table
    silent = np.arange(len(probes))  # the entries of arrays of which none has told the noise
    for spacing in SPACINGS:
        some = probes.at(silent)
        tables = table_of(some, some.steps(spacing), epsilon / spacing)
        noise = np.max(np.split(_noise_in(np.hstack(tables)), len(tables)), axis=0)
        telling[silent] = noise > 0.0
        for owner, run in some.runs:
            size[owner] = np.max(noise[run])
            jump = max(_smallest_jump(table[:, run]) for table in tables)
            coarse[owner] = jump or coarse[owner]
        # Wider spacings would see kinks, which look like noise.
        silent = silent[size[some.owners] == 0.0]
        if len(silent) == 0:
            break
    telling[silent] = coarse[probes.owners[silent]] > 0.0
    return MeasuredNoise(np.where(size > 0.0, size, coarse * ROUNDING_TO_ONE), telling)


def _noise_in(table: HostArray) -> HostArray:
    """The noise (n,) that n tables (points, n) show; 0 where they show none."""
    ordered = np.sort(table, axis=0)
    distinct = 1 + np.sum(ordered[1:] != ordered[:-1], axis=0)
    telling = np.all(np.isfinite(table), axis=0) & (distinct >= DISTINCT)
    noise = np.zeros(table.shape[1])
    if np.any(telling):
        noise[telling] = noise_beside_polynomials(table[:, telling])
    return noise


def _imaginary_table(probes: Entries, steps: Array, ahead: float) -> list[HostArray]:
    """Slopes Im C / h of the complex step at the points: one table (points, n)."""
    changes = _changes(probes, steps, [complex(point, ahead) for point in POINTS])
    return [changes.imag / (ahead * to_numpy(steps))]


def _real_table(probes: Entries, steps: Array, ahead: float) -> list[HostArray]:
    """C at the points: tables (points, n) around the entries, and around where the step leads."""
    others = POINTS[1:]  # C(w) is the first
    changes = _changes(probes, steps, [*others, *(ahead + point for point in POINTS)])
    here = np.vstack([np.zeros((1, len(probes))), changes[: len(others)]])
    return [here, changes[len(others) :]]


def _changes(probes: Entries, steps: Array, offsets: Sequence[Offset]) -> HostArray:
    """Changes (offsets, n) of C by steps (n,); to the left where C ends at the parameters."""
    changes = to_numpy(probes.changes(steps, offsets))
    finite = probes.counted(np.all(np.isfinite(changes), axis=0))
    ends = np.flatnonzero(finite[probes.owners] == 0)  # the entries of arrays without a table
    if len(ends) == 0:
        return changes
    some = probes.at(ends)
    to_the_left = to_numpy(some.changes(-flat_entries(steps, ends), offsets))
    finite = some.counted(np.all(np.isfinite(to_the_left), axis=0))
    tables = changes.copy()
    tables[:, ends] = np.where(finite[some.owners] > 0, to_the_left, changes[:, ends])
    return tables


def _smallest_jump(table: HostArray) -> float:
    """The smallest difference between values of a table (points, n) that differ; 0 if none do.

    If a cost takes only a few values, it is rounded to the distance between them.
    """
    finite = table[:, np.all(np.isfinite(table), axis=0)]
    jumps = np.diff(np.sort(finite, axis=0), axis=0)
    return float(np.min(jumps[jumps > 0.0])) if np.any(jumps > 0.0) else 0.0
