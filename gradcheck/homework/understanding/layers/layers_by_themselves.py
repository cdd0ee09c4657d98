"""The layers of a file, each by itself, with the inputs that the layers beside it take."""

from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.layers.methods import layer_methods
from gradcheck.homework.understanding.layers.open_layer import build_named, open_layer
from gradcheck.homework.understanding.layers.read_layer import read_layer
from gradcheck.homework.understanding.one_output import fits
from nets.arrays import HostArray

__all__ = ["layers_by_themselves"]


def layers_by_themselves(
    module: StudentModule,
    names: Sequence[str],
    asked: Asked,
    caller: Caller,
    beside: Sequence[Part] = (),
) -> tuple[list[Contract], dict[str, StudentError]]:
    """The layers that can be checked, each with one part, and why the others cannot, by name.

    Losses come last: they take what the layers take.

    Args:
        module: the file.
        names: of the classes.
        asked: sizes, seed and the size of the mini-batch.
        caller: guards the calls.
        beside: layers that were read before.

    """
    pieces: dict[str, Contract] = {}
    errors: dict[str, StudentError] = {}
    for name in sorted(names, key=lambda name: _is_loss(module, name)):
        known = [*beside, *(piece.parts[0] for piece in pieces.values())]
        x = _single_example(known, asked.seed) if _is_loss(module, name) else None
        try:
            pieces[name] = _piece(module, name, asked, caller, x)
        except StudentError as error:
            errors[name] = error
    x = _single_example([*beside, *(piece.parts[0] for piece in pieces.values())], asked.seed)
    if x is not None:
        for name, piece in pieces.items():
            pieces[name] = _of_one_example(piece, module, name, asked, caller, x)
    return (
        [pieces[name] for name in names if name in pieces],
        {name: errors[name] for name in names if name in errors},
    )


def _is_loss(module: StudentModule, name: str) -> bool:
    methods = layer_methods(module.names.get(name))
    return methods is not None and methods.is_loss


def _piece(
    module: StudentModule, name: str, asked: Asked, caller: Caller, x: HostArray | None
) -> Contract:
    """A layer by itself; with this input, where one is given and works."""
    if x is not None:
        with suppress(StudentError):
            own = build_named(module, name, asked, caller)
            return Contract((read_layer(own, name, asked, caller, x),))
    found = open_layer(module, name, asked, caller)
    return Contract(found.parts[:1], left_out=found.left_out)


def _of_one_example(
    piece: Contract,
    module: StudentModule,
    name: str,
    asked: Asked,
    caller: Caller,
    x: HostArray,
) -> Contract:
    """A layer without parameters; with one example, if it is right with one and not with several.

    A softmax may take the sum over all entries, where the other layers take one example at a time.
    """
    part = piece.parts[0]
    if len(part.arrays) != 1 or not part.arrays[0].is_input or part.batch_size == 1 or fits(part):
        return piece
    for shape in dict.fromkeys((x.shape, (1, x.size))):
        with suppress(StudentError):
            own = build_named(module, name, asked, caller)
            found = read_layer(own, name, asked, caller, x.reshape(shape))
            if fits(found):
                return Contract((found,))
    return piece


def _single_example(parts: Sequence[Part], seed: int) -> HostArray | None:
    """An input for a loss, where all layers with parameters take one example at a time.

    A mean over all entries, with the derivative divided by ``len(y)``, is right for one example as
    a flat array, and wrong for a mini-batch.
    """
    layers = [part for part in parts if part.arrays[0].is_input and len(part.arrays) > 1]
    if not layers or any(part.batch_size > 1 for part in layers):
        return None
    shape = layers[-1].arrays[0].value.shape
    return np.random.default_rng([seed, 18]).standard_normal(shape)
