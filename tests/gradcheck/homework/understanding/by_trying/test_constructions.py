"""Sizes in other forms, and numbers by the names of arguments."""

from collections.abc import Callable
from typing import Any

import pytest

from gradcheck.homework.understanding.by_trying.constructions import (
    by_words,
    counted,
    other_forms,
)
from gradcheck.homework.understanding.constructor import Construction, construction_of


def forms(kind: Callable[..., Any], sizes: tuple[int, ...]) -> list[tuple[Any, Any]]:
    first = construction_of(kind, "Net", sizes)
    return [(each.arguments, each.named) for each in other_forms(kind, first)]


def test_a_number_for_a_list_of_one() -> None:
    found = forms(lambda n_in, hidden_sizes, n_out: 0, (4, 3, 2))
    assert ((), {"n_in": 4, "hidden_sizes": 3, "n_out": 2}) in found
    assert ((4, 3, 2), {}) in found


def test_a_list_for_the_number_of_hidden_neurons() -> None:
    found = forms(lambda n_in, hidden, n_classes: 0, (4, 3, 2))
    assert ((), {"n_in": 4, "hidden": [3], "n_classes": 2}) in found


def test_one_argument_may_be_the_inputs_or_the_hidden_layers() -> None:
    assert forms(lambda layers: 0, (4, 3, 2)) == [((4,), {}), (([3],), {})]


def test_an_activation_for_each_layer_or_of_another_name() -> None:
    found = [named for _, named in forms(lambda sizes, activation: 0, (4, 3, 2))]
    assert [each["activation"] for each in found if each] == [
        *(["sigmoid", "sigmoid"], "tanh", "relu", "sig")
    ]


def test_numbers_of_layers_and_of_neurons_in_each() -> None:
    def kind(inputs: Any, layers: Any, neurons: Any, outputs: Any) -> None: ...

    first = Construction((), {}, (4, 3, 3, 2))
    last = [*other_forms(kind, first)][-1]
    assert (last.arguments, last.sizes) == ((4, 2, 3, 2), (4, 3, 3, 2))


def test_a_class_that_knows_its_sizes_has_no_other_forms() -> None:
    assert forms(lambda: 0, (4, 3, 2)) == []


@pytest.mark.parametrize(
    ("kind", "named", "sizes"),
    [
        (
            lambda input_dim, num_layers, num_units, output_dim: 0,
            {"input_dim": 6, "num_layers": 1, "num_units": 5, "output_dim": 4},
            (6, 5, 4),
        ),
        # What goes in comes out: the letters of a text.
        (lambda vocab_size, hidden, lr: 0, {"vocab_size": 6, "hidden": 5, "lr": 0.1}, (6, 5, 6)),
    ],
)
def test_numbers_by_their_names(
    kind: Callable[..., Any], named: dict[str, Any], sizes: tuple[int, ...]
) -> None:
    found = by_words(kind, (6, 5, 4))
    assert found is not None
    assert (found.named, found.sizes) == (named, sizes)


def test_a_name_without_a_meaning_gives_nothing() -> None:
    assert by_words(lambda num_units, temper: 0, (6, 5, 4)) is None
    assert by_words(lambda num_units=3: 0, (6, 5, 4)) is None


def test_the_number_of_layers_beside_their_sizes() -> None:
    found = [each.named for each in counted(lambda num_layers, num_units, activation: 0, (6, 5, 4))]
    assert [(each["num_layers"], each["num_units"]) for each in found] == [
        (2, [6, 5, 4]),
        (3, [6, 5, 4]),
        (1, [5]),
    ]
    assert found[0]["activation"] == "sigmoid"
    assert not list(counted(lambda sizes, activation: 0, (6, 5, 4)))
    assert not list(counted(lambda num_layers, num_units, temper: 0, (6, 5, 4)))
