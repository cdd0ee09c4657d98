"""The instructions of a pickle, read one by one and not carried out."""

import codecs
import pickletools
from collections.abc import Iterator
from typing import Any, BinaryIO

from nets.data.compressed import read_up_to
from nets.errors import BadInput

__all__ = ["pickle_steps"]

OPCODES = {opcode.code.encode("latin-1"): opcode for opcode in pickletools.opcodes}


class _Source:
    """A stream of which no more than a given number of bytes is read."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._left, self._most = stream, most, most

    def read(self, size: int) -> bytes:
        """This number of bytes, or fewer at the end of the stream."""
        self._expect(size)
        content = bytes(read_up_to(self._stream, size))
        self._left -= len(content)
        return content

    def readline(self) -> bytes:
        """One line: the protocols 0 and 1 write one value a line."""
        line = self._stream.readline(self._left + 1)
        self._expect(len(line))
        self._left -= len(line)
        return line

    def _expect(self, size: int) -> None:
        if size > self._left:
            raise BadInput(f"it is larger than {self._most:,} bytes")


def pickle_steps(stream: BinaryIO, most: int) -> Iterator[tuple[str, Any]]:
    """The instructions one by one: the name and the argument, which may be None.

    Args:
        stream: what they are read from.
        most: how many bytes are read at most.

    Raises:
        BadInput: the pickle is cut off, or longer than that.
        ValueError, LookupError: it is not a pickle.

    """
    source = _Source(stream, most)
    while True:
        code = source.read(1)
        if not code:
            raise BadInput("it is cut off")
        opcode = OPCODES[code]
        if opcode.name == "STRING":  # pickletools reads only ASCII here
            unescaped = codecs.escape_decode(source.readline()[1:-2])[0]
            yield opcode.name, unescaped.decode("latin-1")
        else:
            yield opcode.name, None if opcode.arg is None else opcode.arg.reader(source)  # type: ignore[arg-type]
        if opcode.name == "STOP":
            return
