"""A cost that drops the imaginary part must not pass for a flat one under the complex step."""

from collections.abc import Sequence

import numpy as np

from gradcheck.engines.engine import Engine, flat_entries, steps_for
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import to_numpy
from nets.errors import BadInput

__all__ = ["expect_analytic_cost"]


def expect_analytic_cost(report: Report, claims: Sequence[Claim], engine: Engine) -> None:
    """Check that a cost that does not change with a complex step does not with a real one either.

    Args:
        report: what a check by the complex step has found.
        claims: what was checked, in the engine's order.
        engine: evaluates the cost.

    Raises:
        BadInput: it does change: somewhere the imaginary part was dropped, as by abs.

    """
    for array in report.arrays:
        flat = (array.verdicts == Verdict.DISAGREE) & (array.numerical == 0.0)
        if not np.any(flat):
            continue
        which = next(n for n, claim in enumerate(claims) if claim.name == array.name)
        entries = array.entries[flat][:1]
        steps = steps_for(
            flat_entries(claims[which].values, entries), scheme_named("forward").epsilon
        )
        moved = engine.cost_changes(which, entries, steps, (1.0,))
        if float(to_numpy(moved)[0, 0]) != 0.0:
            raise BadInput(
                f"the cost changes with {array.name} {list(array.index_of(int(np.argmax(flat))))}, "
                "but not with a complex step there: something in it (abs, vdot, a maximum) drops "
                "the imaginary part; use the scheme central"
            )
