"""The layers inside an object that is a chain of them, and the contract of the whole."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.finding import oddity
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.methods import is_layer, layer_methods
from gradcheck.homework.understanding.layers.read_layer import read_layer
from nets.arrays import HostArray

__all__ = ["layers_in", "read_chain"]


def layers_in(own: Any) -> list[Any]:
    """The layers that an object holds, in the order in which it holds them.

    Args:
        own: a student's object; layers inside of its layers are not looked for.

    """
    found: list[Any] = []
    for layer in _layers(own, top=True, depth=0):
        if not any(layer is each for each in found):
            found.append(layer)
    return found


def _layers(own: Any, *, top: bool, depth: int) -> Iterator[Any]:
    if not top and not isinstance(own, type) and hasattr(own, "__dict__") and is_layer(type(own)):
        yield own
        return
    if depth > 3:
        return
    if isinstance(own, Mapping):
        held = list(own.values())
    elif isinstance(own, list | tuple):
        held = list(own)
    else:
        held = list(getattr(own, "__dict__", {}).values()) if top else []
    for each in held:
        yield from _layers(each, top=False, depth=depth + 1)


def read_chain(own: Any, name: str, asked: Asked, caller: Caller) -> Contract:
    """An object as a whole, and each of its layers by itself.

    Args:
        own: the student's object.
        name: of it.
        asked: sizes, seed and the size of the mini-batch.
        caller: guards the calls.

    Returns:
        With one part if the object holds fewer than two layers.

    Raises:
        StudentError: the whole cannot be checked. A layer that cannot is left out, with a finding.

    """
    whole = read_layer(own, name, asked, caller)
    layers = layers_in(own)
    if len(layers) < 2:
        return Contract((whole,))
    parts, left_out = [], []
    inputs = _inputs(layers, whole, asked, caller)
    for number, (layer, x) in enumerate(zip(layers, inputs, strict=True), start=1):
        title = f"layer {number} ({type(layer).__name__})"
        try:
            parts.append(read_layer(layer, title, asked, caller, x))
        except StudentError as error:
            left_out.append(
                oddity(f"{title} was checked only as a part of the whole. {error.line}")
            )
    return Contract((with_findings(whole, left_out), *parts), is_chain=bool(parts))


def with_findings(part: Part, findings: list[Any]) -> Part:
    """A part with more findings."""
    return replace(part, findings=(*part.findings, *findings))


def _inputs(layers: list[Any], whole: Part, asked: Asked, caller: Caller) -> list[HostArray | None]:
    """What each layer receives if they are called one after the other; None where that fails."""
    x = next((array.value for array in whole.arrays if array.is_input), None)
    found: list[HostArray | None] = []
    for layer in layers:
        found.append(x)
        methods = layer_methods(layer)
        if x is None or methods is None or methods.is_loss:
            x = None
            continue
        calls = LayerCalls(layer, methods, None, asked.seed, caller)
        try:
            output = calls.forward(calls.fresh(), np.array(x))[0]
            x = np.array(output, dtype=np.float64)
        except (StudentError, TypeError, ValueError):
            x = None
    return found
