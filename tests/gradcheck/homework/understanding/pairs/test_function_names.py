"""Which function is the backward of which."""

import pytest

from gradcheck.homework.understanding.pairs.function_names import named_pairs


def pairs_of(*names: str) -> list[tuple[str, str]]:
    functions = {name: lambda x: x for name in names}
    return [(pair.forward_name, pair.backward_name) for pair in named_pairs(functions, {})]


@pytest.mark.parametrize(
    ("forward", "backward"),
    [
        ("affine_forward", "affine_backward"),
        ("forward_affine", "backward_affine"),
        ("conv_forward_naive", "conv_backward_naive"),
        ("relu", "relu_backward"),
        ("relu", "drelu"),
        ("relu", "d_relu"),
        ("relu", "relu_grad"),
        ("sigmoid", "sigmoidGradient"),
        ("sigmoid", "sigmoid_prime"),
        ("affineForward", "affineBackward"),
        ("batchnorm_forward", "batchnorm_backward_alt"),
    ],
)
def test_names_that_go_together(forward: str, backward: str) -> None:
    assert pairs_of(forward, backward) == [(forward, backward)]


def test_names_that_do_not() -> None:
    assert pairs_of("affine_forward", "relu_backward", "forward", "backward") == []
    assert pairs_of("sigmoid", "numerical_gradient", "grad_check_sigmoid") == []


def test_the_nearest_forward_is_taken() -> None:
    names = ("conv_forward_naive", "conv_forward_fast", "conv_backward_fast", "conv")
    assert pairs_of(*names) == [("conv_forward_fast", "conv_backward_fast")]


def test_a_forward_may_be_imported() -> None:
    functions = {"relu_backward": lambda x: x}
    found = named_pairs(functions, {"relu_forward": lambda x: x, **functions})
    assert [pair.forward_name for pair in found] == ["relu_forward"]
