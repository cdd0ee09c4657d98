"""The instructions of a pickle, read one by one and not carried out."""

import codecs
import pickletools
from collections.abc import Iterator
from typing import Any, BinaryIO

from nets.errors import BadInput

__all__ = ["pickle_steps"]

OPCODES = {opcode.code.encode("latin-1"): opcode for opcode in pickletools.opcodes}
PIECE = 2**20  # bytes read at once, so that a length that is not true takes no memory


class _Source:
    """A stream of which no more is read than may be."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._left, self._most = stream, most, most

    def read(self, size: int) -> bytes:
        """So many bytes, or as many as there are."""
        self._expect(size)
        if size <= PIECE:
            content = self._stream.read(size)
        else:
            gathered = bytearray()
            while len(gathered) < size and (
                piece := self._stream.read(min(PIECE, size - len(gathered)))
            ):
                gathered += piece
            content = bytes(gathered)
        self._left -= len(content)
        return content

    def readline(self) -> bytes:
        """A line, as the protocols 0 and 1 write what they write."""
        line = self._stream.readline(self._left + 1)
        self._expect(len(line))
        self._left -= len(line)
        return line

    def _expect(self, size: int) -> None:
        if size > self._left:
            raise BadInput(f"it is larger than {self._most:,} bytes")


def pickle_steps(stream: BinaryIO, most: int) -> Iterator[tuple[str, Any]]:
    """The instructions one by one: name, and what stands behind it.

    Args:
        stream: what they are read from.
        most: the number of bytes at which it ends.

    Raises:
        BadInput: it is cut off, or longer than that.
        ValueError, LookupError: it is no pickle.

    """
    source = _Source(stream, most)
    while True:
        code = source.read(1)
        if not code:
            raise BadInput("it is cut off")
        opcode = OPCODES[code]
        if opcode.name == "STRING":  # pickletools knows no bytes beyond ASCII here
            unescaped = codecs.escape_decode(source.readline()[1:-2])[0]
            yield opcode.name, unescaped.decode("latin-1")
        else:
            yield opcode.name, None if opcode.arg is None else opcode.arg.reader(source)  # type: ignore[arg-type]
        if opcode.name == "STOP":
            return
