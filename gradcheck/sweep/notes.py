"""What step-sweep says below its tables, and what its figure shows in words."""

from collections.abc import Sequence

from gradcheck.show.numbers import entries_text, scientific
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.tables import error_text, power_text

__all__ = ["ZERO_NOTE", "curve_notes", "kink_notes", "reference_note", "sweep_text"]

ZERO_NOTE = (
    "The gradient is zero at every sampled entry. Then an error is 0 where the scheme gives zero "
    "too, and 1 elsewhere, so there is no V. Use other inputs or parameters."
)


def curve_notes(dtypes: Sequence[DtypeSweep]) -> list[str]:
    """Why the curves look as they do.

    Args:
        dtypes: the curves in each dtype, the one that checks use first.

    """
    first, *others = dtypes
    differences = [curve for curve in first.curves if curve.theory is not None]
    lines = []
    if differences:
        lines += [_why_a_v(differences), _best_steps(first, differences)]
        flat = [curve.scheme for curve in differences if curve.best == 0]
        if flat:
            lines.append(
                f"No right arm: {', '.join(flat)}, best at the widest step. That happens where the "
                "cost is a parabola in each parameter, or nearly one."
            )
        lines += [_why_float64(each, first) for each in others]
    lines += [_why_flat(first, curve) for curve in first.curves if curve.theory is None]
    return lines


def _why_a_v(differences: Sequence[Curve]) -> str:
    names = ", ".join(curve.scheme for curve in differences)
    powers = ", ".join(f"h^{SCHEMES[curve.scheme].order}" for curve in differences)
    powers = powers.replace("h^1", "h")
    return (
        "Why a V: two errors add up. A wide step h leaves out more of the Taylor series "
        f"(truncation); this error grows like {powers} for {names}. A narrow step divides the "
        "rounding error of the cost, about u, by a smaller h (round-off); this error grows like "
        "u/h."
    )


def _best_steps(sweep: DtypeSweep, differences: Sequence[Curve]) -> str:
    steps = ", ".join(
        f"{curve.scheme} {scientific(curve.best_epsilon)} (theory {scientific(curve.theory or 0)})"
        for curve in differences
    )
    return (
        f"The best step lies in between. In {sweep.dtype}, with "
        f"u = {scientific(sweep.unit_roundoff)}: {steps}."
    )


def _why_float64(sweep: DtypeSweep, first: DtypeSweep) -> str:
    """How much worse the first scheme is in a shorter dtype."""
    curve = next(each for each in sweep.curves if each.theory is not None)
    finer = next(each for each in first.curves if each.scheme == curve.scheme)
    used = ""
    if curve.chosen_error is not None:
        used = f"; at the step for {first.dtype} it is {error_text(curve.chosen_error)}"
    return (
        f"In {sweep.dtype}, with u = {scientific(sweep.unit_roundoff)}, the error of "
        f"{curve.scheme} is at least {error_text(curve.best_error)} with every step "
        f"({first.dtype}: {error_text(finer.best_error)}){used}. This is why gradcheck always "
        f"checks in {first.dtype}, whatever the dtype of the network."
    )


def _why_flat(sweep: DtypeSweep, curve: Curve) -> str:
    return (
        "The complex step has no left arm, because it subtracts nothing: in "
        f"{sweep.dtype} its error is still {error_text(curve.errors[-1])} at the step "
        f"{power_text(curve.epsilons[-1])}."
    )


def reference_note(
    first: DtypeSweep, reference: str, entries: int, parameters: int, left_out: Sequence[str]
) -> str:
    """What an error is, and how exact the reference is.

    Args:
        first: the sweep in float64.
        reference: the scheme that measured the reference.
        entries: how many entries the errors are measured at.
        parameters: how many parameters the network has.
        left_out: schemes that do not suit the network.

    """
    lines = [
        f"Error: the norm ratio |a - n| / (|a| + |n|) over {entries:,} of {parameters:,} entries. "
        f"n is the numerical gradient; a is the reference: the {reference} scheme in float64, by "
        "full forward passes, without backprop. Measured again with another step, the reference "
        f"changes by {scientific(first.reference_error)}, so smaller errors cannot be seen."
    ]
    if left_out:
        lines.append(f"Left out: {', '.join(left_out)}, which needs analytic activations.")
    lines.append("All steps are in --json and --csv.")
    return " ".join(lines)


def kink_notes(kinked: int) -> list[str]:
    """What kinks do to the curves.

    Args:
        kinked: how many sampled entries lie at a kink.

    """
    lines = [
        "An activation has a kink. A step that is wide enough to cross it makes an error of "
        "another kind, so an arm may jump there."
    ]
    if kinked:
        lines.append(
            f"{entries_text(kinked)} at a kink left out: the cost has no derivative there."
        )
    return lines


def sweep_text(dtypes: Sequence[DtypeSweep]) -> str:
    """What a figure of the sweep shows, for those who cannot see it."""
    curves = "; ".join(
        f"{each.dtype}, {curve.scheme}: smallest error {scientific(curve.best_error)} at "
        f"{power_text(curve.best_epsilon)}"
        for each in dtypes
        for curve in each.curves
    )
    return f"Error of numerical gradients against the relative step. {curves}."
