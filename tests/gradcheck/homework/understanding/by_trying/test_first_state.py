"""The state of a recurrent network before its first step."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.first_state import first_state_for


def step(x: Any, h_prev: Any) -> Any: ...
def plain(x: Any) -> Any: ...


ROOT = {"Wxh": np.ones((4, 3)), "Whh": np.ones((4, 4)), "V": np.ones((7, 7))}


def test_a_state_has_the_size_of_the_least_square_matrix() -> None:
    found = first_state_for({"step": step}, ROOT, 3)
    state = found[Role.STATE]
    assert state.shape == (4, 1)
    assert np.all(state)
    assert not np.array_equal(state, first_state_for({"step": step}, ROOT, 4)[Role.STATE])


def test_where_no_function_takes_one_or_no_matrix_is_square_there_is_none() -> None:
    assert first_state_for({"plain": plain}, ROOT, 3) == {}
    assert first_state_for({"step": step}, {"W": np.ones((4, 3))}, 3) == {}


def test_a_state_has_the_size_of_a_column_that_a_matrix_can_be_multiplied_by() -> None:
    root = {"Wf": np.ones((4, 7)), "Wy": np.ones((3, 4)), "bf": np.ones((4, 1))}
    root["by"] = np.ones((3, 1))
    assert first_state_for({"step": step}, root, 3)[Role.STATE].shape == (4, 1)
