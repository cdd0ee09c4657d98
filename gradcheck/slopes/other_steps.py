"""Slopes measured again: with a wider step where rounding hides them, a narrower one in doubt.

A measurement replaces another only if its error bar is smaller. The claim that is checked makes no
difference to this.
"""

from dataclasses import replace

from gradcheck.slopes.cost_change_to_slope import Entries, Step
from gradcheck.slopes.error_bars import KINK_IN_NOISE, KINK_IN_SLOPE, NOISE_IN_BAR
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again, suspects_kink
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = [
    "NARROWER",
    "NARROWER_AT_KINK",
    "is_better",
    "is_noisy_alone",
    "narrowed",
    "widened",
]

# A doubtful slope is measured again with steps so many times narrower. Truncation then falls at
# least 8 times, and noise grows 8 times.
NARROWER = 8.0
# At a kink the step is 8^3 = 512 times narrower: other kinks may lie much nearer than the first
# step, and the jump at a kink, unlike a slope's truncation, does not shrink into the noise.
NARROWER_AT_KINK = NARROWER**3
# A factor on the difference between a wide step and one 8 times narrower, because kinks may bend
# both. With a factor of 1, 2 in 500 right gradients of tests/benchmarks/verdicts are accused.
WIDE_DOUBT = 4.0
# Two slopes at a kink have changed if they differ by more than this many standard deviations of
# both: rounding is bounded, and stays below 4.
NOISE_OF_CHANGE = 4.0


def widened(entries: Entries, epsilon: Step, near: MeasuredSlopes) -> MeasuredSlopes:
    """Measure entries again with a wider step, at which rounding hides less of the slope.

    A wide step may cross kinks that change its slope, and its own bar does not show it. So a step 8
    times narrower is measured too. The difference of the two counts as truncation of the wide one.
    The wider step is kept where its error bar is smaller, where it does not contradict the first
    step, and where no kink or vertical tangent shows.

    Args:
        entries: the n to measure again.
        epsilon: the wider step; one for all, or (n,).
        near: what was measured at the n so far.

    """
    far, between = _wide_and_between(entries, near, epsilon)
    xp = array_namespace(far.noise)
    bent = WIDE_DOUBT * xp.abs(far.estimate - between)
    far = replace(far, truncation=far.truncation + xp.where(xp.isfinite(bent), bent, xp.inf))
    agrees = xp.abs(far.estimate - near.estimate) <= far.bars + near.bars
    sound = ~suspects_kink(far, bent) & (far.truncation <= _largest_to_believe(far))
    return near.improved_by(far, (far.bars < near.bars) & agrees & sound)


def _wide_and_between(
    some: Entries, near: MeasuredSlopes, epsilon: Step
) -> tuple[MeasuredSlopes, Array]:
    """What a wide step measures, and the estimate (n,) with a step ``NARROWER``, at n entries.

    All their costs are evaluated in one go: short calls take most of the time of small networks.
    """
    scheme = some.scheme
    narrower = {offset: offset / NARROWER for offset in scheme.slope_weights()}
    offsets = scheme.perturbed_offsets
    slopes = some.slopes(epsilon, (*offsets, *narrower.values()))
    noise = near.noise * (near.epsilons / epsilon)
    wide = {offset: slopes[offset] for offset in offsets}
    between = {offset: slopes[inner] for offset, inner in narrower.items()}
    return MeasuredSlopes.of(scheme, wide, noise, epsilon), scheme.estimate(between)


def is_noisy_alone(measured: MeasuredSlopes, epsilon: Step) -> Array:
    """Whether entries have a wide step, and rounding alone makes their error bars, (n,) bool.

    The truncation of a wide step contains the noise of the step that is ``NARROWER``.

    Args:
        measured: what was measured at n entries.
        epsilon: the wide step; one for all, or (n,).

    """
    noise = KINK_IN_NOISE * NARROWER * measured.noise
    return (measured.epsilons == epsilon) & (measured.truncation <= noise)


def _largest_to_believe(far: MeasuredSlopes) -> Array:
    """The largest truncation (m,) of a wide step that is still an estimate of its error.

    Where it is larger than the slopes themselves, they do not settle as the step shrinks; the
    tangent may be vertical. It contains the noise of the step that is ``NARROWER``.
    """
    xp = array_namespace(far.noise)
    size = xp.maximum(xp.abs(far.lowest), xp.abs(far.highest))
    return size + KINK_IN_NOISE * NARROWER * far.noise


def narrowed(
    entries: Entries, epsilon: Step, measured: MeasuredSlopes, doubtful: HostArray
) -> MeasuredSlopes:
    """Measure some entries again with a narrower step, and keep it where it is the better one.

    An error bar can miss two things: kinks at some distance on both sides of an entry, which bend
    both slopes alike, and a point of inflection, where left and right slope are equal and yet not
    the derivative. Both shrink with the step. So where a narrower step contradicts the wider one,
    the bar of the wider one was too small. It is then at least the difference of the two. At a kink
    the narrower step is kept where it changes the slopes, since then other kinks lie beside it.

    Args:
        entries: all n of them.
        epsilon: the narrower step; one for all, or (m,).
        measured: what was measured at the n so far.
        doubtful: (m,) positions among the n of the entries to measure again.

    """
    near, far = measured_again(entries, measured, doubtful, epsilon), measured.at(doubtful)
    xp = array_namespace(near.noise)
    gap = xp.abs(near.estimate - far.estimate)
    # An error that falls at least 8 times has at most 1/7 of the change left.
    left = NOISE_IN_BAR * gap / (NARROWER - 1.0)
    left = xp.where(xp.isfinite(left) & ~far.kinked, left, 0.0)  # a kink's jump does not fall
    near = replace(near, truncation=near.truncation + left)
    near = near.marked(to_numpy(suspects_kink(near, left)))
    better = xp.where(far.kinked, _slopes_change(near, far), is_better(near, far))
    return measured.improved(doubtful, near, better & xp.isfinite(near.bars))


def is_better(near: MeasuredSlopes, far: MeasuredSlopes) -> Array:
    """Whether a narrower step's measurement is the better one, (m,) bool: see ``narrowed``."""
    xp = array_namespace(near.noise)
    gap = xp.abs(near.estimate - far.estimate)
    contradicts = gap > near.bars + xp.maximum(near.bars, far.bars)
    return (near.bars < far.bars) | contradicts


def _slopes_change(near: MeasuredSlopes, far: MeasuredSlopes) -> Array:
    """Whether the left or the right slope changes with the step, (m,) bool.

    At a single kink they do not change.
    """
    xp = array_namespace(near.noise)
    change = xp.abs(near.lowest - far.lowest) + xp.abs(near.highest - far.highest)
    size = xp.maximum(xp.abs(far.lowest), xp.abs(far.highest))
    return change > NOISE_OF_CHANGE * (near.noise + far.noise) + KINK_IN_SLOPE * size
