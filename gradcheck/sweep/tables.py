"""A sweep of steps in words: a table of errors for each dtype, the best steps, and why a V."""

import math

from gradcheck.show.numbers import scientific
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep, StepSweep

__all__ = ["power_text", "sweep_parts", "sweep_text"]

# Of the steps, every so many powers of two get a row, and those that are marked.
POWERS_APART = 4
BEST, CHOSEN = "*", ">"


def sweep_parts(sweep: StepSweep) -> list[Part]:
    """A sweep as tables and sentences, 80 columns wide."""
    return [
        *(_errors_table(each) for each in sweep.dtypes),
        _best_table(sweep),
        *(Sentence(note) for note in notes(sweep)),
    ]


def sweep_text(sweep: StepSweep) -> str:
    """What a figure of the sweep shows, in words, for those who cannot see it."""
    curves = "; ".join(
        f"{each.dtype}, {curve.scheme}: least error {scientific(curve.best_error)} at "
        f"{power_text(curve.best_epsilon)}"
        for each in sweep.dtypes
        for curve in each.curves
    )
    return f"Error of numerical gradients against the relative step. {curves}."


def power_text(epsilon: float) -> str:
    """A step as the power of two that it is, such as 2^-21.

    >>> power_text(0.125)
    '2^-3'
    """
    return f"2^{round(math.log2(epsilon))}"


def _errors_table(sweep: DtypeSweep) -> Table:
    told: set[float] = set()
    for curve in sweep.curves:
        # Where only the complex step is left it is flat: there the last will do.
        told |= {e for e in curve.epsilons if _has_a_row(e) and e > sweep.unit_roundoff}
        told |= {curve.best_epsilon, curve.chosen_epsilon, curve.epsilons[-1]} & {*curve.epsilons}
    cells = [
        dict(zip(curve.epsilons, map(_error_cell, curve.errors), strict=True))
        for curve in sweep.curves
    ]
    rows = [
        (
            power_text(epsilon),
            scientific(epsilon),
            *(
                _marks(curve, epsilon) + of_scheme.get(epsilon, "")
                for curve, of_scheme in zip(sweep.curves, cells, strict=True)
            ),
        )
        for epsilon in sorted(told, reverse=True)
    ]
    return Table(
        f"{sweep.dtype}: error by step ({BEST} the least, {CHOSEN} at the step that gradcheck "
        "takes)",
        ("", "step", *(curve.scheme for curve in sweep.curves)),
        tuple(rows),
    )


def _has_a_row(epsilon: float) -> bool:
    return round(math.log2(epsilon)) % POWERS_APART == 0


def _error_cell(error: float) -> str:
    return "overflow" if math.isnan(error) else scientific(error)


def _marks(curve: Curve, epsilon: float) -> str:
    chosen = CHOSEN if epsilon == curve.chosen_epsilon and epsilon in curve.epsilons else ""
    best = BEST if epsilon == curve.best_epsilon else ""
    return f"{chosen}{best} " if chosen or best else ""


def _best_table(sweep: StepSweep) -> Table:
    rows = []
    for each in sweep.dtypes:
        for curve in each.curves:
            order = SCHEMES[curve.scheme].order
            chosen = curve.chosen_error
            rows.append(
                (
                    f"{each.dtype} {curve.scheme}",
                    "" if curve.theory is None else f"u^(1/{order + 1})",
                    "" if curve.theory is None else scientific(curve.theory),
                    scientific(curve.best_epsilon),
                    _error_cell(curve.best_error),
                    scientific(curve.chosen_epsilon),
                    "" if chosen is None else _error_cell(chosen),
                )
            )
        rows.append(
            (f"{each.dtype} backprop", "", "", "", _error_cell(each.backprop_error), "", "")
        )
    return Table(
        "The best step by theory, as measured, and the one that gradcheck takes",
        ("", "", "theory", "measured", "error", "gradcheck", "error"),
        tuple(rows),
    )


