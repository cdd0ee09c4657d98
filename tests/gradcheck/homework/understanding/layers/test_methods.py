"""Which classes are layers, told by their methods."""

from typing import Any

import pytest

from gradcheck.homework.understanding.layers.methods import is_layer, layer_methods


def made(name: str, **methods: str) -> type:
    """A class with methods that take these arguments."""
    space: dict[str, Any] = {}
    lines = [f"class {name}:"]
    for method, arguments in methods.items():
        lines.append(f"    def {method}(self{', ' if arguments else ''}{arguments}): pass")
    exec("\n".join(lines), space)
    return space[name]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("Anything", {"forward": "x", "backward": "grad"}),
        ("Anything", {"forward": "x", "backward": "dout, lr"}),
        ("Anything", {"forward": "x, training=True", "backward": "dvalues"}),
        ("Anything", {"forward_propagation": "x", "backward_propagation": "error, learning_rate"}),
        ("Anything", {"updateOutput": "input", "backward": "input, gradOutput"}),
        ("Anything", {"forward": "x, t", "backward": "dout=1"}),
        ("Anything", {"forward": "y_pred, y_true", "backward": "dvalues, y_true"}),
        ("LinearLayer", {"forward": "x", "backward": "y"}),
        ("SigmoidActivation", {"__call__": "x", "gradient": "x"}),
        ("TanH", {"__call__": "x", "derivative": "x"}),
        ("LeakyReLU", {"forward": "x", "prime": "x"}),
        ("SoftmaxLoss", {"forward": "x", "get_loss": "t", "backward": ""}),
    ],
)
def test_a_layer(name: str, methods: dict[str, str]) -> None:
    assert is_layer(made(name, **methods))


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("Network", {"feedforward": "a", "backprop": "x, y"}),
        ("Network", {"forward": "x", "backward": "y"}),
        ("Network", {"forward": "x", "backward": "x, y"}),
        ("Network", {"forward": "x", "backward": ""}),
        ("Network", {"forward": "x"}),
        ("Network", {"backward": "grad"}),
        ("Cost", {"__call__": "x", "gradient": "x"}),
        ("Linear", {"forward": "x", "gradient": "x"}),
    ],
)
def test_no_layer(name: str, methods: dict[str, str]) -> None:
    assert not is_layer(made(name, **methods))


class MeanSquaredLoss:
    """A loss by its methods: its value and its derivative."""

    def loss(self, y: Any, p: Any) -> Any:
        return (y - p) ** 2

    def gradient(self, y: Any, p: Any) -> Any:
        return 2 * (p - y)


class NoTargets(MeanSquaredLoss):
    def gradient(self, a: Any, p: Any) -> Any:
        return a


class LossNetwork(MeanSquaredLoss):
    """A network may have the same methods."""


def test_a_loss_by_its_methods() -> None:
    found = layer_methods(MeanSquaredLoss)
    assert found is not None
    assert (found.forward, found.backward) == ("loss", "gradient")
    assert found.is_loss_alone
    assert found.is_loss
    assert is_layer(MeanSquaredLoss)
    for kind in (NoTargets, LossNetwork):
        assert layer_methods(kind) is None
