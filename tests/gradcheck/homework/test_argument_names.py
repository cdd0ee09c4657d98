"""Which arrays have no gradient."""

import pytest

from gradcheck.homework.argument_names import is_auxiliary


@pytest.mark.parametrize(
    "name", ["running_mean", "running_var", "moving_avg", "mean_running", "pop_std"]
)
def test_averages_that_are_kept(name: str) -> None:
    assert is_auxiliary(name)


@pytest.mark.parametrize("name", ["x", "gamma", "mean", "running", "w_mean"])
def test_other_arrays_have_gradients(name: str) -> None:
    assert not is_auxiliary(name)
