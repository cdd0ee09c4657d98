"""A cost that is not analytic must not be measured by the complex step."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Engine
from gradcheck.show.numbers import index_text
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.judged_entries import judged_entries
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray, array_namespace
from nets.errors import BadInput

__all__ = ["expect_analytic_cost"]

# Entries of each array that are measured by real steps: those of one array go through the same
# operations, so that a few will do.
LOOKED_AT = 5


def expect_analytic_cost(report: Report, claims: Sequence[Claim], engine: Engine) -> None:
    """Check that real steps give the slope that a complex step gave, where a claim disagrees.

    A check by real steps needs no such look.

    Args:
        report: what a check has found.
        claims: what was checked, in the engine's order.
        engine: evaluates the cost.

    Raises:
        BadInput: they do not. Then the cost is not an analytic function: something in it (abs, a
            maximum, a conjugate) drops or changes the imaginary part.

    """
    if not scheme_named(report.scheme).is_complex:
        return
    scheme = scheme_named("central")
    generator = np.random.default_rng(0)  # chooses the entries at which the noise is measured
    for array in report.arrays:
        wrong = np.flatnonzero(array.verdicts == Verdict.DISAGREE)
        wrong = wrong[np.isfinite(array.numerical[wrong])][:LOOKED_AT]
        if len(wrong) == 0:
            continue
        which = next(n for n, claim in enumerate(claims) if claim.name == array.name)
        parameters = ParameterArray(which, claims[which].values)
        some = Entries.of(engine, parameters, array.entries[wrong], scheme)
        slopes = _as_claim(claims[which], array.entries[wrong], array.numerical[wrong])
        bent = judged_entries(slopes, some, scheme.epsilon, generator).where(Verdict.DISAGREE)
        if len(bent):
            entry = array.index_of(int(wrong[bent[0]]))
            raise BadInput(
                f"at {array.name} {index_text(entry)} real steps give another slope than a complex "
                "step: something in the cost (abs, a maximum, conj, vdot) is not analytic, so the "
                "complex step cannot be used; use the scheme central"
            )


def _as_claim(claim: Claim, entries: HostArray, slopes: HostArray) -> Claim:
    """The slopes (m,) at some entries (m,) of an array in the place of what was claimed."""
    gradient = np.zeros(int(np.prod(claim.values.shape)))
    gradient[entries] = slopes
    xp = array_namespace(claim.values)
    there = xp.asarray(gradient.reshape(claim.values.shape), device=device(claim.values))
    return replace(claim, gradient=there, round_off=None)
