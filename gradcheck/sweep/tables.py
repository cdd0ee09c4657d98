"""The tables of step-sweep: the errors in each dtype, and the best steps."""

import math
from collections.abc import Sequence

from gradcheck.show.numbers import scientific
from gradcheck.show.text import Table
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep

__all__ = ["best_table", "error_text", "errors_table", "power_text"]

# Powers of two. Only every fourth step has a row, so that a table fits on a screen; the best steps
# and those that gradcheck uses have a row in any case.
POWERS_APART = 4
BEST, CHOSEN = "*", ">"


def errors_table(sweep: DtypeSweep) -> Table:
    """The errors of all schemes in one dtype, with a row for some of the steps."""
    errors = [dict(zip(curve.epsilons, curve.errors, strict=True)) for curve in sweep.curves]
    rows = [
        (
            power_text(epsilon),
            scientific(epsilon),
            *(
                _marks(curve, epsilon) + error_text(of_scheme[epsilon])
                if epsilon in of_scheme
                else ""
                for curve, of_scheme in zip(sweep.curves, errors, strict=True)
            ),
        )
        for epsilon in sorted(_shown_steps(sweep), reverse=True)
    ]
    return Table(
        f"{sweep.dtype}: error by step ({BEST} the smallest error, {CHOSEN} the step that "
        "gradcheck uses)",
        ("", "step", *(curve.scheme for curve in sweep.curves)),
        tuple(rows),
    )


def _shown_steps(sweep: DtypeSweep) -> set[float]:
    """The steps that have a row."""
    shown: set[float] = set()
    for curve in sweep.curves:
        # Below u only the complex step is left, and its curve is flat: its last step is enough.
        shown |= {e for e in curve.epsilons if e > sweep.unit_roundoff and _is_regular(e)}
        shown |= {curve.best_epsilon, curve.chosen_epsilon, curve.epsilons[-1]} & {*curve.epsilons}
    return shown


def _is_regular(epsilon: float) -> bool:
    return round(math.log2(epsilon)) % POWERS_APART == 0


def _marks(curve: Curve, epsilon: float) -> str:
    chosen = CHOSEN if epsilon == curve.chosen_epsilon else ""
    best = BEST if epsilon == curve.best_epsilon else ""
    return f"{chosen}{best} " if chosen or best else ""


def best_table(dtypes: Sequence[DtypeSweep]) -> Table:
    """The best step of each scheme in theory and as measured, and the one that gradcheck uses."""
    rows = []
    for each in dtypes:
        rows += [_best_row(each.dtype, curve) for curve in each.curves]
        backprop = error_text(each.backprop_error)
        rows.append((f"{each.dtype} backprop", "", "", "", backprop, "", ""))
    return Table(
        "The best step in theory and as measured, and the step that gradcheck uses",
        ("", "", "theory", "measured", "error", "gradcheck", "error"),
        tuple(rows),
    )


def _best_row(dtype: str, curve: Curve) -> tuple[str, ...]:
    theory = curve.theory
    return (
        f"{dtype} {curve.scheme}",
        "" if theory is None else f"u^(1/{SCHEMES[curve.scheme].order + 1})",
        "" if theory is None else scientific(theory),
        scientific(curve.best_epsilon),
        error_text(curve.best_error),
        scientific(curve.chosen_epsilon),
        "" if curve.chosen_error is None else error_text(curve.chosen_error),
    )


def error_text(error: float) -> str:
    """An error such as 1.2e-08, or that the cost overflowed."""
    return "overflow" if math.isnan(error) else scientific(error)


def power_text(epsilon: float) -> str:
    """A step as a power of two, such as 2^-21.

    >>> power_text(0.125)
    '2^-3'
    """
    return f"2^{round(math.log2(epsilon))}"
