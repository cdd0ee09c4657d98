"""Gradients that backprop leaves in the student's object, where it returns nothing."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of

__all__ = ["by_layer", "left_gradients"]

# Lists of gradients in attributes: of the weights and of the biases, under names that go together.
PAIRS_OF_LISTS = (
    ("dW", "db"),
    ("dw", "db"),
    ("dWs", "dbs"),
    ("nabla_w", "nabla_b"),
    ("grad_w", "grad_b"),
    ("grad_W", "grad_b"),
    ("grads_w", "grads_b"),
    ("weight_gradients", "bias_gradients"),
    ("weights_gradients", "biases_gradients"),
    ("weight_grads", "bias_grads"),
    ("grad_weights", "grad_biases"),
    ("dweights", "dbiases"),
    ("d_weights", "d_biases"),
    ("delta_w", "delta_b"),
)
# Attributes that hold all gradients.
ALL_IN_ONE = ("grads", "gradients", "grad", "_grads", "_gradients")
# Names of single gradients: dW1, db1, grad_W1, W1_grad, W1.
SINGLE = re.compile(
    r"(?:d|grad|nabla|d_|grad_|nabla_|g_?)?(?P<kind>w|weights?|b|bias|biases)_?(?P<layer>\d+)"
    r"(?:_?grad(?:ient)?)?",
    re.IGNORECASE,
)


def left_gradients(own: Any) -> Any:
    """The gradients in a student's object, packed as a backprop may return them.

    Args:
        own: the student's object.

    Returns:
        Two lists, a list in the order layer 1 weights, layer 1 biases, ..., or what an attribute
        such as ``grads`` holds; None if there are none.

    """
    for names in PAIRS_OF_LISTS:
        pair = [getattr(own, name, None) for name in names]
        if all(isinstance(each, list | tuple) and each for each in pair):
            return pair
    for name in ALL_IN_ONE:
        found = getattr(own, name, None)
        if isinstance(found, dict | list | tuple) and found:
            return found
    items = {
        name: value
        for name, value in attributes_of(own).items()
        if not re.match(r"(w|b)", name, re.IGNORECASE) and isinstance(value, np.ndarray)
    }
    return by_layer(items)


def by_layer(items: Mapping[Any, Any]) -> list[Any] | None:
    """The gradients among named items, in the order layer 1 weights, layer 1 biases, ...

    Args:
        items: such as {"dW2": ..., "db2": ..., "dW1": ..., "db1": ...}; others may be among them.

    Returns:
        None if no names say the layers, or if one of a layer is missing.

    >>> by_layer({"db1": 1, "dW1": 2})
    [2, 1]

    """
    found: dict[tuple[int, bool], Any] = {}
    for name, value in items.items():
        match = SINGLE.fullmatch(name) if isinstance(name, str) else None
        if match is not None:
            found[int(match["layer"]), match["kind"].lower().startswith("b")] = value
    layers = sorted({layer for layer, _ in found})
    if not found or len(found) != 2 * len(layers):
        return None
    return [found[layer, is_bias] for layer in layers for is_bias in (False, True)]
