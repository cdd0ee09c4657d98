"""The factors from the cost to an entry: multiplied and added they are its gradient."""

import itertools

import numpy as np
import pytest

from gradcheck.walk.chain import MOST_FACTORS, OneEntry, paths_to
from nets.layers import parameter_gradients
from tests.gradcheck.walk.problems import all_kinds, passes_of


def entries(*sizes: int) -> list[OneEntry]:
    found = []
    for layer, (up, down) in enumerate(itertools.pairwise(sizes), 1):
        found += [OneEntry(layer, j, k) for j in range(down) for k in (None, *range(up))]
    return found


@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 2, 3, 2), (2, 4, 4, 2), (1, 1, 1, 1, 1, 1, 1)])
def test_the_paths_of_all_examples_add_up_to_the_gradient(sizes: tuple[int, ...]) -> None:
    for passes in all_kinds(*sizes):
        gradients = parameter_gradients(passes.gradients)
        for entry in entries(*sizes):
            parts = [path.product for n in range(3) for path in paths_to(passes, entry, n)]
            expected = gradients[entry.which][entry.index]
            assert np.isclose(sum(parts), expected, rtol=1e-11, atol=1e-15), entry.name


def test_the_factors_of_the_only_path_to_a_last_weight() -> None:
    (path,) = paths_to(passes_of(2, 3, 1), OneEntry(2, 0, 1), 0)
    assert [factor.name for factor in path.factors] == ["dC/da2[0]", "sigmoid'(z2[0])", "a1[1]"]


def test_a_bias_has_a_1_for_its_input() -> None:
    (path,) = paths_to(passes_of(2, 3, 1), OneEntry(1, 2, None), 0)
    assert [factor.name for factor in path.factors][-3:] == ["w2[0, 2]", "sigmoid'(z1[2])", "1"]
    assert path.to_dict()["factors"][-1] == {"name": "1", "value": 1.0}


def test_too_many_paths_are_one_factor() -> None:
    (path,) = paths_to(passes_of(2, 2, 13, 1), OneEntry(1, 0, 0), 0)
    assert path.factors[0].name == "dC/da1[0]"
    (path,) = paths_to(passes_of(*[1] * 8), OneEntry(1, 0, 0), 0)
    assert len(path.factors) == 3
    (path,) = paths_to(passes_of(*[1] * 6), OneEntry(1, 0, 0), 0)
    assert len(path.factors) == MOST_FACTORS


def test_an_entry_has_the_name_that_reports_give_it() -> None:
    assert OneEntry(2, 0, 2).name == "layer 2 weights [0, 2]"
    assert OneEntry(2, 1, None).name == "layer 2 biases [1, 0]"
    assert [OneEntry(2, 0, 0).which, OneEntry(2, 0, None).which] == [2, 3]
