"""Arrays and dtypes as a pickle describes them, made by functions of this file alone."""

import math
import re
from typing import Any

import numpy as np

from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["MOST_BYTES", "PickledArray", "PickledDtype", "array_from", "shown"]

MOST_BYTES = 2**29  # of a pickle, and of an axis; MNIST in float64 has 439 MB
MOST_AXES = 8  # images need 2 or 3
DTYPE = re.compile(r"[<>=|]?(b1|[iu][1248]|f[248])")


class PickledDtype:
    """A dtype of numbers; the pickle describes it first, and then gives its byte order."""

    def __init__(self, text: object) -> None:
        """Take the name of the dtype, such as ``f8``."""
        if not isinstance(text, str) or not DTYPE.fullmatch(text):
            raise BadInput(f"it holds an array of dtype {shown(text)}; arrays should hold numbers")
        self.dtype = np.dtype(text)

    def fill(self, state: Any) -> None:
        """Take the byte order. Numbers have no fields and no parts, so the rest must be None."""
        _version, order, *rest = state
        if order not in ("<", ">", "=", "|") or any(part is not None for part in rest[:3]):
            raise BadInput("it holds an array of records; arrays should hold numbers")
        self.dtype = self.dtype.newbyteorder(order)


class PickledArray:
    """An array; it is empty until the pickle has given its shape, dtype and bytes."""

    def __init__(self, array: HostArray | None = None) -> None:
        """Begin with an array of any shape, or with an empty one."""
        self.array: HostArray = np.empty(0) if array is None else array


def array_from(raw: bytes | bytearray, kind: Any, shape: Any, order: Any) -> HostArray:
    """The array of a given shape that bytes stand for, if their number fits shape and dtype.

    Args:
        raw: the bytes.
        kind: a ``PickledDtype``.
        shape: a tuple of whole numbers.
        order: ``C`` if the bytes are row by row, ``F`` if they are column by column.

    Raises:
        BadInput: an argument is something else, or there are more or fewer bytes.

    """
    if not isinstance(kind, PickledDtype) or order not in ("C", "F"):
        raise BadInput("it describes an array in an unknown way")
    if not isinstance(shape, tuple) or len(shape) > MOST_AXES:
        raise BadInput(f"it holds an array whose shape is {shown(shape)}")
    if not all(type(n) is int and 0 <= n <= MOST_BYTES for n in shape):
        raise BadInput("it holds an array with an axis of an impossible length")
    promised = math.prod(shape) * kind.dtype.itemsize
    if promised != len(raw):
        raise BadInput(
            f"it holds {len(raw):,} bytes for an array of shape {shape}, which needs {promised:,}"
        )
    native = kind.dtype.newbyteorder("=")
    return np.frombuffer(raw, kind.dtype).astype(native, copy=False).reshape(shape, order=order)


def shown(value: object) -> str:
    """A text in quotes; of anything else its type, since its text may have no end.

    >>> shown("O8"), shown([[[]]])
    ("'O8'", 'a list')

    """
    return f"{value!r:.40}" if isinstance(value, str) else f"a {type(value).__name__}"
