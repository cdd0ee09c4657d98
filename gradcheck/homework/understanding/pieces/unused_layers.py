"""The layers of a file that its network does not use, or uses with other settings."""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from types import CodeType

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.layers.layer_classes import is_chain_class, layer_classes
from gradcheck.homework.understanding.layers.methods import layer_methods
from gradcheck.homework.understanding.layers.open_layer import open_layer
from gradcheck.homework.understanding.members import all_arguments
from gradcheck.homework.understanding.pieces.switches import Switch, switched
from gradcheck.homework.understanding.pieces.used_code import code_of

__all__ = ["unused_layers"]

TWO = Switch("stride", 2)
# With other values of these, other code of the same layer counts.
SETTINGS = frozenset({"padding", "pad", "stride", "strides"})


def unused_layers(
    module: StudentModule, name: str, used: frozenset[CodeType], asked: Asked, caller: Caller
) -> Iterator[Part]:
    """Each layer whose backward the network does not call, or that takes a stride or a padding.

    What cannot be read is not there. Losses are not there: many leave a derivative to another
    layer.

    Args:
        module: the file.
        name: of the network.
        used: what it calls.
        asked: a seed.
        caller: guards the calls.

    """
    for each, kind in layer_classes(module).items():
        methods = layer_methods(kind)
        if each == name or methods is None or methods.is_loss or is_chain_class(kind):
            continue
        is_used = code_of(inspect.getattr_static(kind, methods.backward, None)) in used
        if is_used and not SETTINGS & set(all_arguments(kind)):
            continue
        yield from _opened(module, each, asked, caller)
        if _has_stride_of_one(kind):
            # A backward that forgets the stride is right for a stride of 1.
            names = {**module.names, each: switched(kind, TWO)}
            for part in _opened(replace(module, names=names), each, asked, caller):
                yield replace(part, name=f"{each}({TWO.text})")


def _opened(module: StudentModule, name: str, asked: Asked, caller: Caller) -> Iterator[Part]:
    """A layer as a part; nothing if it cannot be read, or is a chain."""
    with suppress(StudentError):
        contract = open_layer(module, name, asked, caller)
        if not contract.layers:
            yield contract.parts[0]


def _has_stride_of_one(kind: type) -> bool:
    stride = inspect.signature(kind).parameters.get(TWO.name)
    return stride is not None and type(stride.default) is int and stride.default == 1
