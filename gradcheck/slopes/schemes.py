"""Difference schemes as data: offsets, coefficients, order; and the rule for the step.

A scheme estimates dC/dw_j by ``sum_k coefficient_k C(w + offset_k h e_j) / h`` (the real part of
it, for the complex step). Equation (46) of the book is the scheme ``forward``.

Written as a mean of slopes: each perturbed cost gives the slope ``(C_k - C_0) / displacement_k``
with the displacement that floating point really made, ``(w + offset_k h) - w``; the coefficients
of a consistent scheme sum to 0 (or leave out C_0), so the estimate is a weighted mean of these
slopes, with the weights ``coefficient_k offset_k``, which sum to 1.
"""

from dataclasses import dataclass

from gradcheck.engines.engine import Offset
from nets.arrays import Array
from nets.errors import BadInput, expect_one_of, in_one_line, is_number

__all__ = ["SCHEMES", "Scheme", "checked_epsilon", "scheme_named", "weighted"]


@dataclass(frozen=True)
class Scheme:
    """A difference scheme.

    Attributes:
        name: what ``--scheme`` calls it.
        title: what it is called in a sentence.
        offsets: where C is evaluated, in steps.
        coefficients: what each of those costs is multiplied with.
        order: the truncation error falls with this power of the step.
        epsilon: the step relative to the parameter's scale, max(1, |w|), in float64.
        vanishing: sums of slopes, as weights by offset, that vanish with the step where the cost
            is smooth, and no faster than the scheme's error; what is left of them bounds the
            truncation error, and stays large at a kink.
        larger: a sum of slopes that vanishes more slowly with the step, where the cost is smooth:
            the vanishing sums are a small part of it. None where the scheme has no such sum.
        unsmooth: further sums of slopes to which a parabola adds nothing, to see kinks by.

    """

    name: str
    title: str
    offsets: tuple[Offset, ...]
    coefficients: tuple[Offset, ...]
    order: int
    epsilon: float
    vanishing: tuple[dict[Offset, float], ...]
    larger: dict[Offset, float] | None = None
    unsmooth: tuple[dict[Offset, float], ...] = ()

    @property
    def is_complex(self) -> bool:
        """Whether the parameter is moved off the real line."""
        return any(isinstance(offset, complex) for offset in self.offsets)

    @property
    def perturbed_offsets(self) -> tuple[Offset, ...]:
        """The offsets to evaluate: the scheme's own, and those of its vanishing sums."""
        needed = set(self.offsets).union(*self.vanishing) - {0}
        return tuple(sorted(needed, key=lambda offset: (abs(offset), offset.real)))

    def slope_weights(self) -> dict[Offset, float]:
        """The weight of each offset's slope in the estimate; they sum to 1.

        >>> SCHEMES["central"].slope_weights()
        {-1.0: 0.5, 1.0: 0.5}
        """
        return {
            offset: (coefficient * offset).real
            for offset, coefficient in zip(self.offsets, self.coefficients, strict=True)
            if offset != 0
        }

    def estimate(self, slopes: dict[Offset, Array]) -> Array:
        """The derivative (n,) that the slopes measured at each offset make."""
        return weighted(self.slope_weights(), slopes)


def weighted(weights: dict[Offset, float], slopes: dict[Offset, Array]) -> Array:
    """The sum (n,) of slopes with the weight of each offset."""
    first, *rest = weights
    total = weights[first] * slopes[first]
    for offset in rest:
        total = total + weights[offset] * slopes[offset]
    return total


