"""Functions that use the arrays of their module, as ``lossFun(inputs, targets)`` uses ``Wxh``.

The weights are global variables. The functions take examples, or nothing, and give the cost and the
gradients, leave gradients in other global variables, or update the weights themselves.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.as_part import as_part
from gradcheck.homework.understanding.by_trying.claims import Wishes
from gradcheck.homework.understanding.by_trying.first_state import first_state_for
from gradcheck.homework.understanding.by_trying.leaves import arrays_of
from gradcheck.homework.understanding.by_trying.module_code import ModuleCode, copied_names
from gradcheck.homework.understanding.by_trying.read_code import read_code
from gradcheck.homework.understanding.by_trying.refusals import most_telling
from gradcheck.homework.understanding.by_trying.returned import backwards
from gradcheck.homework.understanding.by_trying.sizes_held import sizes_between, with_free_batch
from gradcheck.homework.understanding.by_trying.sources import sources_of
from gradcheck.homework.understanding.by_trying.strengths import strengths_for
from gradcheck.homework.understanding.by_trying.trainers import trainers

__all__ = ["FORMAT"]

MOST_SIZES = 8  # pairs of numbers of inputs and outputs that are tried
# Variables that hold the number of different letters or words of a text.
LETTERS = re.compile(
    r"(vocab(ulary)?|alphabet|dict(ionary)?)_?(size|len|length)|(n|num|len)_?(chars|letters|vocab)",
    re.IGNORECASE,
)


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The functions, where the module has arrays that they may use."""
    functions = module.functions
    if not functions or (asked.name is not None and asked.name not in functions):
        return NotMine("Functions would be needed that use arrays of the module")
    code = _code(module, Caller(module.path, lambda _: None), asked)
    found = [*backwards(code), *(name for names in trainers(code) for name in names)]
    if not found or not _matrices(code):
        return NotMine("Functions would be needed that use arrays of the module")
    name = asked.name or found[0]
    return [Recognised(name, Sureness.POSSIBLE, partial(_open, module, asked.name))]


def _code(module: StudentModule, caller: Caller, asked: Asked) -> ModuleCode:
    functions = module.functions
    names = copied_names(module.names)
    return ModuleCode(
        names,
        module.path.stem,
        caller,
        asked.seed,
        about=strengths_for(functions) | first_state_for(functions, names, asked.seed),
        own=tuple(functions),
    )


def _open(module: StudentModule, name: str | None, asked: Asked, caller: Caller) -> Contract:
    """Find out by trying what the functions mean.

    Raises:
        StudentError: they work in no way.

    """
    code = _code(module, caller, asked)
    named = name if name in backwards(code) else None
    wishes = Wishes(sources_of(module.functions), asked.cost, named)
    errors: list[StudentError] = []
    for batch, is_held in _batches(code, asked):
        own = code.copied()
        try:
            part = as_part(read_code(own, batch, wishes, holds_batch=is_held))
        except StudentError as error:
            errors.append(error)
        else:
            return Contract((part,))
    raise most_telling(errors)


def _batches(code: ModuleCode, asked: Asked) -> Iterator[tuple[MiniBatch, bool]]:
    """The examples of the module itself, then drawn ones for the sizes of its arrays.

    With each comes whether the module holds it.
    """
    if asked.sizes is not None:
        yield asked.mini_batch(asked.sizes), False
        return
    yield from ((each, True) for each in _own_examples(code))
    matrices = _matrices(code)
    drawn = with_free_batch(asked, code.root)
    pairs = sizes_between(matrices[0].shape, matrices[-1].shape)
    ends = {matrices[0].shape[1], matrices[-1].shape[0]}
    if len(ends) == 1 and len({matrix.shape for matrix in matrices}) > 1:
        (side,) = ends  # the same letters go in and come out
        pairs.insert(0, (side, side))
    pairs = [(count, count) for count in _letters(code)] + pairs
    for sizes in list(dict.fromkeys(pairs))[:MOST_SIZES]:
        yield drawn.mini_batch(sizes), False


def _letters(code: ModuleCode) -> list[int]:
    """The numbers of different letters that the module says, as ``vocab_size`` does."""
    return [
        value
        for name, value in code.root.items()
        if LETTERS.fullmatch(name) and type(value) is int and value > 1
    ]


def _matrices(code: ModuleCode) -> list[Any]:
    """The arrays of the module that may be weights, in their order."""
    return [
        value
        for path, value in arrays_of(code.root).items()
        if value.ndim == 2
        and role_of(path.last) not in (Role.INPUTS, Role.TARGETS, Role.EXAMPLES, Role.ARRIVING)
    ]


def _own_examples(code: ModuleCode) -> Iterator[MiniBatch]:
    """The inputs and targets that the module holds, where functions take no examples."""
    if not any(not code.function(name).__code__.co_argcount for name in code.names):
        return
    held = {
        role: [
            np.asarray(value, dtype=float)
            for name, value in code.root.items()
            if isinstance(value, np.ndarray) and role_of(name) is role and value.ndim in (1, 2)
        ]
        for role in (Role.INPUTS, Role.TARGETS)
    }
    for x in held[Role.INPUTS][:1]:
        for y in held[Role.TARGETS][:1]:
            if x.ndim == 2 and len(x) == len(y):
                yield MiniBatch(x.T.copy(), y.reshape(len(y), -1).T.copy())
            elif x.ndim == y.ndim == 2 and x.shape[1] == y.shape[1]:
                yield MiniBatch(x.copy(), y.copy())


FORMAT = Format("functions over arrays of their module", 47, recognise)
