"""How noisy is a computed cost? The difference table of More and Wild.

C evaluated at equally spaced points so close together that only rounding makes it wiggle: the
k-th differences of a smooth function vanish there, those of noise with standard deviation sigma
grow to sigma sqrt((2k)!) / k!. (J. J. More, S. M. Wild, "Estimating computational noise", SIAM
J. Sci. Comput. 33(3), 2011, https://doi.org/10.1137/100786125; their ECnoise.)
"""

import math

import numpy as np

from gradcheck.engines.engine import Engine, Offset, steps_for
from nets.arrays import Array, HostArray, to_numpy

__all__ = ["POINTS", "difference_table_noise", "measured_noise"]

POINTS = 8
# Differences of these orders are used: low ones may still see the slope, high ones few values. An
# odd number of them, for the median.
ORDERS = (3, 4, 5)
# Spacings to try, relative to the parameter's scale. The first suits a cost computed in float64;
# a cost that hardly varies there, such as one computed in float32, is asked at wider ones.
SPACINGS = tuple(2.0**-exponent for exponent in (40, 32, 24, 18, 12))
DISTINCT = POINTS // 2


def difference_table_noise(values: HostArray) -> HostArray:
    """The standard deviation of the noise in values at equally spaced points.

    Args:
        values: (number of points, n), a column for each of n independent tables.

    Returns:
        (n,): the median over the orders of difference that are looked at.

    >>> parabola = np.linspace(0.0, 1.0, 8)[:, None] ** 2
    >>> bool(difference_table_noise(parabola)[0] < 1e-15)
    True

    """
    # Squares of numbers beyond 1e154 overflow; a power of two takes nothing from the digits.
    largest = np.max(np.abs(values), axis=0, initial=np.finfo(float).tiny)
    scale = 2.0 ** np.floor(np.log2(largest))
    differences, estimates = values / scale, []
    for order in range(1, max(ORDERS) + 1):
        differences = differences[1:] - differences[:-1]
        if order in ORDERS:
            growth = math.factorial(2 * order) / math.factorial(order) ** 2
            squares = np.sum(differences * differences, axis=0)
            estimates.append(np.sqrt(squares / (len(differences) * growth)))
    median: HostArray = scale * np.sort(estimates, axis=0)[len(estimates) // 2]
    return median


def measured_noise(
    engine: Engine,
    which: int,
    entries: HostArray,
    values: Array,
    epsilon: float,
    *,
    imaginary: bool = False,
) -> float:
    """The noise of the computed cost, worst of the entries probed.

    It is measured around the parameters and, for real differences, also around where the step
    leads: a cost that is tiny here, at its minimum, rounds more coarsely there.

    Args:
        engine: evaluates the cost; the noise is that of its arithmetic.
        which: the position of the parameter array.
        entries: (n,) positions in the flattened array to probe.
        values: (n,) the parameters there.
        epsilon: the relative step of the differences.
        imaginary: whether it is the complex step's.

    Returns:
        A standard deviation: of C for real differences, of the slope Im C / h for the complex
        step. 0 where the cost was the same at every point.

    """
    for spacing in SPACINGS:
        steps = steps_for(values, spacing)
        ahead = epsilon / spacing
        offsets: list[Offset]
        if imaginary:
            offsets = [complex(point, ahead) for point in range(POINTS)]
            changes = to_numpy(engine.cost_changes(which, entries, steps, offsets))
            table = changes.imag / (ahead * to_numpy(steps))
        else:
            offsets = [float(point) for point in range(1, POINTS)]
            offsets += [ahead + point for point in range(POINTS)]
            changes = to_numpy(engine.cost_changes(which, entries, steps, offsets))
            here = np.vstack([np.zeros((1, len(entries))), changes[: POINTS - 1]])
            table = np.hstack([here, changes[POINTS - 1 :]])  # C(w) is the first point here
        ordered = np.sort(table, axis=0)
        distinct = 1 + np.sum(ordered[1:] != ordered[:-1], axis=0)
        telling = np.all(np.isfinite(table), axis=0) & (distinct >= DISTINCT)
        if np.any(telling):
            return float(np.max(difference_table_noise(table[:, telling])))
    return 0.0