# Half the difference between the slopes to the right and to the left: h/2 C''.
BOTH_SIDES: dict[Offset, float] = {-1.0: -1 / 2, 1.0: 1 / 2}
# Half the distance between the central slopes with one step and with two: order h^2.
ONE_AND_TWO: dict[Offset, float] = {-2.0: 1 / 4, -1.0: -1 / 4, 1.0: -1 / 4, 2.0: 1 / 4}
# For the five-point scheme, with the slopes S_k = (s(k) + s(-k)) / 2 and D_k = (s(k) - s(-k)) / 2.
THREE_STEPS: tuple[dict[Offset, float], ...] = (
    # The seven-point estimate (15 S_1 - 6 S_2 + S_3) / 10 less the five-point one
    # (4 S_1 - S_2) / 3, order h^4: the error of the five-point scheme itself, taken 4.5 times. At
    # an entry where the curvature jumps, as that of max(w, 0)^2 at 0, the error is 10 times that,
    # and two bars with the slack are 2.5 of these sums.
    {
        offset: weight / 2
        for distance, weight in ((1.0, 3 / 4), (2.0, -6 / 5), (3.0, 9 / 20))
        for offset in (-distance, distance)
    },
    # (5 D_1 - 4 D_2 + D_3) / 2, in which the terms of order h and h^3 vanish: order h^5. All D_k
    # are half the jump at a kink, which the sum above does not see.
    {
        sign * distance: sign * weight / 2
        for distance, weight in ((1.0, 5 / 2), (2.0, -2.0), (3.0, 1 / 2))
        for sign in (-1.0, 1.0)
    },
)
# The slopes at six offsets leave three sums that a parabola does not change. One is 5 S_1 - 8 S_2 +
# 3 S_3, a multiple of the first above. These are the others: 2 D_1 - D_2 and (3 D_1 - D_3) / 2.
BESIDE_A_PARABOLA: tuple[dict[Offset, float], ...] = (
    {-2.0: 1 / 2, -1.0: -1.0, 1.0: 1.0, 2.0: -1 / 2},
    {-3.0: 1 / 4, -1.0: -3 / 4, 1.0: 3 / 4, 3.0: -1 / 4},
)
TWO_STEPS: tuple[dict[Offset, float], ...] = (
    # A third of the distance between the central slopes is the error of the central scheme. With a
    # half, a kink two thirds of a step beside the entry bends the estimate by no more than both
    # sums show.
    ONE_AND_TWO,
    # Curvature measured with one step and with two, order h^3. They differ at a kink at w, which
    # the sum above does not show.
    {-2.0: 1 / 2, -1.0: -1.0, 1.0: 1.0, 2.0: -1 / 2},
)

SCHEMES = {
    scheme.name: scheme
    for scheme in (
        # The steps balance truncation against round-off. For a noise of one unit of round-off u
        # that would be u^(1/2), u^(1/3), u^(1/5), as orders 1, 2, 4 ask for; but the z of a wide
        # layer are sums of hundreds of terms, and their rounding makes C some tens of u noisy, so
        # each is a few times larger. Powers of two, so that w + h is mostly exact.
        Scheme("forward", "equation (46)", (0.0, 1.0), (-1.0, 1.0), 1, 2.0**-21, (BOTH_SIDES,)),
        Scheme(
            "central",
            "the central scheme",
            (-1.0, 1.0),
            (-0.5, 0.5),
            2,
            2.0**-15,
            TWO_STEPS,
            BOTH_SIDES,
        ),
        Scheme(
            "five-point",
            "the five-point scheme",
            (-2.0, -1.0, 1.0, 2.0),
            (1 / 12, -8 / 12, 8 / 12, -1 / 12),
            4,
            2.0**-10,
            THREE_STEPS,
            ONE_AND_TWO,
            BESIDE_A_PARABOLA,
        ),
        # Re(-i C(w + ih)) / h = Im C(w + ih) / h: nothing is subtracted, so h may be tiny. The
        # truncation is of order h^2, far below round-off.
        Scheme("complex", "the complex scheme", (1j,), (-1j,), 2, 2.0**-64, ()),
    )
}

# Beyond this the complex step's own truncation, h^2, would come near its accuracy.
LARGEST_COMPLEX_EPSILON = 1e-9
# A difference over a wider step says little about the derivative.
LARGEST_EPSILON = 0.1
# With smaller ones Im C = h * slope would leave the range of float64, 2e-308, for slopes around
# 1e-150.
SMALLEST_COMPLEX_EPSILON = 1e-150


def scheme_named(name: str) -> Scheme:
    """The scheme of that name.

    Raises:
        BadInput: there is none.

    """
    return SCHEMES[expect_one_of("scheme", name, SCHEMES)]


def checked_epsilon(scheme: Scheme, epsilon: float | None) -> float:
    """The epsilon to use: the one given, if it can be used, or the scheme's own.

    Raises:
        BadInput: it is not a positive number, or no step for this scheme.

    """
    if epsilon is None:
        return scheme.epsilon
    if not (is_number(epsilon) and epsilon > 0):
        raise BadInput(
            f"epsilon {in_one_line(epsilon)} is no step; give a positive number, such as "
            f"{scheme.epsilon:.1e}"
        )
    if not scheme.is_complex and epsilon > LARGEST_EPSILON:
        raise BadInput(
            f"epsilon {epsilon} is too wide a step to tell a slope; give {LARGEST_EPSILON} or "
            f"less, such as {scheme.epsilon:.1e}"
        )
    if scheme.is_complex and not (SMALLEST_COMPLEX_EPSILON <= epsilon <= LARGEST_COMPLEX_EPSILON):
        raise BadInput(
            f"epsilon {epsilon} does not suit the complex step; give one from "
            f"{SMALLEST_COMPLEX_EPSILON} to {LARGEST_COMPLEX_EPSILON}, or leave it out"
        )
    return float(epsilon)
