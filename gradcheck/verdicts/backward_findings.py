"""What may be wrong with a backward function besides its numbers.

It must not change what it is given, must give the same result again, and must not depend on how
the arriving gradient lies in memory. The arriving gradient of ``out.sum()``, for example, is one
number that is broadcast: read-only, and without a copy for each entry.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from array_api_compat import is_numpy_array

from gradcheck.verdicts.array_diagnosis import names_text
from gradcheck.verdicts.function_pair import FunctionPair
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.suspicion import equal_to_the_last_bit
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["BackwardFindings", "backward_findings", "with_findings"]

# Two results are the same if they differ by less than this part of the largest entry: other memory
# may mean another order of additions, and the sums may be in float32.
SAME = 1e-6


@dataclass(frozen=True, eq=False)
class BackwardFindings:
    """What calls of a backward function have shown.

    Attributes:
        gradients: of the inputs that are checked, by the first call.
        again: by forward and backward called a second time; None if that failed.
        sentences: what is wrong besides the numbers.

    """

    gradients: list[Array]
    again: list[Array] | None
    sentences: tuple[str, ...]


def backward_findings(pair: FunctionPair, arriving: Sequence[Array]) -> BackwardFindings:
    """Call backward in several ways.

    Args:
        pair: the two functions.
        arriving: the arriving gradients, one for each output array, in its shape.

    Raises:
        BadInput: backward takes other arguments, or returns too few gradients.

    """
    returned = _with(pair, _own(arriving))
    pair.claims(returned)  # so they are arrays, in the right shapes
    gradients = _own(returned)
    # Before any other call: what a backward adds to the gradient before tells its mistake.
    anew = "when forward and backward are called again with the same input"
    again, on_new_cache = _compared(pair, anew, partial(_with, pair, _own(arriving)), gradients)
    sentences = list(_changes(pair, arriving))
    same = "when it is called a second time after the same forward"
    _, on_same_cache = _compared(pair, same, partial(_second_backward, pair, arriving), gradients)
    sentences += (on_new_cache or on_same_cache)[:1]
    if all(is_numpy_array(each) for each in arriving):
        sentences += _layouts(pair, arriving, gradients)
    return BackwardFindings(gradients, again, tuple(sentences))


def with_findings(report: Report, pair: FunctionPair, found: BackwardFindings) -> Report:
    """The report with what is wrong besides the numbers, and with the inputs that are held fixed.

    Args:
        report: what a check found.
        pair: the two functions.
        found: what their calls have shown.

    """
    return replace(
        report,
        suspicions=tuple(equal_to_the_last_bit(report)),
        remarks=(*report.remarks, *pair.inputs.remarks),
        findings=found.sentences,
    )


def _changes(pair: FunctionPair, arriving: Sequence[Array]) -> Iterator[str]:
    """What forward and backward change in place."""
    names = pair.inputs.names
    before = pair.inputs.fresh().values
    done = pair.run()
    changed = _unequal(names, before, done.arguments.values)
    if changed:
        yield f"forward changes {names_text(changed)} in place. Let it work on a copy."
    inputs, cache = _copy(done.arguments.values), _copy(done.cache)
    own = _own(arriving)
    pair.backpropagated(done, own)
    if not _equal(own, list(arriving)):
        yield (
            "backward changes its arriving gradient in place. Other code may still need it: let "
            "backward work on a copy."
        )
    if changed := _unequal(names, inputs, done.arguments.values):
        yield f"backward changes {names_text(changed)} in place. Let it work on a copy."
    elif not _equal(cache, done.cache):
        yield "backward changes its cache in place. A second call would start from other numbers."


def _own(arrays: Sequence[Array]) -> list[Array]:
    return [array_namespace(each).asarray(each, copy=True) for each in arrays]


def _copy(value: Any) -> Any:
    """A deep copy; the thing itself if it cannot be copied, which then counts as unchanged."""
    try:
        return copy.deepcopy(value)
    except Exception:  # whatever a student's object raises
        return value


def _unequal(names: Sequence[str], before: Sequence[Any], after: Sequence[Any]) -> list[str]:
    return [n for n, a, b in zip(names, before, after, strict=True) if not _equal(a, b)]


def _equal(one: Any, other: Any) -> bool:
    """Whether two things hold the same numbers: arrays, and lists, dicts and objects of them."""
    if one is other:
        return True
    if hasattr(one, "shape") and hasattr(one, "dtype"):
        if not hasattr(other, "shape") or tuple(one.shape) != tuple(other.shape):
            return False
        a, b = to_numpy(one), to_numpy(other)
        return bool(np.all((a == b) | ((a != a) & (b != b))))
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, int | float | complex | str):
        return bool(one == other or (one != one and other != other))
    return _equal(vars(one), vars(other)) if hasattr(one, "__dict__") else True


def _second_backward(pair: FunctionPair, arriving: Sequence[Array]) -> list[Array]:
    done = pair.run()
    pair.backpropagated(done, _own(arriving))
    return pair.backpropagated(done, _own(arriving))


def _layouts(
    pair: FunctionPair, arriving: Sequence[HostArray], gradients: Sequence[Array]
) -> list[str]:
    """What depends on how the arriving gradient lies in memory, a sentence each."""
    found: list[str] = []
    for layout, name in ((_strided, "slice"), (np.asfortranarray, "transpose")):
        how = f"if its arriving gradient is not contiguous, such as a {name}"
        call = partial(_with, pair, [layout(each) for each in arriving])
        found = found or _compared(pair, how, call, gradients)[1]
    broadcast = [np.broadcast_to(each[:1], each.shape) if each.ndim else each for each in arriving]
    how = "if its arriving gradient is broadcast (read-only, as that of a sum)"
    right = _with(pair, [np.array(each) for each in broadcast])
    # Batch norm makes nearly nothing of a gradient that is the same for each example.
    sizes = [max(map(_largest, each)) for each in zip(right, gradients, strict=True)]
    return found + _compared(pair, how, partial(_with, pair, broadcast), right, sizes)[1]


def _with(pair: FunctionPair, arriving: Sequence[Array]) -> list[Array]:
    return pair.backpropagated(pair.run(), arriving)


def _strided(array: HostArray) -> HostArray:
    """The same numbers with gaps between them in memory, in the same shape."""
    wide = np.zeros((*array.shape, 2))
    wide[..., 0] = array
    gaps: HostArray = wide[..., 0]
    return gaps


def _compared(
    pair: FunctionPair,
    how: str,
    call: Callable[[], list[Array]],
    right: Sequence[Array],
    sizes: Sequence[float] | None = None,
) -> tuple[list[Array] | None, list[str]]:
    """The result of a call (None if it fails), and a sentence if it is not the right one.

    Args:
        pair: the two functions.
        how: in what way backward is called, in words.
        call: of backward.
        right: what it should return.
        sizes: what differences are small against; by default the largest entry of each array.

    """
    try:
        result = call()
    except Exception as error:  # whatever a student's function raises
        return None, [f"backward fails {how}: {type(error).__name__}: {error}"]
    scales = list(map(_largest, right)) if sizes is None else sizes
    several = zip(pair.inputs.checked_names, result, right, scales, strict=True)
    other = [name for name, a, b, size in several if not _near(a, b, size)]
    if not other:
        return result, []
    gradients = "other gradients" if len(other) > 1 else "another gradient"
    return result, [f"backward gives {gradients} of {names_text(other)} {how}."]


def _largest(array: Array) -> float:
    return float(np.max(np.abs(to_numpy(array)), initial=0.0))


def _near(one: Array, other: Array, size: float) -> bool:
    a, b = to_numpy(one), to_numpy(other)
    if a.shape != b.shape:
        return False
    with np.errstate(invalid="ignore"):
        near = np.abs(a - b) <= SAME * size
    return bool(np.all(near | (a == b) | ((a != a) & (b != b))))
