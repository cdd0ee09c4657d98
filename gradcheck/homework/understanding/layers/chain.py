"""An object that is a chain of layers, as a contract: the whole, and each of its layers."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.finding import oddity
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.chain_members import layers_in
from gradcheck.homework.understanding.layers.methods import layer_methods
from gradcheck.homework.understanding.layers.plain_lists import works_in_lists
from gradcheck.homework.understanding.layers.read_layer import read_layer
from nets.arrays import HostArray

__all__ = ["read_chain", "with_findings"]


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
    return Contract((with_findings(whole, left_out), *parts), layers=len(parts))


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
        in_lists = works_in_lists(layer)
        calls = LayerCalls(layer, methods, None, asked.seed, caller, in_lists=in_lists)
        try:
            output = calls.forward(calls.fresh(), np.array(x))[0]
            x = np.array(output, dtype=np.float64)
        except (StudentError, TypeError, ValueError):
            x = None
    return found
