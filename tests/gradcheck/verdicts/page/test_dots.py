"""Claims against slopes, as dots."""

import numpy as np

from gradcheck.verdicts.page.dots import dots
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, UNTESTED, array_report


def test_a_dot_is_where_its_claim_and_its_slope_are() -> None:
    array = array_report([AGREE, DISAGREE], numerical=[0.0, 10.0], backprop=[0.0, -10.0])
    found = dots(array, 101)
    assert (found.slopes, found.claims) == ([0.0, 10.0], [-10.0, 10.0])
    assert found.agree.tolist() == [[0, 50]]
    assert found.disagree.tolist() == [[100, 0]]
    slopes, claims = found.values(found.disagree)
    assert (slopes.tolist(), claims.tolist()) == ([10.0], [-10.0])


def test_dots_on_each_other_are_one_and_a_wrong_one_is_kept() -> None:
    values = np.linspace(0.0, 1.0, 10_000)
    verdicts = [AGREE] * 9_999 + [DISAGREE]
    found = dots(array_report(verdicts, numerical=values, backprop=values), 50)
    assert len(found.agree) == 50
    assert len(found.disagree) == 1


def test_what_has_no_place_is_counted() -> None:
    array = array_report(
        [AGREE, DISAGREE, DISAGREE, UNTESTED],
        numerical=[1.0, np.nan, 2.0, 0.0],
        backprop=[1.0, 1.0, np.inf, 0.0],
    )
    found = dots(array)
    assert (len(found.agree), len(found.disagree), found.left_out) == (1, 0, 3)


def test_ranges_have_a_width_whatever_the_numbers() -> None:
    for values in ([], [3.0], [0.0, 0.0], [2.0, 2.0 + 1e-9], [-1.7e308, 1.7e308], [1e-308]):
        numbers = np.array(values)
        found = dots(array_report([AGREE] * len(values), numerical=numbers, backprop=numbers))
        width = found.slopes[1] - found.slopes[0]
        assert 1e-3 * min(max(map(abs, values), default=0.0), 1e300) < width < np.inf


def test_the_line_of_equal_numbers_goes_through_both_ranges() -> None:
    for slopes, claims in (([1.0, 2.0], [50.0, 60.0]), ([3.0], [3.0]), ([2.0, 2.0], [9.0, 8.0])):
        found = dots(array_report([DISAGREE] * len(slopes), numerical=slopes, backprop=claims))
        assert found.claims[0] <= found.slopes[0] < found.slopes[1] <= found.claims[1]
