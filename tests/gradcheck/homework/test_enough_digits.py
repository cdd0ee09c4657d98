"""Agreement to some digits is enough for a class that nobody here wrote, and hides no mistake."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.enough_digits import with_enough_digits
from gradcheck.homework.facts import PartFacts
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from tests.gradcheck.homework.reports import array_of, report_of

MEASURED = np.random.default_rng(0).standard_normal((5, 4))
ROUNDED = MEASURED.astype(np.float32).astype(np.float64)
FACTS = PartFacts("Network", (), [], None, (), False, "quadratic", False, 1, {}, ())
SINGLE = replace(FACTS, rounded=True)


def report_on(claimed: HostArray) -> Report:
    return report_of([array_of(1, "weights", claimed, MEASURED, error_bar=1e-12)])


@pytest.mark.parametrize(
    ("claimed", "facts", "strict", "expected"),
    [
        (1.00009 * MEASURED, FACTS, False, "agree"),
        (1.00011 * MEASURED, FACTS, False, "disagree"),
        (1.001 * MEASURED, FACTS, False, "disagree"),
        (1.00009 * MEASURED, FACTS, True, "disagree"),
        (ROUNDED, FACTS, True, "disagree"),
        (ROUNDED, SINGLE, True, "agree"),
        (1.00009 * ROUNDED, SINGLE, True, "disagree"),
        (1.00009 * ROUNDED, SINGLE, False, "agree"),
    ],
)
def test_how_many_digits_are_enough(
    claimed: HostArray, facts: PartFacts, strict: bool, expected: str
) -> None:
    before = report_on(claimed)
    assert before.verdict is Verdict.DISAGREE
    after = with_enough_digits(before, facts, strict=strict)
    assert after.verdict.word == expected
    assert len(after.remarks) == (expected == "agree")
    assert np.array_equal(after.arrays[0].backprop, before.arrays[0].backprop)


def test_an_infinite_claim_is_not_excused() -> None:
    claimed = MEASURED.copy()
    claimed[0, 0] = np.inf
    after = with_enough_digits(report_on(claimed), SINGLE, strict=False)
    assert after.counts["disagree"] == 1
