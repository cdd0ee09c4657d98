"""Claims with the cost that they belong to."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.by_trying.claims import (
    Found,
    Wishes,
    probe_values,
    with_cost,
)
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients
from gradcheck.homework.understanding.by_trying.steps import Steps
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    Layer,
    code_of,
    learned_by,
    trial_of,
)


def found(own: Any, claims: Any, wishes: Wishes = Wishes()) -> Found:  # noqa: B008
    code = code_of(own)
    values = probe_values(claims.learned, 0)
    return with_cost(code, claims, wishes, claims.at(code.copied(), values), values)


def returned(own: Any) -> ReturnedGradients:
    return ReturnedGradients("backward", trial_of(), learned_by(own, "W", "b"))


def steps(own: Any, **given: Any) -> Steps:
    return Steps(("train",), trial_of(), learned_by(own, "W", "b"), **given)


class Twice(Layer):
    def backward(self, x: HostArray, y: HostArray) -> Any:
        return {name: 2.0 * each for name, each in super().backward(x, y).items()}


class NoLoss(Twice):
    loss = None  # type: ignore[assignment]


def test_right_gradients_fit_their_own_cost() -> None:
    read, fits = found(Layer(), returned(Layer()))
    assert fits
    assert read.cost.name == "loss(x, y)"


def test_an_own_cost_binds_to_the_last_factor() -> None:
    assert found(Twice(), returned(Twice()))[1] is False
    assert found(NoLoss(), returned(NoLoss()))[1] is True


def test_the_rate_that_code_has_in_itself_is_told_by_its_cost() -> None:
    class Own(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            for name, each in self.backward(x, y).items():
                setattr(self, name[1:], getattr(self, name[1:]) - 0.3 * each)

    read, fits = found(Own(), steps(Own(), has_rate=False))
    assert fits
    assert isinstance(read.claims, Steps)
    assert read.claims.own_rate == pytest.approx(0.3, rel=1e-6)


def test_the_cost_that_was_asked_for_is_taken() -> None:
    read, fits = found(Layer(), returned(Layer()), Wishes(cost="quadratic"))
    assert (read.cost.name, fits) == ("quadratic", True)


def test_what_fits_nothing_and_makes_many_steps_is_refused() -> None:
    class Many(Layer):
        def train(self, x: HostArray, y: HostArray) -> None:
            for _ in range(100):
                super().train(x, y)

    with pytest.raises(NoGradient, match="makes many steps in one call"):
        found(Many(), steps(Many()))


def test_values_of_a_probe_are_not_tiny() -> None:
    learned = learned_by(Layer(), "W", "b")
    tiny = replace(learned, values=tuple(1e-9 * value for value in learned.values))
    assert all(np.max(np.abs(each)) > 1e-3 for each in probe_values(tiny, 0))
    assert [each.shape for each in probe_values(tiny, 0)] == [(4, 3), (3,)]
