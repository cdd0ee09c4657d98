"""What the arguments of a cost of one vector mean."""

from typing import Any

import pytest

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.flat_arguments import meanings_of, size_meant, vector_size


@pytest.mark.parametrize(
    ("names", "size"),
    [
        ("input_layer_size n_in num_features input_dim nx n_input_units", "input"),
        ("hidden_layer_size n_hidden hidden_units num_hidden h_dim nn_hdim", "hidden"),
        ("num_labels n_out output_size num_classes n_classes ny", "output"),
        ("layers layer_sizes architecture dims", "layers"),
        ("X y lambda_ theta inputs hidden labels", None),
    ],
)
def test_sizes_by_their_names(names: str, size: str | None) -> None:
    found = {name: size_meant(name) for name in names.split()}
    assert found == dict.fromkeys(found, size)


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
    def no_sizes(theta: Any, x: Any, y: Any) -> None: ...
    def unknown(theta: Any, layers: Any, x: Any, y: Any, temper: Any) -> None: ...
    def two(theta: Any, layers: Any, x: Any, inputs: Any, y: Any) -> None: ...
    def known(theta: Any, layers: Any, x: Any, y: Any, temper: Any = 1) -> None: ...

    for function in (no_vector, no_sizes, unknown, two):
        assert meanings_of(function) is None
    assert meanings_of(known) is not None


def test_the_vector_has_all_weights_and_biases() -> None:
    assert vector_size((6, 5, 4)) == 6 * 5 + 5 + 5 * 4 + 4
