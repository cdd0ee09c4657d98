"""The verdict on an entry."""

import numpy as np
import pytest

from gradcheck.engines.engine import Offset
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.verdicts.verdict import Judgement, Verdict, judge
from nets.arrays import HostArray, Place, place_of, to_numpy

FORWARD = SCHEMES["forward"]


def slopes(left: float, right: float) -> dict[Offset, HostArray]:
    return {-1.0: np.array([left]), 1.0: np.array([right])}


def judged(
    claim: float,
    left: float,
    right: float,
    noise: float = 1e-9,
    *,
    kinked: bool = False,
    round_off: float = 0.0,
) -> Judgement:
    measured = MeasuredSlopes.of(
        FORWARD, slopes(left, right), np.array([noise]), FORWARD.epsilon
    ).marked(np.array([kinked]))
    return judge(np.array([claim]), measured, np.array([round_off]))


def verdict(
    claim: float, left: float, right: float, noise: float = 1e-9, *, kinked: bool = False
) -> Verdict:
    return Verdict(int(judged(claim, left, right, noise, kinked=kinked).verdicts[0]))


def test_each_verdict_has_a_word() -> None:
    assert [verdict.word for verdict in Verdict] == [
        "agree",
        "disagree",
        "kink",
        "undecided",
        "untested",
    ]


def test_within_two_bars_is_agreement_and_beyond_is_not() -> None:
    bar = float(judged(1.0, 1.0, 1.0, noise=1e-3).error_bar[0])
    assert verdict(1.0 + 0.99 * BARS_ALLOWED * bar, 1.0, 1.0, noise=1e-3) is Verdict.AGREE
    assert verdict(1.0 + 1.01 * BARS_ALLOWED * bar, 1.0, 1.0, noise=1e-3) is Verdict.DISAGREE
    assert verdict(1.0 - 1.01 * BARS_ALLOWED * bar, 1.0, 1.0, noise=1e-3) is Verdict.DISAGREE


@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_the_verdict_does_not_depend_on_the_scale_of_the_gradient(scale: float) -> None:
    noise = 1e-6 * scale
    assert verdict(scale, scale, scale, noise) is Verdict.AGREE
    assert verdict(1.001 * scale, scale, scale, noise) is Verdict.DISAGREE
    assert verdict(-scale, scale, scale, noise) is Verdict.DISAGREE
    assert verdict(0.0, scale, scale, noise) is Verdict.DISAGREE


def test_a_claim_of_zero_is_no_agreement_where_the_bar_hides_the_gradient() -> None:
    assert verdict(0.0, 1e-10, 1e-10, noise=1e-9) is Verdict.UNDECIDED
    assert verdict(1e-10, 1e-10, 1e-10, noise=1e-9) is Verdict.UNDECIDED
    assert verdict(1.0, 1e-10, 1e-10, noise=1e-9) is Verdict.DISAGREE


def test_a_claim_is_no_agreement_because_it_is_large() -> None:
    # Bars of 1, two of them allowed: from -0.5 to 3.5 everything is, and 0 with it.
    assert verdict(3.0, 1.5, 1.5, noise=0.5) is Verdict.UNDECIDED
    assert verdict(3.0, 2.5, 2.5, noise=0.5) is Verdict.AGREE


def test_nothing_is_tested_where_neither_the_cost_nor_the_claim_moves() -> None:
    assert verdict(0.0, 0.0, 0.0) is Verdict.UNTESTED
    assert verdict(1e-3, 0.0, 0.0) is Verdict.DISAGREE
    # However small the claim, it cannot be confirmed by a cost that stands still.
    assert verdict(1e-20, 0.0, 0.0) is Verdict.UNDECIDED
    # A slope to one side alone is a change, whatever its sign.
    for left, right in ((0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)):
        assert verdict(0.0, left, right) is not Verdict.UNTESTED


