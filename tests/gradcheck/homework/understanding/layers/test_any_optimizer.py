"""An optimizer that takes a plain step, however it is called."""

import numpy as np

from gradcheck.homework.understanding.layers.any_optimizer import AnyOptimizer

W, B = np.ones((2, 3)), np.zeros((1, 3))


def test_one_parameter_and_its_gradient() -> None:
    moved = AnyOptimizer(0.1).update(W, 2.0 * W)
    np.testing.assert_allclose(moved, 0.8)


def test_parameters_gradients_and_momenta() -> None:
    found = AnyOptimizer(0.1).minimize(W, B, W, np.ones((4, 3)), W, B, 0.5)
    assert len(found) == 4
    np.testing.assert_allclose(found[0], 0.9)
    # The gradient of the biases has a row for each example: the shape changes, and that shows.
    assert found[1].shape == (4, 3)
    assert found[2] is W


def test_a_gradient_alone_comes_back() -> None:
    assert AnyOptimizer(0.1).generate((2, 3)).get_velocity(W) is W


def test_parameters_are_changed_where_nothing_is_done_with_what_is_returned() -> None:
    own = W.copy()
    AnyOptimizer(0.1).update("layer/W", own, 2.0 * W)
    np.testing.assert_allclose(own, 0.8)
    AnyOptimizer(0.1)(own, W)
    np.testing.assert_allclose(own, 0.7)
    # A layer that puts the new ones into an attribute may still need the old ones.
    kept = W.copy()
    moved = AnyOptimizer(0.1).update("layer/W", kept, 2.0 * W)
    np.testing.assert_allclose((kept[0, 0], moved[0, 0]), (1.0, 0.8))
