"""A generator for code of either kind."""

import copy

import numpy as np

from gradcheck.homework.understanding.any_generator import AnyGenerator


def test_it_has_the_methods_of_both_kinds() -> None:
    generator = AnyGenerator()
    assert isinstance(generator, np.random.Generator)
    assert generator.standard_normal((2, 3)).shape == generator.randn(2, 3).shape == (2, 3)
    assert generator.rand(4).shape == generator.random_sample(4).shape == (4,)
    assert np.ndim(generator.randn()) == np.ndim(generator.rand()) == 0
    drawn = generator.randint(3, size=50)
    assert set(drawn) == {0, 1, 2}
    assert set(generator.randint(3, 5, size=50)) == {3, 4}


def test_it_draws_the_same_each_time_and_is_shown_without_an_address() -> None:
    assert np.array_equal(AnyGenerator().rand(3), AnyGenerator().rand(3))
    assert repr(AnyGenerator()) == "generator"


def test_a_copy_has_the_same_methods_and_draws_the_same() -> None:
    generator = AnyGenerator()
    generator.rand(2)
    copied = copy.deepcopy(generator)
    assert np.array_equal(copied.randn(3), generator.randn(3))
