"""Which arrays are learned: those that a cost or an output depends on."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.leaves import (
    Path,
    arrays_of,
    read,
    scalars_of,
    write,
)
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.layers.where_gradients_are import gradients_named
from gradcheck.homework.understanding.student_words import in_english
from nets.arrays import HostArray

__all__ = ["learned_arrays"]

# Arrays that an output depends on, but that are no parameters.
NOT_LEARNED = re.compile(
    r".*(mean|std|var|running|moving|mask|cache|input|data|min|max|target|label|train).*|x|y|t",
    re.IGNORECASE,
)
# Plain numbers that are learned: biases.
BIAS = re.compile(r"b\d*|bias\w*|intercept\w*|theta_?0", re.IGNORECASE)
# An array whose entries are all smaller is filled with random numbers for this trial: with weights
# of 0 nothing depends on the layers before.
TINY_ENTRY = 0.1


def learned_arrays(code: Code, result: Callable[[Code], HostArray], examples: int) -> Learned:
    """The arrays that a result depends on, made float64 in the student's object.

    Args:
        code: whose arrays they are.
        result: an output (n_output, batch), or a cost in an array of one number.
        examples: in the mini-batch: an array with so many rows or columns holds examples.

    Raises:
        StudentError: the result depends on none of them.

    """
    trial = code.copied()
    held = _possible(trial, examples)
    generator = np.random.default_rng([code.seed, 4])
    for path, value in held.items():
        if np.max(np.abs(value)) < TINY_ENTRY:
            held[path] = 0.1 + 0.3 * generator.random(value.shape)
            _put(trial, path, held[path])
    before = result(trial)
    paths = []
    for path, value in held.items():
        _put(trial, path, value * (1.0 + 1e-3 * generator.random(value.shape)))
        try:
            changed = not np.array_equal(before, result(trial), equal_nan=True)
        except StudentError:
            changed = False
        _put(trial, path, value)
        if changed:
            paths.append(path)
    if not paths:
        raise StudentError(f"The output of {code.name} depends on no array that it holds")
    own = _possible(code, examples)
    values = tuple(np.array(own[path], dtype=np.float64) for path in paths)
    for path, value in zip(paths, values, strict=True):
        _put(code, path, value)
    return Learned(tuple(paths), values)


def _possible(code: Code, examples: int) -> dict[Path, Any]:
    """The arrays that may be learned."""
    given = {name for each in code.names for name in roles_in(code.function(each))}
    found: dict[Path, Any] = {}
    for path, value in {**arrays_of(code.root), **_numbers(code)}.items():
        if examples in np.shape(value) or NOT_LEARNED.fullmatch(in_english(path.last)):
            continue
        if path.last in given and role_of(path.last) is Role.STATE:
            continue  # the state before the first step, which training carries along
        found[path] = np.array(value, dtype=np.float64, subok=True)
    return found


def _numbers(code: Code) -> dict[Path, float]:
    """The plain numbers that may be learned: biases, and those whose gradient the code computes.

    A number of an object inside is none, such as the p of dropout: code may call any gradient dp.
    """
    codes = [getattr(code.function(name), "__code__", None) for name in code.names]
    used = [name for each in codes if each for name in (*each.co_varnames, *each.co_names)]
    numbers = scalars_of(code.root, lambda _: True)
    return {
        path: value
        for path, value in numbers.items()
        if BIAS.fullmatch(in_english(path.last))
        or (
            len(path.steps) == 1
            and isinstance(read(code.root, path), float)
            and gradients_named(path.last, used)
        )
    }


def _put(code: Code, path: Path, value: HostArray) -> None:
    write(code.root, path, float(value) if value.ndim == 0 else value)
