"""One class or function of a student's as a contract: a layer, or a chain of layers."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.finding import oddity
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.layers.build_layer import (
    DENSE,
    build_layer,
    build_sequence,
)
from gradcheck.homework.understanding.layers.chain import read_chain, with_findings
from gradcheck.homework.understanding.layers.derivatives import (
    derivatives_of,
    open_for_the_input,
    reading_of,
)
from gradcheck.homework.understanding.layers.layer_classes import classes_in_sight, is_chain_class
from gradcheck.homework.understanding.layers.methods import (
    BACKWARD_NAMES,
    is_layer,
    layer_methods,
)
from gradcheck.homework.understanding.layers.read_layer import read_layer
from gradcheck.homework.understanding.layers.sizes import sizes_of
from gradcheck.homework.understanding.members import all_arguments
from gradcheck.homework.understanding.one_output import (
    fits,
    has_one_output,
    one_output_shapes,
    open_for_several_outputs,
)
from gradcheck.homework.understanding.square_images import open_for_other_images, square_shapes

__all__ = ["build_named", "open_layer"]


def build_named(module: StudentModule, name: str, asked: Asked, caller: Caller) -> Any:
    """The object that a class or a function of a file makes.

    Args:
        module: the file.
        name: of the class or the function.
        asked: sizes and seed.
        caller: guards the calls.

    Raises:
        StudentError: it cannot be built.

    """
    built = module.names[name]
    if isinstance(built, type) and is_chain_class(built):
        own = build_sequence(built, name, classes_in_sight(module), asked, caller)
        if own is not None:
            return own
    if isinstance(built, type) and _takes_a_layer(built):
        inner = _inner_layer(module, asked, caller)
        if inner is not None:
            with suppress(StudentError), caller.calling(f"{name}({type(inner).__name__})"):
                return built(inner)
    return build_layer(built, name, asked, caller)


def _takes_a_layer(kind: type) -> bool:
    """Whether a constructor takes one layer: the class hands the gradient on to its backward."""
    methods = layer_methods(kind)
    if methods is None or len(required_arguments(kind) or []) != 1:
        return False
    code = getattr(getattr(kind, methods.backward), "__code__", None)
    used = set() if code is None else set(code.co_names)
    return bool(used & set(BACKWARD_NAMES)) and "super" not in used


def _inner_layer(module: StudentModule, asked: Asked, caller: Caller) -> Any | None:
    """A dense layer of the file that keeps the width; None if it has none that can be built."""
    width = sizes_of(asked).n_in
    for name, kind in classes_in_sight(module).items():
        if DENSE.fullmatch(name) and is_layer(kind) and not _takes_a_layer(kind):
            with suppress(StudentError):
                return build_layer(kind, name, replace(asked, sizes=(width, width)), caller)
    return None


def open_layer(module: StudentModule, name: str, asked: Asked, caller: Caller) -> Contract:
    """One class or function; if it fails with padding and a stride, without them.

    Args:
        module: the file.
        name: of the class or the function.
        asked: sizes, seed and the size of the mini-batch.
        caller: guards the calls.

    Raises:
        StudentError: it cannot be checked.

    """
    try:
        contract = read_chain(build_named(module, name, asked, caller), name, asked, caller)
        return _with_other_meaning(contract, module, name, asked, caller)
    except StudentError as error:
        if not (set(all_arguments(module.names[name])) & {"padding", "pad", "stride", "strides"}):
            raise
        plain = replace(sizes_of(asked), stride=1, padding=0)
        own = build_layer(module.names[name], name, asked, caller, plain)
        try:
            contract = read_chain(own, name, asked, caller)
        except StudentError:
            raise error from None
        found = oddity(f"It was checked with stride 1 and without padding. With them: {error.line}")
        return Contract((with_findings(contract.parts[0], [found]), *contract.parts[1:]))


def _with_other_meaning(
    contract: Contract, module: StudentModule, name: str, asked: Asked, caller: Caller
) -> Contract:
    """The same; what is right as a derivative, for one output or for square images, is read so."""
    part, kind = contract.parts[0], module.names[name]
    methods = layer_methods(kind)
    if methods is None or contract.layers or not part.arrays[0].is_input or fits(part):
        return contract
    for meant in derivatives_of(kind, methods):
        with suppress(StudentError):
            own = build_named(module, name, asked, caller)
            found = read_layer(own, name, asked, caller, methods=meant)
            if fits(found):
                found = with_findings(found, [reading_of(kind, meant)])
                return Contract((found,), left_out=open_for_the_input(kind, meant))
    shape = part.arrays[0].value.shape
    others = one_output_shapes(name, shape) if methods.is_loss else square_shapes(shape)
    for other in others:
        x = np.random.default_rng([asked.seed, 18]).standard_normal(other)
        with suppress(StudentError):
            found = read_layer(build_named(module, name, asked, caller), name, asked, caller, x)
            if not fits(found):
                continue
            if not methods.is_loss:
                return Contract((found,), left_out=(open_for_other_images(name),))
            open_one = open_for_several_outputs(name, shape[1])
            return Contract((found,), left_out=() if has_one_output(name) else (open_one,))
    return contract
