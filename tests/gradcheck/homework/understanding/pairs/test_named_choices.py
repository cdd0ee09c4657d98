"""A pair that does different things for different words is checked for each."""

from typing import Any

from gradcheck.homework.understanding.pairs.named_choices import with_choices
from tests.gradcheck.homework.understanding.pairs.functions import pair_in


def pool_forward(x: Any, mode: str = "max") -> Any:
    if mode == "max":
        return x.max(), (x, mode)
    if mode == "average":
        return x.mean(), (x, mode)
    return x.min(), (x, mode) if mode == "min" else None


def pool_backward(dout: Any, cache: Any) -> Any:
    x, mode = cache
    return dout * (x == x.max()) if mode == "max" else dout / x.size * (mode == "average")


def scale_forward(x: Any, mode: str = "train") -> Any:
    return (x if mode == "test" else 2 * x), mode


def scale_backward(dout: Any, cache: Any) -> Any:
    return dout if cache == "test" else 2 * dout


def test_each_word_that_both_functions_know() -> None:
    pairs = with_choices(pair_in(pool_forward, pool_backward))
    assert [pair.settings for pair in pairs] == [(), (("mode", "average"),)]


def test_the_phases_of_training_are_no_choice() -> None:
    assert len(with_choices(pair_in(scale_forward, scale_backward))) == 1
