"""Parameters for functions that take them as arguments."""

from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.invented import invented_parameters


def two(x: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> Any: ...
def no_biases(x: Any, w1: Any, w2: Any) -> Any: ...
def one_bias(x: Any, w1: Any, w2: Any, b1: Any) -> Any: ...
def lists(x: Any, weights: Any, biases: Any) -> Any: ...
def plain(x: Any) -> Any: ...


def shapes(root: dict[Any, Any]) -> dict[Any, Any]:
    return {name: np.shape(array) for name, array in root.items()}


def test_arrays_have_the_names_of_the_arguments_in_each_layout() -> None:
    found = invented_parameters({"two": two}, Asked())
    assert [sizes for _, sizes in found] == [(6, 5, 4)] * 4
    assert [shapes(root) for root, _ in found] == [
        {"w1": one, "w2": other, "b1": first, "b2": last}
        for one, other, first, last in (
            ((5, 6), (4, 5), (5, 1), (4, 1)),
            ((6, 5), (5, 4), (1, 5), (1, 4)),
            ((6, 5), (5, 4), (5,), (4,)),
            ((5, 6), (4, 5), (5,), (4,)),
        )
    ]


def test_biases_may_be_missing_in_all_layers_but_not_in_one() -> None:
    assert shapes(invented_parameters({"f": no_biases}, Asked())[0][0]) == {
        "w1": (5, 6),
        "w2": (4, 5),
    }
    assert invented_parameters({"f": one_bias}, Asked()) == []


def test_sizes_that_were_asked_for_must_fit() -> None:
    root, sizes = invented_parameters({"two": two}, Asked(sizes=(7, 2, 3)))[0]
    assert (sizes, root["w2"].shape) == ((7, 2, 3), (3, 2))
    assert invented_parameters({"two": two}, Asked(sizes=(7, 2))) == []


def test_lists_have_an_array_for_each_layer() -> None:
    root, _ = invented_parameters({"lists": lists}, Asked(sizes=(4, 3, 2, 1)))[0]
    assert [np.shape(each) for each in root["weights"]] == [(3, 4), (2, 3), (1, 2)]
    assert [np.shape(each) for each in root["biases"]] == [(3, 1), (2, 1), (1, 1)]


def test_functions_without_parameters_have_none() -> None:
    assert invented_parameters({"plain": plain}, Asked()) == []


def test_ten_layers_are_in_the_order_of_their_numbers() -> None:
    names = [f"w{layer}" for layer in range(1, 12)]
    function = eval(f"lambda x, {', '.join(names)}: x")
    sizes = tuple(range(20, 8, -1))
    root, _ = invented_parameters({"deep": function}, Asked(sizes=sizes))[0]
    assert [root[name].shape for name in names] == [(n - 1, n) for n in sizes[:-1]]


def test_thetas_have_the_biases_inside_and_sizes_are_told() -> None:
    def cost(theta1: Any, theta2: Any, n_in: int, n_labels: int, x: Any, y: Any) -> Any: ...

    found = invented_parameters({"cost": cost}, Asked())
    assert [shapes(root) for root, _ in found] == [
        {"theta1": one, "theta2": other, "n_in": (), "n_labels": ()}
        for one, other in (((5, 7), (4, 6)), ((7, 5), (6, 4)))
    ]
    assert (found[0][0]["n_in"], found[0][0]["n_labels"]) == (6, 4)
    assert invented_parameters({"cost": cost}, Asked(sizes=(3, 2))) == []
