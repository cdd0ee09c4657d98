"""What slopes of one example show of each layer."""

import numpy as np
import pytest

from gradcheck.homework.look import Look
from gradcheck.homework.measured_layers import MOST_INPUTS, costs_of_layers, measured_layers
from tests.gradcheck.homework.looks import arrays_of, examples, look_of, passed

ONE = examples(1)


def test_upstream_activations_and_gradients_are_measured() -> None:
    look = look_of(ONE)
    found = measured_layers(look)
    assert found is not None
    activations = passed(look.facts.values, ONE)
    for layer, upstream, biases in zip(
        found, activations, look.claimed.gradients[1::2], strict=False
    ):
        np.testing.assert_allclose(layer.upstream, upstream[:, 0], rtol=1e-5)
        np.testing.assert_allclose(layer.right, biases[:, 0], rtol=1e-5)
        assert (layer.decay, layer.transposed) == (0.0, False)


@pytest.mark.parametrize("decay", [0.1, 0.7])
def test_a_decay_of_the_weights_is_told_apart(decay: float) -> None:
    look = look_of(ONE, decay=decay)
    found = measured_layers(look)
    assert found is not None
    assert [layer.decay for layer in found] == pytest.approx([decay, decay], rel=1e-4)
    np.testing.assert_allclose(found[0].upstream, ONE.inputs[:, 0], rtol=1e-3)


def test_the_inputs_of_large_layers_are_taken_from_the_example() -> None:
    sizes = (MOST_INPUTS + 1, 2, 2)
    one = examples(1, sizes)
    found = measured_layers(look_of(one, sizes=sizes))
    assert found is not None
    np.testing.assert_array_equal(found[0].upstream, one.inputs[:, 0])


def test_several_examples_together_behave_like_no_layer() -> None:
    assert measured_layers(look_of(examples(3))) is None


def test_a_layer_that_is_switched_off_shows_nothing() -> None:
    look = look_of(ONE)

    class Off:
        def cost_changes(self, which: int, entries: object, *rest: object) -> np.ndarray:
            return np.zeros((2, np.size(entries)))  # type: ignore[arg-type]

    assert measured_layers(Look(look.facts, look.claimed, Off())) is None  # type: ignore[arg-type]


def test_how_many_costs_it_takes_at_most() -> None:
    facts = look_of(ONE).facts
    assert costs_of_layers(facts) == 4 * (4 + 5) + 2 * (5 + 3)
    assert costs_of_layers(look_of(ONE, sizes=(4, 3)).facts) == 4 * 4 + 2 * 3
    assert len(arrays_of()) == 4
