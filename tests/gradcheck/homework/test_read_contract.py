"""Contracts made by hand: facts are found, and odd costs are refused, whatever the format."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from gradcheck.homework.arriving import arriving_gradient, cost_of_output
from gradcheck.homework.contract import Contract, NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.read_contract import known_part, known_parts
from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray
from tests.gradcheck.homework.students import caller

X = NamedArray("x", np.arange(6.0).reshape(2, 3) / 3.0, is_input=True)
W = NamedArray("w", np.array([[1.0, -2.0], [0.5, 1.0], [3.0, 0.25]]))
ARRIVING = arriving_gradient((2, 2), 0)


def cost_at(values: Values) -> float:
    return float(cost_of_output(values[0] @ values[1], ARRIVING))


def claims_at(values: Values) -> list[NamedGradients]:
    x, w = values
    return [NamedGradients("dx, dw", False, [ARRIVING @ w.T, x.T @ ARRIVING])]


AFFINE = Part("affine", (X, W), PartCost("sum(out * dout)", cost_at), claims_at)


def test_a_layer_with_its_input() -> None:
    _, facts = known_part(AFFINE, caller(), 0)
    assert [(each.name, each.is_input) for each in facts.arrays] == [("x", True), ("w", False)]
    assert facts.again is None
    assert facts.findings == ()
    assert facts.gradients[0].arrays[0].shape == (2, 3)
    assert set(facts.seconds) == {"cost", "backprop"}


def test_each_part_of_a_chain_has_its_facts() -> None:
    chain = Contract((AFFINE, replace(AFFINE, name="layer 1")), layers=1)
    assert [facts.name for _, facts in known_parts(chain, caller(), 0)] == ["affine", "layer 1"]


def test_tiny_parameters_are_filled_and_inputs_are_not() -> None:
    tiny = (replace(X, value=0.01 * X.value), replace(W, value=0.01 * W.value))
    _, facts = known_part(replace(AFFINE, arrays=tiny), caller(), 0)
    assert np.array_equal(facts.values[0], tiny[0].value)
    assert np.max(np.abs(facts.values[1])) > 0.1
    (found,) = facts.findings
    assert "All numbers in w are smaller than 0.1" in found.text
    _, again = known_part(replace(AFFINE, arrays=tiny), caller(), 0)
    assert np.array_equal(facts.values[1], again.values[1])


def test_ones_are_filled_with_numbers_around_one() -> None:
    ones = (X, replace(W, value=np.ones_like(W.value)))
    _, facts = known_part(replace(AFFINE, arrays=ones), caller(), 0)
    (found,) = facts.findings
    assert "All numbers in w are 1" in found.text
    assert np.all(np.abs(facts.values[1] - 1.0) <= 0.5)
    assert np.ptp(facts.values[1]) > 0.0


def test_state_and_changes_are_noticed() -> None:
    calls = count(1)

    def grows(values: Values) -> list[NamedGradients]:
        return [NamedGradients("", False, [next(calls) * each for each in values])]

    def current() -> list[HostArray]:
        return [X.value, 2 * W.value]

    odd = replace(AFFINE, claims_at=grows, current=current, backward="affine_backward")
    _, facts = known_part(odd, caller(), 0)
    assert facts.again is not None
    texts = [each.text for each in facts.findings]
    assert texts[0].startswith("affine_backward changes the network's own w.")
    assert texts[1].startswith("affine_backward keeps state between calls")


def test_a_cost_that_never_changes_is_refused() -> None:
    fixed = replace(AFFINE, cost=PartCost("fixed", lambda values: 0.5))
    with pytest.raises(StudentError, match=r"The cost is 0\.5 for any weights and biases"):
        known_part(fixed, caller(), 0)


def test_a_cost_that_changes_by_itself_is_refused() -> None:
    numbers = count()
    counting = replace(AFFINE, cost=PartCost("counting", lambda values: next(numbers)))
    with pytest.raises(StudentError, match="for the same parameters; it should be the same"):
        known_part(counting, caller(), 0)


def test_a_cost_that_fails_elsewhere_depends_on_the_arrays() -> None:
    def fragile(values: Values) -> float:
        if not np.array_equal(values[1], W.value):
            raise StudentError("the output is not between 0 and 1")
        return 0.5

    _, facts = known_part(replace(AFFINE, cost=PartCost("fragile", fragile)), caller(), 0)
    assert facts.cost == "fragile"


def test_a_gradient_of_zero_needs_no_cost_that_moves() -> None:
    def zero(values: Values) -> list[NamedGradients]:
        return [NamedGradients("", False, [0 * each for each in values])]

    part = replace(AFFINE, claims_at=zero, cost=PartCost("fixed", lambda values: 0.5))
    assert not any(np.any(each) for each in known_part(part, caller(), 0)[1].gradients[0].arrays)


def test_nan_is_told() -> None:
    def nan(values: Values) -> list[NamedGradients]:
        return [NamedGradients("", False, [np.nan * each for each in values])]

    _, facts = known_part(replace(AFFINE, claims_at=nan), caller(), 0)
    assert facts.findings[-1].text == "The gradients contain NaN or infinity."