@pytest.mark.parametrize("claim", [0.0, 0.5, 1.0])
def test_at_a_kink_every_subgradient_is_a_kink(claim: float) -> None:
    assert verdict(claim, 0.0, 1.0, kinked=True) is Verdict.KINK
    assert verdict(claim, 1.0, 0.0, kinked=True) is Verdict.KINK
    assert verdict(-claim, -1.0, 0.0, kinked=True) is Verdict.KINK
    assert verdict(-claim, 0.0, -1.0, kinked=True) is Verdict.KINK


@pytest.mark.parametrize("claim", [-0.1, 1.1, np.nan])
def test_at_a_kink_a_claim_outside_of_both_slopes_disagrees(claim: float) -> None:
    assert verdict(claim, 0.0, 1.0, kinked=True) is Verdict.DISAGREE


@pytest.mark.parametrize("claim", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_a_claim_that_is_no_number_disagrees(claim: float, slope: float) -> None:
    assert verdict(claim, slope, slope) is Verdict.DISAGREE


@pytest.mark.parametrize("slope", [np.nan, np.inf])
def test_a_slope_that_is_no_number_decides_nothing(slope: float) -> None:
    with np.errstate(invalid="ignore"):
        assert verdict(1.0, slope, slope) is Verdict.UNDECIDED


@pytest.mark.parametrize("slope", [np.nan, np.inf])
@pytest.mark.parametrize("claim", [0.0, 1.0, -7e30])
def test_no_finite_claim_is_accused_or_confirmed_where_a_slope_is_no_number(
    claim: float, slope: float
) -> None:
    with np.errstate(invalid="ignore"):
        judgement = judged(claim, 1.0, slope)
    assert judgement.verdicts.tolist() == [Verdict.UNDECIDED]
    assert judgement.error_bar.tolist() == [np.inf]
    assert verdict(np.nan, 1.0, slope) is Verdict.DISAGREE


def test_the_rounding_of_the_gradient_widens_the_bar_by_two_standard_deviations() -> None:
    plain, wider = judged(1.0, 1.0, 1.0), judged(1.0, 1.0, 1.0, round_off=1e-3)
    assert wider.error_bar - plain.error_bar == pytest.approx(2e-3)
    assert judged(1.003, 1.0, 1.0, round_off=1e-3).verdicts.tolist() == [Verdict.AGREE]
    assert judged(1.005, 1.0, 1.0, round_off=1e-3).verdicts.tolist() == [Verdict.DISAGREE]


@pytest.mark.parametrize(("claim", "found"), [(1.0021, Verdict.KINK), (1.0062, Verdict.DISAGREE)])
def test_at_a_kink_the_slopes_have_room_for_their_curvature_and_for_rounding(
    claim: float, found: Verdict
) -> None:
    # A thousandth of the greater slope, and four standard deviations of either rounding.
    for noise, round_off in ((1e-3, 1e-9), (1e-9, 1e-3)):
        judgement = judged(claim, 0.0, 1.0, noise, kinked=True, round_off=round_off)
        assert judgement.verdicts.tolist() == [found]
        mirrored = judged(-claim, 0.0, -1.0, noise, kinked=True, round_off=round_off)
        assert mirrored.verdicts.tolist() == [found]


def test_entries_are_judged_each_by_itself_wherever_they_lie(where: Place) -> None:
    claims = where.put([1.0, 2.0, 0.0])
    measured: dict[Offset, HostArray] = {
        -1.0: where.put([1.0, 1.0, 0.0]),
        1.0: where.put([1.0, 1.0, 0.0]),
    }
    found = MeasuredSlopes.of(FORWARD, measured, where.put([1e-9] * 3), FORWARD.epsilon)
    judgement = judge(claims, found)
    assert to_numpy(judgement.verdicts).tolist() == [
        Verdict.AGREE,
        Verdict.DISAGREE,
        Verdict.UNTESTED,
    ]
    assert place_of(judgement.numerical) == where
