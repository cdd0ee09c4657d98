"""How far apart two engines came out."""

import math

from gradcheck.verdicts.engine_comparison import EngineComparison

NEAR = EngineComparison(3, 0.5, "weights", (0, 1))
FAR = EngineComparison(4, 7.0, "biases", (2,))


def test_more_than_one_bar_is_a_fault() -> None:
    assert NEAR.ok
    assert not FAR.ok


def test_the_worst_of_several_counts_and_all_entries_are_counted() -> None:
    worst = EngineComparison.worst_of([NEAR, FAR])
    assert worst is not None
    assert (worst.name, worst.bars, worst.compared) == ("biases", 7.0, 7)
    assert EngineComparison.worst_of([]) is None


def test_nan_is_the_worst() -> None:
    nan = EngineComparison(1, math.nan, "nan", ())
    worst = EngineComparison.worst_of([FAR, nan, NEAR])
    assert worst is not None
    assert worst.name == "nan"
    assert not worst.ok
    assert worst.to_dict()["largest_difference_in_error_bars"] is None
