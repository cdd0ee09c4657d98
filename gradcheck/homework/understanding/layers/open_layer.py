"""One class or function of a student's as a contract: a layer, or a chain of layers."""

from dataclasses import replace
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.finding import oddity
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.layers.build_layer import build_layer, build_sequence
from gradcheck.homework.understanding.layers.chain import read_chain, with_findings
from gradcheck.homework.understanding.layers.layer_classes import classes_in_sight, is_chain_class
from gradcheck.homework.understanding.layers.sizes import sizes_of
from gradcheck.homework.understanding.members import all_arguments

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
    return build_layer(built, name, asked, caller)


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
        return read_chain(build_named(module, name, asked, caller), name, asked, caller)
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
