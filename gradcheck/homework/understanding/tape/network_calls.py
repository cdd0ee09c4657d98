"""The ways of calling a network on a tape engine: rows or columns, plain numbers or nodes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS, ExampleForm
from gradcheck.homework.understanding.members import first_of
from gradcheck.homework.understanding.tape.engine import TapeEngine

__all__ = ["NetworkCall", "network_calls", "wrapped"]


@dataclass(frozen=True)
class NetworkCall:
    """One way of calling a network.

    Attributes:
        form: of the examples.
        inputs: of the mini-batch, in this form.
        outputs: computes the network's output for inputs in this form.

    """

    form: ExampleForm
    inputs: Any = field(repr=False)
    outputs: Callable[[Any], Any] = field(repr=False)


def network_calls(own: Any, engine: TapeEngine, batch: MiniBatch) -> Iterator[NetworkCall]:
    """The ways of calling a network.

    Args:
        own: the network; nothing is yielded if it cannot be called.
        engine: that it is built on.
        batch: the examples.

    """
    name = "__call__" if callable(own) else first_of(("forward", "predict"), own)
    if name is None:
        return
    for form in EXAMPLE_FORMS:
        for as_node in (True, False):
            outputs = partial(_outputs, own, name, engine, as_node=as_node)
            yield NetworkCall(form, form.inputs(batch.inputs), outputs)


def _outputs(own: Any, name: str, engine: TapeEngine, x: Any, *, as_node: bool) -> Any:
    return getattr(own, name)(wrapped(engine, x, as_node=as_node))


def wrapped(engine: TapeEngine, array: Any, *, as_node: bool) -> Any:
    """Examples as nodes, or as plain numbers, new ones for each call.

    Args:
        engine: the student's.
        array: of examples, any shape.
        as_node: whether to make nodes.

    Returns:
        One node or one array of the same shape; nested lists, if the engine holds single numbers.

    """
    if engine.holds_arrays:
        return engine.node(array) if as_node else np.array(array)
    if not as_node:
        return np.asarray(array).tolist()
    return [
        engine.node(each) if np.ndim(each) == 0 else wrapped(engine, each, as_node=True)
        for each in array
    ]
