"""The messages between two processes: one line of JSON each.

They are not pickles: reading a pickle runs the code in it, and the other process runs code that
nobody here wrote. Arrays are sent as their bytes, so that every digit arrives.
"""

import base64
import json
from typing import Any, BinaryIO

import numpy as np

from nets.arrays import HostArray
from nets.errors import expect_one_of

__all__ = ["packed", "read_message", "unpacked", "write_message"]

# Bytes of a message. A network of a million parameters sends 100 MB; a process that sends more
# would only fill the memory of the other one.
LONGEST_MESSAGE = 400_000_000
DTYPES = ("float64", "complex128", "int64")


def packed(array: HostArray) -> dict[str, Any]:
    """An array of any shape as JSON can hold it, to the last bit.

    Raises:
        BadInput: (a ``ValueError``) its dtype is not one of ``DTYPES``.

    >>> unpacked(packed(np.array([[0.1, 0.2]])))
    array([[0.1, 0.2]])

    """
    dtype = expect_one_of("dtype", array.dtype.name, DTYPES)
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return {"dtype": dtype, "shape": list(array.shape), "data": data}


def unpacked(message: dict[str, Any]) -> HostArray:
    """The array that was packed, in its shape: a copy that may be written to.

    Raises:
        ValueError: ``packed`` did not make this message.

    """
    dtype = expect_one_of("dtype", message["dtype"], DTYPES)
    data = base64.b64decode(message["data"])
    return np.frombuffer(data, dtype=dtype).reshape(message["shape"]).copy()


def write_message(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message, whole."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def read_message(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; None at the end of the stream, and if it is too long.

    Raises:
        ValueError: the line is not a message.

    """
    line = stream.readline(LONGEST_MESSAGE)
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError(f"found a {type(message).__name__}; a message should be a JSON object")
    return message
