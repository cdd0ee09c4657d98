"""What an argument of a constructor means, by its name."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.constructor_names import (
    Role,
    constant_for,
    known_constant,
    role_of,
)


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("sizes layers layer_dims architecture nn_structure network_size", Role.SIZES),
        ("n_in input_size D_in num_features nx visible_size __input", Role.INPUT),
        ("hidden n_hidden hidden_size h1 n_h middle_dim mid_units", Role.HIDDEN),
        ("hidden_sizes hidden_layers hiddens hidden_size_list", Role.HIDDEN_LIST),
        ("n_out output_size num_classes D_out n_y", Role.OUTPUT),
    ],
)
def test_names_say_sizes(names: str, role: Role) -> None:
    found = {name: role_of(name) for name in names.split()}
    assert found == dict.fromkeys(found, role)


@pytest.mark.parametrize("name", ["eta", "temper", "seed", "x_train", "activation"])
def test_other_names_say_no_size(name: str) -> None:
    assert role_of(name) is None


@pytest.mark.parametrize("name", ["rng", "random_generator", "gen", "rng_"])
def test_a_generator_of_random_numbers_is_given(name: str) -> None:
    assert isinstance(known_constant(name), np.random.Generator)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", 0.1),
        ("activation_fn", "sigmoid"),
        ("num_iterations", 1),
        ("Batch_Size", 10),
        ("weight_decay", 0.0),
        ("init_std", 0.1),
        ("keep_prob", 1.0),
        ("verbose", False),
        ("_momentum", 0.0),
        ("temper", None),
    ],
)
def test_names_say_constants(name: str, value: Any) -> None:
    assert known_constant(name) == value
    assert constant_for(name, "other") == ("other" if value is None else value)
