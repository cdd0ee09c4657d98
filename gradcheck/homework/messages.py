"""What the two sides of a pipe say to each other: a line of JSON for each message.

Not pickles: whoever reads a pickle runs what is in it, and at the other end is code that nobody
here wrote. Arrays travel as their bytes, so that every digit arrives.
"""

import base64
import json
from typing import Any, BinaryIO

import numpy as np

from nets.arrays import HostArray

__all__ = ["packed", "read_message", "unpacked", "write_message"]

DTYPES = ("float64", "complex128", "int64")


def packed(array: HostArray) -> dict[str, Any]:
    """An array as JSON can hold it, to the last bit.

    >>> unpacked(packed(np.array([[0.1, 0.2]])))
    array([[0.1, 0.2]])
    """
    if array.dtype.name not in DTYPES:
        raise TypeError(f"dtype {array.dtype}; wanted is one of {', '.join(DTYPES)}")
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": data}


def unpacked(message: dict[str, Any]) -> HostArray:
    """The array that was packed, a copy that may be written to.

    Raises:
        ValueError: it was not packed by ``packed``.

    """
    if message["dtype"] not in DTYPES:
        raise ValueError(f"dtype {message['dtype']}; wanted is one of {', '.join(DTYPES)}")
    data = base64.b64decode(message["data"])
    return np.frombuffer(data, dtype=message["dtype"]).reshape(message["shape"]).copy()


def write_message(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message, whole."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def read_message(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; None where the stream ends.

    Raises:
        ValueError: the line is no message.

    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError(f"a message is a JSON object, not {type(message).__name__}")
    return message
