"""How many entries have which error, counted."""

import numpy as np

from gradcheck.verdicts.error_histogram import (
    FROM_POWER,
    IN_DECADE,
    LIMITS,
    bar_counts,
    column_counts,
)
from gradcheck.verdicts.verdict import Verdict

ERRORS = np.array([0.0, 0.05, 0.1, 1.5, 3.0, 1e12, np.inf, 0.5])
VERDICTS = np.array(
    [Verdict.AGREE] * 4 + [Verdict.DISAGREE] * 3 + [Verdict.UNTESTED], dtype=np.int8
)


def test_each_entry_but_the_untested_is_in_one_bar() -> None:
    right, wrong = bar_counts(ERRORS, VERDICTS)
    assert (right.sum(), wrong.sum()) == (4, 3)
    assert right[0] == 1  # no error at all
    assert wrong[-1] == 2  # beyond the last bar
    # 0.1 begins the decade after 0.01.
    assert right[IN_DECADE * (-1 - FROM_POWER)] == 1


def test_columns_count_up_to_their_limits() -> None:
    counts = column_counts(ERRORS, VERDICTS)
    assert len(counts) == len(LIMITS) + 1
    assert counts.tolist() == [3, 0, 1, 1, 0, 2]
