"""What the arguments of a cost of one vector mean."""

from typing import Any

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.flat_arguments import (
    has_sizes,
    meanings_of,
    vector_size,
)


def test_the_usual_cost_function_of_a_course() -> None:
    def cost(
        nn_params: Any,
        input_layer_size: int,
        hidden_layer_size: int,
        num_labels: int,
        x: Any,
        y: Any,
        lambda_: float = 0.0,
    ) -> None: ...

    assert meanings_of(cost) == {
        "nn_params": "vector",
        "input_layer_size": "input",
        "hidden_layer_size": "hidden",
        "num_labels": "output",
        "x": Role.INPUTS,
        "y": Role.TARGETS,
        "lambda_": Role.STRENGTH,
    }


def test_what_is_no_cost_of_a_vector() -> None:
    def no_vector(x: Any, y: Any, layers: Any) -> None: ...
    def predict(theta: Any, x: Any, y: Any) -> None: ...
    def gradient_descent(theta: Any, x: Any, y: Any) -> None: ...
    def cost(params: Any, x: Any, y: Any) -> None: ...
    def unknown(theta: Any, layers: Any, x: Any, y: Any, temper: Any) -> None: ...
    def two(theta: Any, layers: Any, x: Any, inputs: Any, y: Any) -> None: ...
    def known(theta: Any, layers: Any, x: Any, y: Any, temper: Any = 1) -> None: ...

    for function in (no_vector, predict, gradient_descent, cost, unknown, two):
        assert meanings_of(function) is None
    assert meanings_of(known) is not None


def test_the_vector_has_all_weights_and_biases() -> None:
    assert vector_size((6, 5, 4)) == 6 * 5 + 5 + 5 * 4 + 4


def test_a_cost_or_a_gradient_of_one_neuron_needs_no_sizes() -> None:
    def cost_function(theta: Any, x: Any, y: Any, lam: Any) -> None: ...
    def gradient(w: Any, x: Any, y: Any) -> None: ...

    found = meanings_of(cost_function)
    assert found == {
        "theta": "vector",
        "x": Role.INPUTS,
        "y": Role.TARGETS,
        "lam": Role.STRENGTH,
    }
    assert not has_sizes(found)
    assert meanings_of(gradient) is not None


def test_a_bias_of_a_neuron_may_be_an_argument() -> None:
    def compute_cost(x: Any, y: Any, w: Any, b: Any) -> None: ...
    def two_biases(x: Any, y: Any, w: Any, b: Any, bias: Any) -> None: ...
    def cost(nn_params: Any, input_size: int, output_size: int, x: Any, y: Any, b: Any) -> None: ...

    assert (meanings_of(compute_cost) or {})["b"] == "bias"
    assert meanings_of(two_biases) is None
    assert meanings_of(cost) is None
