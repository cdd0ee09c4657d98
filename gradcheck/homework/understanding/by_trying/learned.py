"""Which arrays are learned: those that a cost or an output depends on."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.leaves import (
    Path,
    arrays_of,
    scalars_of,
    write,
)
from nets.arrays import HostArray

__all__ = ["learned_arrays"]

# Arrays that an output depends on, and that are no parameters.
NOT_LEARNED = re.compile(
    r".*(mean|std|var|running|moving|mask|cache|input|data|min|max|target|label|train).*|x|y|t",
    re.IGNORECASE,
)
# Plain numbers that are learned: biases.
BIAS = re.compile(r"b\d*|bias\w*|intercept\w*|theta_?0", re.IGNORECASE)
# An array whose entries are all smaller is filled with random numbers while this is found out: for
# weights of 0 nothing depends on the layers before.
TINY_ENTRY = 0.1


def learned_arrays(code: Code, result: Callable[[Code], HostArray], examples: int) -> Learned:
    """The arrays that a result depends on, made float64 in the student's object.

    Args:
        code: whose arrays they are.
        result: an output or a cost.
        examples: in the mini-batch: an array with so many rows or columns holds examples.

    Raises:
        StudentError: it depends on none.

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
    found: dict[Path, Any] = {}
    scalars = scalars_of(code.root, lambda name: BIAS.fullmatch(name) is not None)
    for path, value in {**arrays_of(code.root), **scalars}.items():
        if examples in np.shape(value) or NOT_LEARNED.fullmatch(path.last):
            continue
        found[path] = np.array(value, dtype=np.float64, subok=True)
    return found


def _put(code: Code, path: Path, value: HostArray) -> None:
    write(code.root, path, float(value) if value.ndim == 0 else value)
