"""A byte for each entry: its verdict and its error."""

import numpy as np

from gradcheck.verdicts.page.levels import levels_of
from tests.gradcheck.verdicts.reports import (
    AGREE,
    DISAGREE,
    KINK,
    UNDECIDED,
    UNTESTED,
    array_report,
)


def test_each_verdict_has_its_level_and_what_was_not_checked_has_none() -> None:
    verdicts = [AGREE, DISAGREE, KINK, UNDECIDED, UNTESTED]
    # The first of the ten entries and the last four were not checked.
    levels = levels_of(array_report(verdicts)).tolist()
    assert levels == [0, 2, 124, 122, 123, 1, 0, 0, 0, 0]


def test_a_level_is_the_logarithm_of_the_error_in_bars() -> None:
    bars = np.array([0.0, 1e-4, 1e-3, 1.0, 100.0, 1e300])
    array = array_report(
        [AGREE] * 4 + [DISAGREE] * 2, backprop=bars, numerical=np.zeros(6), error_bar=np.ones(6)
    )
    assert levels_of(array)[1:7].tolist() == [2, 2, 12, 42, 184, 243]


def test_the_worst_verdict_has_the_largest_level() -> None:
    nearly = array_report([AGREE], backprop=[1e9], numerical=[0.0], error_bar=np.ones(1))
    wrong = array_report([DISAGREE], backprop=[0.0], numerical=[0.0], error_bar=np.ones(1))
    assert levels_of(nearly).max() < levels_of(array_report([KINK])).max() < levels_of(wrong).max()


def test_what_is_no_number_is_the_worst() -> None:
    assert levels_of(array_report([DISAGREE], backprop=[np.nan])).max() == 243
