"""Calls of a backward function in other ways, whose results should be the same.

The arriving gradient of ``out.sum()``, for example, is one number that is broadcast: read-only, and
without a copy for each entry.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from gradcheck.verdicts.array_diagnosis import names_text
from gradcheck.verdicts.functions.pair import FunctionPair
from gradcheck.verdicts.functions.same_numbers import largest_size, near
from nets.arrays import Array, HostArray

__all__ = ["compared", "differing_layouts", "gradients_for"]


def differing_layouts(
    pair: FunctionPair, arriving: Sequence[HostArray], gradients: Sequence[Array]
) -> list[str]:
    """What depends on how the arriving gradient lies in memory, a sentence each.

    Args:
        pair: the two functions.
        arriving: the arriving gradients, one for each output array, in its shape.
        gradients: that backward gave for them, each in the shape of its input.

    """
    found: list[str] = []
    for layout, name in ((_strided, "slice"), (np.asfortranarray, "transpose")):
        how = f"if its arriving gradient is not contiguous, such as a {name}"
        call = partial(gradients_for, pair, [layout(each) for each in arriving])
        found = found or compared(pair, how, call, gradients)[1]
    broadcast = [np.broadcast_to(each[:1], each.shape) if each.ndim else each for each in arriving]
    how = "if its arriving gradient is broadcast (read-only, as that of a sum)"
    right = gradients_for(pair, [np.array(each) for each in broadcast])
    # Batch norm returns nearly 0 for a gradient that is the same for each example.
    sizes = [max(map(largest_size, each)) for each in zip(right, gradients, strict=True)]
    return found + compared(pair, how, partial(gradients_for, pair, broadcast), right, sizes)[1]


def gradients_for(pair: FunctionPair, arriving: Sequence[Array]) -> list[Array]:
    """What backward returns after a forward pass of its own, in the shapes of the inputs.

    Args:
        pair: the two functions.
        arriving: the arriving gradients, one for each output array, in its shape.

    """
    return pair.backpropagated(pair.run(), arriving)


def _strided(array: HostArray) -> HostArray:
    """The same numbers with gaps between them in memory, in the same shape."""
    wide = np.zeros((*array.shape, 2))
    wide[..., 0] = array
    gaps: HostArray = wide[..., 0]
    return gaps


def compared(
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
        right: what it should return, in the shapes of the inputs.
        sizes: what differences are small against; by default the largest entry of each array.

    """
    try:
        result = call()
    except Exception as error:  # whatever a student's function raises
        return None, [f"backward fails {how}: {type(error).__name__}: {error}"]
    scales = list(map(largest_size, right)) if sizes is None else sizes
    several = zip(pair.inputs.checked_names, result, right, scales, strict=True)
    other = [name for name, a, b, size in several if not near(a, b, size)]
    if not other:
        return result, []
    gradients = "other gradients" if len(other) > 1 else "another gradient"
    return result, [f"backward gives {gradients} of {names_text(other)} {how}."]
