"""What mistakes make of dC/dz in a hidden layer."""

import numpy as np
import pytest

from gradcheck.diagnosis.delta_mistakes import hidden_mistakes, slopes_of, through_weights
from gradcheck.diagnosis.layer_by_example import alike
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.three_layers import Net, one, sigmoid, sigmoid_slope

NET = Net()
RIGHT = NET.deltas()
LAYERS = NET.layers(RIGHT, RIGHT)


def named(claim: HostArray, position: int) -> list[str]:
    """The sentences of the mistakes that give this claim, and not the right numbers."""
    return [
        each.explanation.says
        for each in hidden_mistakes(LAYERS, position)
        if alike(each.claim, claim) and not alike(each.claim, RIGHT[position])
    ]


def test_the_way_back_and_the_derivative_are_those_of_the_network() -> None:
    back = through_weights(LAYERS[1])
    assert np.allclose(back, RIGHT[1] @ NET.weights[1])
    slope = slopes_of(LAYERS[0], LAYERS[1])
    assert slope is not None
    assert np.allclose(slope, sigmoid_slope(NET.z[0]))


def test_a_gradient_that_is_nearly_zero_shows_no_derivative() -> None:
    still = [RIGHT[0], np.zeros_like(RIGHT[1]), RIGHT[2]]
    layers = NET.layers(still, still)
    assert slopes_of(layers[0], layers[1]) is None


BACK = RIGHT[2] @ NET.weights[2]
Z = NET.z[1]
CLAIMS = {
    "not multiplied by the derivative of the activation function.": BACK,
    "the derivative is taken at the activation a instead of at z.": BACK
    * sigmoid_slope(sigmoid(Z)),
    "the derivative is that of another activation function: tanh.": BACK * (1.0 - np.tanh(Z) ** 2),
    "the numbers are those of 1 - a, where a is the activation.": BACK * (1.0 - sigmoid(Z)),
    "set to 0 where it is negative itself, not where z is.": np.maximum(BACK, 0.0),
    "multiplied by the derivative of the activation function twice.": BACK * sigmoid_slope(Z) ** 2,
}


@pytest.mark.parametrize("words", CLAIMS)
def test_a_mistake_gives_its_numbers(words: str) -> None:
    says, *_ = named(CLAIMS[words], 1)
    assert says.startswith("In layer 2 ")
    assert says.endswith(words)


def test_no_mistake_gives_the_right_numbers_or_others() -> None:
    assert named(RIGHT[1], 1) == []
    assert named(np.random.default_rng(2).standard_normal(RIGHT[1].shape), 1) == []


def test_the_weights_on_the_way_back() -> None:
    slope = sigmoid_slope(NET.z[0])
    (says,) = named((RIGHT[1] @ NET.weights[1].T) * slope, 0)
    assert says == (
        "Between layer 2 and layer 1 the weights are not transposed on the way back; the matrix is "
        "square."
    )
    # With a derivative that is left out one layer later.
    (says,) = named((BACK @ NET.weights[1]) * slope, 0)
    assert says.endswith("not multiplied by the derivative of the activation function of layer 2.")


def test_the_weights_of_a_layer_of_the_same_shape() -> None:
    square = Net(2, sizes=(6, 6, 6, 4))
    right = square.deltas()
    claim = (right[1] @ square.weights[0]) * sigmoid_slope(square.z[0])
    found = hidden_mistakes(square.layers(right, right), 0)
    says = {each.explanation.says for each in found if alike(each.claim, claim)}
    assert says == {"Between layer 2 and layer 1 the weights of layer 1 are used on the way back."}


def test_what_is_no_function_of_z_has_no_wrong_derivative() -> None:
    """As with dropout, whose activations are zero at random."""
    dropped = Net(0)
    noise = np.random.default_rng(3).standard_normal(dropped.activations[2].shape)
    dropped.activations[2] = noise
    right = dropped.deltas((one, one, one))
    found = hidden_mistakes(dropped.layers(right, right), 1)
    assert not [each for each in found if "another activation" in each.explanation.says]
