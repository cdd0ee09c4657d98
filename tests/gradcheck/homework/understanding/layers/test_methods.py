"""Which classes are layers, told by their methods."""

from typing import Any

import pytest

from gradcheck.homework.understanding.layers.methods import is_layer


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
    ],
)
def test_no_layer(name: str, methods: dict[str, str]) -> None:
    assert not is_layer(made(name, **methods))
