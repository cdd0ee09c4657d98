"""Where mistakes can be made: what a layer must have for them."""

import numpy as np
import pytest

from gradcheck.bugs import conditions
from gradcheck.bugs.backprop_step import MiniBatch, Moment
from gradcheck.bugs.walk_back import moments_of
from nets.network import Network


def moments(
    *sizes: int,
    activation: str = "sigmoid",
    cost: str = "quadratic",
    batch_size: int = 3,
    previous: int | None = None,
) -> dict[int, Moment]:
    def batch(size: int) -> MiniBatch:
        return MiniBatch(np.ones((sizes[0], size)), np.full((sizes[-1], size), 0.5))

    network = Network.create(sizes, activation=activation, cost=cost)
    before = None if previous is None else batch(previous)
    return moments_of(network, batch(batch_size), before)


def test_more_than_one_example() -> None:
    assert not conditions.has_batch(moments(2, 2, batch_size=1)[1])
    assert conditions.has_batch(moments(2, 2, batch_size=2)[1])


@pytest.mark.parametrize(
    ("activation", "has_function", "has_kink"),
    [("identity", False, False), ("sigmoid", True, False), ("relu", True, True)],
)
def test_activation_functions(activation: str, has_function: bool, has_kink: bool) -> None:
    first, second = moments(3, 4, 2, activation=activation).values()
    for moment in (first, second):
        assert conditions.has_activation_function(moment) is has_function
        assert conditions.has_kinked_activation(moment) is has_kink
    assert not conditions.has_upstream_function(first)  # the inputs come from no layer
    assert conditions.has_upstream_function(second) is has_function


def test_square_weights() -> None:
    first, second = moments(3, 3, 2).values()
    assert conditions.is_square(first)
    assert not conditions.is_square(second)


def test_a_mini_batch_before() -> None:
    (none,), (other,), (same,) = (
        moments(2, 2, batch_size=3, previous=previous).values() for previous in (None, 4, 3)
    )
    assert [conditions.has_previous(each) for each in (none, other, same)] == [False, True, True]
    assert not conditions.has_previous_of_its_size(none)
    assert not conditions.has_previous_of_its_size(other)
    assert conditions.has_previous_of_its_size(same)


@pytest.mark.parametrize(
    ("cost", "quadratic", "fused", "softmax"),
    [
        ("quadratic", True, False, False),
        ("fused-sigmoid-cross-entropy", False, True, False),
        ("fused-softmax-cross-entropy", False, True, True),
    ],
)
def test_costs(cost: str, quadratic: bool, fused: bool, softmax: bool) -> None:
    moment = moments(3, 2, cost=cost)[1]
    assert conditions.has_quadratic_cost(moment) is quadratic
    assert conditions.has_fused_cost(moment) is fused
    assert conditions.has_softmax_in_cost(moment) is softmax


def test_another_layer_of_the_same_shape_is_the_next_one_downstream_if_there_is_one() -> None:
    given = moments(4, 4, 4, 4, 3)
    layers = given[1].network.layers
    for layer, other in ((1, 2), (2, 3), (3, 1)):  # 3 has none downstream
        assert conditions.layer_of_same_shape(given[layer]) is layers[other - 1]
        assert conditions.has_layer_of_same_shape(given[layer])
    assert conditions.layer_of_same_shape(given[4]) is None
    assert not conditions.has_layer_of_same_shape(given[4])
