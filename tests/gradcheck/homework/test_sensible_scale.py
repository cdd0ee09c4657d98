"""Parameters that hide mistakes are filled anew; others, and inputs, stay as they are."""

import numpy as np

from gradcheck.homework.contract import NamedArray
from gradcheck.homework.sensible_scale import with_sensible_scale


def test_tiny_parameters_and_ones_are_filled_anew_and_named() -> None:
    given = (
        NamedArray("w", np.full((3, 4), 0.01)),
        NamedArray("gamma", np.ones(4)),
        NamedArray("kept", np.full(4, 2.0)),
        NamedArray("x", np.zeros((2, 4)), is_input=True),
    )
    arrays, findings = with_sensible_scale(given, seed=0)
    values = {array.name: array.value for array in arrays}
    assert values["w"].std() > 0.1
    assert np.all((values["gamma"] >= 0.5) & (values["gamma"] <= 1.5))
    assert len(set(values["gamma"])) == 4
    np.testing.assert_array_equal(values["kept"], 2.0)
    np.testing.assert_array_equal(values["x"], 0.0)
    first, second = (each.text for each in findings)
    assert "All numbers in w are smaller than 0.1." in first
    assert "All numbers in gamma are 1" in second


def test_nothing_is_said_where_nothing_was_filled() -> None:
    given = (NamedArray("w", np.array([0.5, 1.0])),)
    arrays, findings = with_sensible_scale(given, seed=0)
    assert arrays == given
    assert findings == []
