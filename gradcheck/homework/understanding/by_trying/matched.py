"""Which of some gradients belongs to which array, by names and by shapes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.understanding.by_trying.code import Learned
from gradcheck.homework.understanding.by_trying.leaves import Path
from gradcheck.homework.understanding.by_trying.refusals import Unmatched
from nets.arrays import HostArray

__all__ = ["by_names", "by_shapes", "has_gradient_name", "matched", "name_of_array"]

# What the name of a gradient has before or after the name of its array.
BEFORE = re.compile(
    r"^(d[lejc]_?d?|d|grads?|gradients?|nabla|delta|deltas|del|g|change|diff|partial|slope)_?(?=\w)",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"_?(grads?|gradients?|deltas?|changes?|updates?|slopes?|adjustments?|derivatives?|prime|d)$",
    re.IGNORECASE,
)
SHAPES_LISTED = 6  # in a message, at most


def matched(found: Mapping[Path, Any], learned: Learned, what: str) -> list[NamedGradients]:
    """The gradients of all arrays, in each reading that fits.

    Args:
        found: arrays, by the way that leads to them in what was returned or left behind.
        learned: the arrays whose gradients they are.
        what: the function that returned or left them, for messages.

    Raises:
        Unmatched: some array has none.

    """
    named = by_names(found, learned)
    if named is not None:
        return [NamedGradients("by the names of the arrays", False, named)]
    readings = by_shapes(list(found.values()), learned)
    if readings:
        return readings
    shapes = ", ".join(str(np.shape(each)) for each in list(found.values())[:SHAPES_LISTED])
    wanted = ", ".join(str(each.shape) for each in learned.values[:SHAPES_LISTED])
    raise Unmatched(
        f"{what} gives arrays of the shapes {shapes or 'none'}; gradients of the shapes {wanted} "
        "are needed"
    )


def by_names(found: Mapping[Path, Any], learned: Learned) -> list[HostArray] | None:
    """A gradient in the shape of each array, by names such as ``dW1``; None if one is missing."""
    by_key: dict[tuple[Any, ...], Any] = {}
    for path, value in found.items():
        for word in _bare(path.last):
            by_key.setdefault((*_numbers(path), word), value)
    arrays = []
    for path, value in zip(learned.paths, learned.values, strict=True):
        own = by_key.get((*_numbers(path), path.last.lower().rstrip("s")))
        if own is not None and np.ndim(own) == 0:
            own = np.full(value.shape, own)  # as NumPy does where it is subtracted from the array
        fitting = None if own is None else _fitted(own, value.shape, transposed=False)
        if fitting is None:
            return None
        arrays.append(fitting)
    return arrays


def has_gradient_name(path: Path) -> bool:
    """Whether the name of an array says that it is a gradient.

    >>> [has_gradient_name(Path(((True, name),))) for name in ("dW1", "grad_b", "W1", "velocity")]
    [True, True, False, False]
    """
    return any(BEFORE.search(w) or AFTER.search(w) for _, w in path.steps if isinstance(w, str))


def name_of_array(name: str) -> str:
    """The name of the array whose gradient has this name, in lower case; empty if it has none.

    >>> [name_of_array(name) for name in ("W1_grad", "grad_b", "dW2", "W1")]
    ['w1', 'b', 'w2', '']
    """
    plain = next((each for each in _bare(name) if each != name.lower().rstrip("s")), "")
    return plain if BEFORE.search(name) or AFTER.search(name) else ""


def _bare(word: str) -> list[str]:
    """The possible names of the array: the gradient's name without ``grad``, ``d`` and the like."""
    names = [AFTER.sub("", word), BEFORE.sub("", word), word]
    return [name.lower().rstrip("s") for name in dict.fromkeys(names) if name]


def _numbers(path: Path) -> tuple[Any, ...]:
    return tuple(step for _, step in path.steps if not isinstance(step, str))


def by_shapes(found: Sequence[Any], learned: Learned) -> list[NamedGradients]:
    """Readings by shapes alone: equal shapes in the same order, or in the reverse one."""
    readings: list[NamedGradients] = []
    for transposed in (False, True):
        for backwards in (False, True):
            arrays = _in_order(found, learned, transposed=transposed, backwards=backwards)
            if arrays is None:
                continue
            text = "by their shapes" + (", the last layer first" if backwards else "")
            text += ", each weight gradient transposed" if transposed else ""
            if not any(_same(arrays, other.arrays) for other in readings):
                readings.append(NamedGradients(text, transposed, arrays))
        if readings:
            return readings
    return readings


def _same(one: Sequence[HostArray], other: Sequence[HostArray]) -> bool:
    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))


def _in_order(
    found: Sequence[Any], learned: Learned, *, transposed: bool, backwards: bool
) -> list[HostArray] | None:
    """A gradient for each array, by shapes; None if one has none."""
    left = list(reversed(found) if backwards else found)
    arrays: list[HostArray] = []
    for value in learned.values:
        for position, each in enumerate(left):
            fitting = _fitted(each, value.shape, transposed=transposed)
            if fitting is not None:
                arrays.append(fitting)
                del left[position]
                break
        else:
            return None
    return arrays


def _fitted(value: Any, shape: tuple[int, ...], *, transposed: bool) -> HostArray | None:
    """A gradient in the shape of its array, float64; None if it does not fit."""
    array = np.array(value, dtype=np.float64)
    if transposed and array.ndim == 2 and min(array.shape) > 1:
        array = array.T
    if array.shape == shape:
        return array
    size = int(np.prod(shape, dtype=int))
    is_vector = max(array.shape, default=1) == size and max(shape, default=1) == size
    return array.reshape(shape) if array.size == size and is_vector else None
