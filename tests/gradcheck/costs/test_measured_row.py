"""One row: what is measured in full, and what is an estimate."""

from gradcheck.costs.cost_row import Case
from gradcheck.costs.measure import compare_costs


def test_what_is_too_long_is_measured_on_a_sample_and_said_to_be_an_estimate() -> None:
    (measured,) = compare_costs([Case((40, 300, 10), 2)], budget=0.05).rows
    assert measured.one_by_one.estimated
    # A pass for each of 15,310 parameters takes about as long as so many passes do.
    passes = measured.one_by_one.seconds / measured.forward.seconds
    assert 15_310 / 20 < passes < 15_310 * 20


def test_forward_and_backprop_are_of_the_dtype_that_was_asked_for() -> None:
    (measured,) = compare_costs([Case((4, 3, 2), 60)], budget=0.05, dtype="float32").rows
    assert measured.dtype == "float32"
    assert measured.book_loop.estimated  # 60 examples, of which 50 are timed
    assert measured.one_by_one.times is not None
    assert measured.batched.times is None
