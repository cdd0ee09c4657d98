"""Growth of the time for a gradient."""

import numpy as np
import pytest

from gradcheck.pictures.growth import draw_growth, time_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(753.0, "13 min"), (60.0, "1 min"), (0.298, "298 ms"), (2.52e-3, "2.5 ms"), (1e-7, "0.1 µs")],
)
def test_times_have_the_unit_that_people_use(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


def test_each_way_is_a_line_with_its_name_and_its_last_time() -> None:
    times = {"(46)": [1.0, 100.0], "backprop": [1e-3, 1e-2]}
    (axes,) = draw_growth([1000, 10000], times).figure.axes
    drawn = [np.asarray(line.get_ydata(), dtype=float).tolist() for line in axes.lines]
    assert drawn == list(times.values())
    words = [text.get_text() for text in axes.texts]
    assert words == ["(46)", "1.7 min", "backprop", "10 ms"]
    assert axes.get_xscale() == axes.get_yscale() == "log"
