"""Which arrays an output depends on."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.learned import learned_arrays
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import Layer, code_of, trial_of


def names_of(own: Any) -> list[str]:
    return [path.name for path in learned_arrays(code_of(own), trial_of().outputs, 5).paths]


def test_arrays_that_change_the_output() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.velocity = np.ones((4, 3))
            self.examples_seen = np.ones((5, 3))

        def forward(self, x: HostArray) -> HostArray:
            out: HostArray = super().forward(x) + self.examples_seen
            return out

    assert names_of(Own()) == ["W", "b"]


def test_weights_of_zero_are_learned_too() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.V = np.zeros((3, 3))

        def forward(self, x: HostArray) -> HostArray:
            return super().forward(x) @ self.V

    own = Own()
    assert names_of(own) == ["W", "b", "V"]
    assert not np.any(own.V)


def test_statistics_of_the_data_are_not_learned() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.running_mean = np.ones(4)

        def forward(self, x: HostArray) -> HostArray:
            return super().forward(x - self.running_mean)

    assert names_of(Own()) == ["W", "b"]


def test_a_plain_number_may_be_a_bias() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            super().__init__()
            self.b = 0.5  # type: ignore[assignment]

    found = learned_arrays(code_of(Own()), trial_of().outputs, 5)
    assert [value.shape for value in found.values] == [(4, 3), ()]


def test_arrays_become_float64() -> None:
    own = Layer()
    own.W = own.W.astype(np.float32)
    assert names_of(own) == ["W", "b"]
    assert own.W.dtype == np.float64


def test_a_constant_output_depends_on_nothing() -> None:
    def constant(code: Code) -> HostArray:
        return np.ones((3, 5))

    with pytest.raises(StudentError, match="The output of Layer depends on no array"):
        learned_arrays(code_of(Layer()), constant, 5)
