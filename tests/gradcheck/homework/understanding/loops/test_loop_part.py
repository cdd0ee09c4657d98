"""A training loop as a part: its steps and its cost."""

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.loops.loop_part import LoopPart
from gradcheck.homework.understanding.loops.read_pass import read_pass
from tests.gradcheck.homework.understanding.loops.scripts import LOOP, first_pass


def read(loop: str = LOOP) -> LoopPart:
    return read_pass(first_pass(loop), loop, None)


def test_steps_are_before_minus_after_over_the_rate() -> None:
    part = read()
    names = part.one.names
    out = np.tanh(names["X"] @ names["W"] + names["b"])
    delta = (out - names["y"]) * (1 - out**2) / 6
    one, other = part.steps(part.values)
    np.testing.assert_allclose(one, names["X"].T @ delta, rtol=1e-12)
    np.testing.assert_allclose(other, delta.sum(axis=0), rtol=1e-12)
    assert part.is_proportional


def test_the_cost_is_that_of_the_values_and_of_no_step() -> None:
    part = read()
    assert part.cost_at(part.values) == pytest.approx(part.one.run()["loss"])
    zeros = [np.zeros_like(value) for value in part.values]
    assert part.cost_at(zeros) == pytest.approx(0.5 * np.sum(part.one.names["y"] ** 2) / 6)


def test_the_part_has_arrays_cost_and_gradients() -> None:
    part = read().part()
    assert [array.name for array in part.arrays] == ["W", "b"]
    assert part.cost.guessed
    (reading,) = part.claims_at(part.values)
    assert [each.shape for each in reading.arrays] == [(2, 3), (3,)]
    texts = " ".join(finding.text for finding in part.findings)
    assert "was taken for one step of training" in texts
    assert "The arrays that are learned are W, b." in texts
    assert "not in proportion" not in texts


def test_weights_that_move_too_early_are_told() -> None:
    twice = LOOP + LOOP.partition("\n    ")[2].join(["    ", ""])
    part = read(twice)
    assert not part.is_proportional
    assert "not in proportion" in " ".join(finding.text for finding in part.part().findings)


def test_a_rate_that_is_written_into_the_code() -> None:
    part = read(LOOP.replace("rate", "0.25"))
    assert part.rates == ()
    assert part.is_proportional
    texts = " ".join(finding.text for finding in part.part().findings)
    assert "No learning rate was found" in texts
    assert "0.25 times the gradient of this cost" in texts


def test_an_array_of_another_shape_after_a_pass_is_told() -> None:
    loop = LOOP.replace("b -= rate * delta.sum(axis=0)", "b = b - rate * delta.sum(axis=0)")
    part = read(loop)
    moved = [part.values[0], np.ones((1, 3))]
    assert part.steps(moved)[1].shape == (1, 3)
    turned = LoopPart(first_pass(loop.replace("delta.sum(axis=0)", "delta")), part.paths,
                      part.values, part.rates)  # fmt: skip
    with pytest.raises(StudentError, match=r"b has shape \(6, 3\) after a pass"):
        turned.steps(part.values)
