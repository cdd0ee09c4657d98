"""Each layer at several examples, each of them alone."""

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.layers_by_example import claims_of_last, layers_by_example
from gradcheck.homework.look import Look
from gradcheck.homework.measured_layers import MeasuredLayer, measured_layers
from tests.gradcheck.homework.looks import examples, look_of, passed

ALL = examples(3)


def each_alone(decay: float = 0.0) -> tuple[list[Look], list[list[MeasuredLayer]]]:
    singles = [MiniBatch(ALL.inputs[:, k : k + 1], ALL.targets[:, k : k + 1]) for k in range(3)]
    looks = [look_of(one, decay=decay) for one in singles]
    return looks, [measured_layers(look) or [] for look in looks]


def test_a_row_for_each_example() -> None:
    looks, measured = each_alone()
    first, last = layers_by_example(looks, measured)
    values = looks[0].facts.values
    hidden = passed(values, ALL)[1]
    assert (first.number, last.number) == (1, 2)
    np.testing.assert_array_equal(first.weights, values[0])
    np.testing.assert_array_equal(first.biases, values[1][:, 0])
    np.testing.assert_allclose(last.upstream, hidden.T, rtol=1e-4)
    np.testing.assert_allclose(last.right, last.claimed_biases, rtol=1e-4)
    assert last.claimed_weights.shape == (3, 3, 5)


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_claimed_weights_are_without_the_decay(decay: float) -> None:
    last = layers_by_example(*each_alone(decay))[-1]
    plain = layers_by_example(*each_alone(0.0))[-1]
    np.testing.assert_allclose(last.claimed_weights, plain.claimed_weights, atol=1e-4)


def test_the_claims_of_the_last_layer_at_all_examples() -> None:
    _, measured = each_alone(0.3)
    together = look_of(ALL, decay=0.3)
    weights, biases = claims_of_last(together, measured[0][-1])
    wanted = look_of(ALL).claimed.gradients
    np.testing.assert_allclose(weights, wanted[2], atol=1e-4)
    np.testing.assert_allclose(biases, wanted[3][:, 0])
