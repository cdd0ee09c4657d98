"""What a layer's constructor receives, by the names of its arguments."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.constructor_arguments import (
    layer_arguments,
    takes_layers,
)
from gradcheck.homework.understanding.layers.sizes import LayerSizes

SIZES = LayerSizes()


def built(arguments: str) -> Any:
    """A function that takes these arguments."""
    return eval(f"lambda {arguments}: None")


@pytest.mark.parametrize(
    ("name", "arguments", "values"),
    [
        ("Dense", "n_in, n_out", (5, 4)),
        ("Dense", "in_features, out_features", (5, 4)),
        ("Dense", "input_size, output_size", (5, 4)),
        ("Dense", "din, dout", (5, 4)),
        ("Dense", "n_inputs, n_neurons", (5, 4)),
        ("Dense", "n, m", (5, 4)),
        ("Dense", "ein, aus", (5, 4)),
        ("Dense", "units", (4,)),
        ("Attention", "C, heads", (6, 2)),
        ("Attention", "d_model, num_heads", (6, 2)),
        ("Net", "ein, mitte, aus", (5, 9, 4)),
        ("BatchNorm", "num_features", (5,)),
        ("LayerNorm", "dim", (5,)),
        ("BatchNorm2d", "num_features", (2,)),
        ("Conv2D", "in_channels, out_channels, kernel_size", (2, 3, 3)),
        ("Conv", "input_shape, kernel_size, depth", ((2, 8, 4), 3, 3)),
        ("MaxPool", "pool_size, stride", (2, 2)),
        ("Dropout", "p", (0.4,)),
        ("Dropout", "keep_prob", (0.4,)),
    ],
)
def test_values(name: str, arguments: str, values: tuple[Any, ...]) -> None:
    assert layer_arguments(built(arguments), name, SIZES)[0] == values


def test_defaults_are_left_as_they_are_but_for_padding_dropout_and_dtype() -> None:
    function = built("n_in, n_out, lr=0.5, dtype='f'")
    assert layer_arguments(function, "Dense", SIZES)[1] == {"dtype": np.float64}
    assert layer_arguments(built("padding=0"), "Conv2D", SIZES)[1] == {"padding": 1}
    assert layer_arguments(built("padding=0"), "MaxPool", SIZES)[1] == {}
    assert layer_arguments(built("rate=0"), "Dropout", SIZES)[1] == {"rate": 0.4}


def test_a_name_without_a_meaning_is_told() -> None:
    with pytest.raises(StudentError, match="no meaning is known for table, colour"):
        layer_arguments(built("table, n_in, colour"), "Dense", SIZES)


def test_a_class_that_takes_layers() -> None:
    assert takes_layers(built("layers"))
    assert takes_layers(built("*args"))
    assert not takes_layers(built("n_in, n_out"))
    assert not takes_layers(built(""))


def test_a_loss_is_given_something_to_hand_its_gradient_to() -> None:
    class CrossEntropyLoss:
        def __init__(self, model: Any = None, classes: int = 4) -> None: ...

    _, named = layer_arguments(CrossEntropyLoss, "CrossEntropyLoss", LayerSizes())
    gradient = np.ones(2)
    assert named["model"].backward(gradient) is gradient
    assert "model" not in layer_arguments(CrossEntropyLoss, "Dense", LayerSizes())[1]
