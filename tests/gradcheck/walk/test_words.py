"""Every cost and every activation has its formulas, and they are right."""

import numpy as np
import pytest

from gradcheck.walk.words import COST_WORDS, DERIVATIVES
from nets.activations import ACTIVATIONS
from nets.costs import COSTS


def test_every_cost_and_activation_has_words() -> None:
    assert list(COST_WORDS) == list(COSTS)
    assert list(DERIVATIVES) == list(ACTIVATIONS)


@pytest.mark.parametrize("name", [name for name in DERIVATIVES if name != "relu"])
def test_a_derivative_as_it_is_written_is_the_one_that_is_computed(name: str) -> None:
    z = np.linspace(-2.0, 2.0, 9)
    a = ACTIVATIONS[name].value(z)
    written = eval(DERIVATIVES[name].replace("^", "**").replace("a (", "a * ("), {"a": a})
    assert np.allclose(ACTIVATIONS[name].derivative(z, a), written, rtol=1e-12)


def test_words_are_of_letters_that_every_terminal_has() -> None:
    texts = [*DERIVATIVES.values()]
    texts += [text for words in COST_WORDS.values() for text in vars(words).values()]
    assert all(text.isascii() for text in texts)
