"""Logarithmic axes, whatever the range."""

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from gradcheck.show.log_axis import show_range


@given(values=st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=5))
def test_all_values_are_within_and_some_ticks_are_numbered(values: list[float]) -> None:
    axes = Figure().subplots()
    show_range(axes, "y", values)
    low, high = axes.get_ylim()
    assert low < min(values) <= max(values) < high
    ticks = [float(tick) for tick in axes.get_yticks()]
    assert 1 <= len(ticks) <= 8
    assert all(low <= tick <= high for tick in ticks)
    assert axes.get_yscale() == "log"


@given(batch_size=st.integers(1, 3))
def test_no_tick_stands_below_what_there_can_be(batch_size: int) -> None:
    axes = Figure().subplots()
    show_range(axes, "x", [float(batch_size)], least=1.0)
    assert min(axes.get_xticks()) >= 1.0


def test_a_narrow_range_has_its_numbers_in_full() -> None:
    axes = Figure().subplots()
    show_range(axes, "x", [195.0, 355.0])
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels == ["100", "200", "500", "1,000"]