def notes(sweep: StepSweep) -> list[str]:
    """What the curves mean, and what must be known of the measurement."""
    lines = []
    differences = [curve for curve in sweep.dtypes[0].curves if curve.theory is not None]
    if differences:
        lines.append(_why_a_v(sweep.dtypes[0], differences))
        widest = [curve.scheme for curve in differences if curve.best == 0]
        if widest:
            lines.append(
                f"No right arm: {', '.join(widest)}, best at the widest step. So it is where the "
                "cost is a parabola in each parameter, or nearly."
            )
        lines += [_coarser(each, sweep.dtypes[0]) for each in sweep.dtypes[1:]]
    lines += [_complex_note(sweep.dtypes[0], c) for c in sweep.dtypes[0].curves if not c.theory]
    lines.append(_reference_note(sweep))
    if any(each.still for each in sweep.dtypes):
        lines.append(
            "The gradient is zero at every entry drawn: an error is 0 where the scheme says so "
            "too, and 1 elsewhere, and shows no V. Take other inputs or parameters."
        )
    return lines


def _why_a_v(sweep: DtypeSweep, differences: list[Curve]) -> str:
    measured = ", ".join(
        f"{curve.scheme} {scientific(curve.best_epsilon)} (theory {scientific(curve.theory or 0)})"
        for curve in differences
    )
    powers = ", ".join(f"h^{SCHEMES[curve.scheme].order}" for curve in differences)
    powers = powers.replace("h^1", "h")
    return (
        "Why a V: a wide step h leaves out more of the Taylor series, in theory an error like "
        f"{powers} for {', '.join(curve.scheme for curve in differences)}; a narrow one divides "
        f"the rounding of the cost by less, an error like u/h. Best here in {sweep.dtype}, "
        f"u = {scientific(sweep.unit_roundoff)}: {measured}."
    )


def _coarser(sweep: DtypeSweep, first: DtypeSweep) -> str:
    """What a shorter dtype makes of the first scheme."""
    curve = next(each for each in sweep.curves if each.theory is not None)
    finer = next(each for each in first.curves if each.scheme == curve.scheme)
    chosen = curve.chosen_error
    taken = "" if chosen is None else f", and {scientific(chosen)} at the step for {first.dtype}"
    return (
        f"In {sweep.dtype}, u = {scientific(sweep.unit_roundoff)}, {curve.scheme} comes no nearer "
        f"than {_error_cell(curve.best_error)} whatever the step ({first.dtype}: "
        f"{_error_cell(finer.best_error)}){taken}. That is why gradcheck checks in float64, "
        "whatever the network's dtype."
    )


def _complex_note(sweep: DtypeSweep, curve: Curve) -> str:
    return (
        "The complex step subtracts nothing, so it has no left arm: its error in "
        f"{sweep.dtype} is still {_error_cell(curve.errors[-1])} at "
        f"{power_text(curve.epsilons[-1])}."
    )


def _reference_note(sweep: StepSweep) -> str:
    first = sweep.dtypes[0]
    kinked = max(each.kinked for each in sweep.dtypes)
    lines = [
        f"Error: the norm ratio |a - n| / (|a| + |n|) over {sweep.sampled - kinked:,} of "
        f"{sweep.parameters:,} entries. Reference a: the {sweep.reference} scheme in float64, full "
        f"forward passes, no backprop; measured again with another step it is "
        f"{scientific(first.reference_error)} away, and smaller errors cannot be told."
    ]
    if not sweep.is_smooth:
        lines.append(
            "An activation has a kink: steps wide enough to reach one are wrong in another way, "
            "and an arm may jump there."
        )
    if sweep.left_out:
        lines.append(f"Left out: {', '.join(sweep.left_out)}, which needs analytic activations.")
    if kinked:
        entries = "entry" if kinked == 1 else "entries"
        lines.append(f"{kinked:,} {entries} on a kink, where no derivative is, left out.")
    lines.append("All steps: --json, --csv.")
    return " ".join(lines)
