"""Biases in front of a normalisation have a slope of exactly 0."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.idle_arrays import idle_arrays, without_arrays
from gradcheck.homework.read_contract import known_part
from nets.arrays import HostArray
from tests.gradcheck.homework.students import caller

GENERATOR = np.random.default_rng(4)
X = GENERATOR.standard_normal((5, 3))
ARRIVING = GENERATOR.standard_normal((5, 2))


def normalised(values: Values) -> tuple[HostArray, HostArray]:
    z = X @ values[0] + values[1]
    deviation = z.std(axis=0)
    return (z - z.mean(axis=0)) / deviation, deviation


def cost_at(values: Values) -> float:
    return float(np.sum(normalised(values)[0] * ARRIVING))


def gradients_at(values: Values) -> list[HostArray]:
    out, deviation = normalised(values)
    d = (ARRIVING - ARRIVING.mean(axis=0) - out * (ARRIVING * out).mean(axis=0)) / deviation
    return [X.T @ d, d.sum(axis=0)]


def layer(times: float = 1.0, plus: float = 0.0) -> Part:
    """A dense layer and a normalisation, with a change of the gradient of the bias."""

    def claims_at(values: Values) -> list[NamedGradients]:
        dw, db = gradients_at(values)
        return [NamedGradients("dw, db", False, [dw, times * db + plus])]

    arrays = (
        NamedArray("w", GENERATOR.standard_normal((3, 2))),
        NamedArray("b", GENERATOR.standard_normal(2)),
    )
    return Part("layer", arrays, PartCost("sum(out * dout)", cost_at), claims_at)


def idle(part: Part) -> list[int]:
    return idle_arrays(part, part.values, part.claims_at(part.values)[0].arrays, 0)


def test_a_bias_that_changes_nothing_is_left_out_and_named() -> None:
    assert idle(layer()) == [1]
    part, facts = known_part(layer(), caller(), 0)
    assert [array.name for array in facts.arrays] == ["w"]
    assert "does not change with b, and backprop gives 0 but for rounding" in facts.findings[0].text
    assert [array.name for array in part.arrays] == ["w"]
    (gradient,) = facts.gradients[0].arrays
    assert gradient.shape == (3, 2)
    assert part.cost.at(facts.values) == pytest.approx(cost_at([facts.values[0], np.zeros(2)]))


@pytest.mark.parametrize(("times", "plus"), [(0.0, 0.1), (0.0, 0.0), (1.0, np.nan)])
def test_a_bias_whose_gradient_is_not_0_but_for_rounding_stays(times: float, plus: float) -> None:
    assert idle(layer(times, plus)) == []


def test_a_bias_that_counts_stays_though_backward_returns_next_to_nothing() -> None:
    counts = PartCost("cost", lambda values: cost_at(values) + float(np.sum(values[1])))
    assert idle(replace(layer(), cost=counts)) == []


def test_what_a_function_receives_is_treated_alike() -> None:
    part = layer()
    w, b = part.arrays
    inputs = replace(part, arrays=(w, replace(b, is_input=True)))
    assert idle(inputs) == [1]


def test_what_the_objects_hold_and_other_costs_have_the_same_arrays() -> None:
    part = layer()
    held = replace(
        part,
        current=lambda: [np.array(value) for value in part.values],
        other_cost=lambda name: replace(part.cost, name=name),
    )
    found = without_arrays(held, ["b"], held.values)
    assert found.current is not None
    assert [each.shape for each in found.current()] == [(3, 2)]
    assert found.other_cost is not None
    other = found.other_cost("quadratic")
    assert other.name == "quadratic"
    assert np.isfinite(other.at(found.values))


def test_gradients_of_a_second_call_have_the_same_arrays() -> None:
    times = iter((1.0, 2.0))

    def claims_at(values: Values) -> list[NamedGradients]:
        factor = next(times)
        return [NamedGradients("dw, db", False, [factor * d for d in gradients_at(values)])]

    _, facts = known_part(replace(layer(), claims_at=claims_at), caller(), 0)
    assert facts.again is not None
    assert [each.shape for each in facts.again[0].arrays] == [(3, 2)]
