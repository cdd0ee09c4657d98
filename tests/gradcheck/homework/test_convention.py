"""A constant before a guessed cost: all arrays must have it, and it must be positive."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.candidates import Candidate
from gradcheck.homework.convention import (
    factor_of_convention,
    without_factor,
    words_of_convention,
)
from gradcheck.homework.facts import PartFacts
from gradcheck.verdicts.report import Report
from tests.gradcheck.homework.reports import array_of, report_of
from tests.gradcheck.homework.students import batch_of

MEASURED = [np.random.default_rng(0).standard_normal(shape) for shape in ((3, 4), (3, 1))]
GUESSED = PartFacts("Network", (), [], None, (), False, "quadratic", True, 1, {}, ())
GUESSED = replace(GUESSED, batch=batch_of((4, 3)), batch_size=5)


def report_on(*factors: float) -> Report:
    kinds = ("weights", "biases")
    return report_of(
        [
            array_of(1, kind, factor * measured, measured)
            for kind, factor, measured in zip(kinds, factors, MEASURED, strict=True)
        ]
    )


@pytest.mark.parametrize("factor", [2.0, 0.5, 2.0 / 3.0, 1.0 / 3.0, 3.0, 7.25])
def test_a_positive_constant_is_one(factor: float) -> None:
    found = factor_of_convention(report_on(factor, factor), GUESSED)
    assert found == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    "factors", [(1.0, 1.0), (-2.0, -2.0), (0.0, 0.0), (2.0, 1.0), (2.0, 3.0), (np.inf, 2.0)]
)
def test_nothing_else_is(factors: tuple[float, float]) -> None:
    assert factor_of_convention(report_on(*factors), GUESSED) is None


def test_a_class_that_defines_its_cost_has_no_convention() -> None:
    defined = replace(GUESSED, guessed=False)
    assert factor_of_convention(report_on(2.0, 2.0), defined) is None


def test_of_one_example_and_one_output_only_named_factors_count() -> None:
    one = replace(GUESSED, batch=batch_of((4, 1), 1), batch_size=1)
    assert factor_of_convention(report_on(2.0, 2.0), one) == 2.0
    assert factor_of_convention(report_on(7.25, 7.25), one) is None


def test_the_factor_is_taken_out_and_named() -> None:
    candidate = Candidate("as it is", False, None, (2.0 * MEASURED[0],))
    assert np.array_equal(without_factor(candidate, 2.0).gradients[0], MEASURED[0])
    assert "of twice the quadratic cost." in words_of_convention(2.0, "quadratic", 1)
    assert "of 2/3 of the log-likelihood." in words_of_convention(
        2.0 / 3.0, "fused-softmax-cross-entropy", 3
    )
