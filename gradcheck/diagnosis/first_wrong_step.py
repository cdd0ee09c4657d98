"""The first wrong step of a backprop whose steps are all known.

Each step is compared with two things. The *measurement* is the gradient by differences with
respect to the very quantity that the step is about. The *chain rule* is applied to the claims of
the steps before, whether they are right or wrong.

- A step that is right, but uses a wrong result of an earlier one, contradicts the measurement
  alone: it does to its inputs what the chain rule asks for.
- A step that is right in a way of its own, such as another subgradient at a kink, contradicts the
  chain rule alone: the measurement admits it.
- A wrong step contradicts both, at the same entries.

So the first step that contradicts both is the first wrong one. Two cases remain in which no step
does. A mistake that is too small to be measured inside contradicts the chain rule alone. And if a
derivative of the network itself is wrong, such as an activation function's, the chain rule uses it
too: then the steps contradict the measurement alone, from the first one that uses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import CHAIN_RULE, walk
from gradcheck.bugs.walk_back import with_results
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.claimed_steps import parameter_step
from gradcheck.diagnosis.rounding import Rounding
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["first_wrong_step"]


@dataclass(frozen=True, eq=False)
class ComparedStep:
    """A step, its claim, and what it is compared with; all arrays have the claim's shape.

    Attributes:
        step: its layer and its name.
        claim: what the backprop returned.
        expected: what the chain rule makes of the claims of the steps before.
        broken: bool, where the claim is not what was expected.
        measured: what differences say; None for a step without arithmetic, which only takes over
            the gradient of the next layer.

    """

    step: BackpropStep
    claim: HostArray
    expected: HostArray
    broken: HostArray
    measured: ArrayReport | None

    @property
    def breaks_chain_rule(self) -> bool:
        """Whether some entry is not what was expected."""
        return bool(np.any(self.broken))

    @property
    def contradicts_measurement(self) -> bool:
        """Whether some measured entry disagrees."""
        return self.measured is not None and self.measured.counts["disagree"] > 0

    @property
    def contradicts_both(self) -> bool:
        """Whether some entry does both; without arithmetic, the chain rule alone decides."""
        if self.measured is None:
            return self.breaks_chain_rule
        wrong = self.measured.verdicts == Verdict.DISAGREE
        return bool(np.any(np.reshape(self.broken, (-1,))[self.measured.entries] & wrong))


def first_wrong_step(claimed: ClaimedBackprop, report: Report) -> WrongStep:
    """Find the first wrong step, as the module's docstring explains.

    Args:
        claimed: a backprop of which all steps are known.
        report: what the check of the parameters' gradients found: a disagreement.

    """
    compared = compared_steps(claimed, report)
    for position, each in enumerate(compared):
        if each.contradicts_both:
            how = _how_found(each, compared[:position])
            return WrongStep(each.step, how, each.claim, each.expected)
    for each in compared:
        if each.breaks_chain_rule:
            how = (
                "The chain rule gives other numbers here, from the results of the steps before; "
                "the difference is too small to be measured in this step"
            )
            return WrongStep(each.step, how, each.claim, each.expected)
    contradicted = next(each for each in compared if each.contradicts_measurement)
    return _only_measured(contradicted, is_single=claimed.is_single)


def compared_steps(claimed: ClaimedBackprop, report: Report) -> list[ComparedStep]:
    """Every step in the order of backprop, with what it is compared with."""
    of_parameters = {parameter_step(array): array for array in report.arrays}
    measured = {**claimed.measured, **of_parameters}
    moments = with_results(claimed.moments, claimed.claims)
    compared = []
    for step in walk(len(moments)):
        claim = claimed.claims[step]
        # Earlier claims may be infinite or NaN.
        with np.errstate(over="ignore", invalid="ignore"):
            expected = CHAIN_RULE[step.name].right(moments[step.layer])
            broken = _broken(claim, expected, claimed.rounding)
        compared.append(ComparedStep(step, claim, expected, broken, measured.get(step)))
    return compared


def _broken(claim: HostArray, expected: HostArray, rounding: Rounding) -> HostArray:
    """Where a claim is further from what was expected than rounding explains; NaN always is."""
    largest = np.max(np.abs(expected), initial=0.0)
    allowed = rounding.of_entry * np.abs(expected) + rounding.of_largest * largest
    broken: HostArray = ~(np.abs(claim - expected) <= allowed)
    return broken


def _how_found(wrong: ComparedStep, before: Sequence[ComparedStep]) -> str:
    """What speaks for a step that contradicts both the measurement and the chain rule."""
    layer = wrong.step.layer
    if wrong.measured is None:
        return f"Layer {layer} does not start from the gradient that layer {layer + 1} hands back"
    here = f"in this step {wrong.measured.counts['disagree']:,} of {wrong.measured.checked:,}"
    measured = [each.measured for each in before if each.measured is not None]
    agree = sum(array.counts["agree"] for array in measured)
    disagree = sum(array.counts["disagree"] for array in measured)
    if not measured:
        return f"This is the first step of backprop; {here} entries are wrong"
    if agree and not disagree:
        return (
            f"Everything computed before this step is right ({agree:,} entries measured); {here} "
            "are wrong"
        )
    entries = sum(array.checked for array in measured)
    return (
        f"No step before this one is wrong in itself ({agree:,} of {entries:,} entries measured "
        f"agree); {here} are wrong"
    )


def _only_measured(wrong: ComparedStep, *, is_single: bool) -> WrongStep:
    """A step that the chain rule finds right: only the measurement says what it should be.

    Args:
        wrong: the step.
        is_single: whether the claim was computed in float32, whose rounding alone may explain it.

    """
    found = wrong.measured
    assert found is not None
    reason = (
        "the network's own derivative, such as that of the activation function, may be wrong"
        if not is_single
        else "the rounding of float32 may be all that is wrong; compute the gradient in float64"
    )
    how = (
        f"{found.counts['disagree']:,} of {found.checked:,} entries are wrong, although every step "
        f"follows from the one before it: {reason}"
    )
    right = wrong.claim.reshape(-1).copy()
    right[found.entries] = found.numerical
    return WrongStep(wrong.step, how, wrong.claim, right.reshape(wrong.claim.shape))
