"""What arguments of a constructor mean, by their names."""

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.argument_meanings import value_by_name
from gradcheck.homework.understanding.layers.sizes import LEARNING_RATE, LayerSizes

SIZES = LayerSizes()


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("n_in", "Dense", SIZES.n_in),
        ("units", "Dense", SIZES.n_out),
        ("in_channels", "Conv", SIZES.channels_in),
        ("kernel_size", "Conv", SIZES.kernel),
        ("pool_size", "MaxPool", SIZES.pool),
        ("padding", "MaxPool", 0),
        ("padding", "Conv", SIZES.padding),
        ("_learning_rate", "Dense", LEARNING_RATE),
        ("use_bias", "Dense", True),
        ("quirk", "Dense", None),
    ],
)
def test_meanings(name: str, kind: str, value: object) -> None:
    assert value_by_name(name, kind, SIZES) == value


def test_weights_and_biases_suit_the_layer() -> None:
    assert value_by_name("weights", "Dense", SIZES).shape == (5, 4)
    assert value_by_name("biases", "Conv", SIZES).shape == (3,)
    np.testing.assert_array_equal(value_by_name("gamma", "BatchNorm", SIZES), np.ones(5))
