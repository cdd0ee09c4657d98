"""Files that may be gzip-compressed, and errors while they are read."""

import contextlib
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from nets.errors import BadInput, unreadable

__all__ = ["opened", "read_up_to"]

GZIP_MAGIC = b"\x1f\x8b"
PIECE = 2**20  # bytes at a time: more need more memory at once, fewer need more calls


@contextlib.contextmanager
def opened(path: Path, kind: str) -> Iterator[BinaryIO]:
    """Open a file to read its bytes; a gzip file is decompressed, whatever its name is.

    Args:
        path: of the file.
        kind: what it should be, such as "an IDX file", for the message.

    Raises:
        BadInput: it is not a file, cannot be read, or is cut off or damaged as a gzip file. This
            may show only later, while the stream is read.

    """
    try:
        if not path.is_file():  # a pipe or a device may never end
            raise BadInput(f"{path} is not a file; give {kind}")
        with path.open("rb") as raw:
            compressed = raw.read(2) == GZIP_MAGIC
        with gzip.GzipFile(path) if compressed else path.open("rb") as stream:
            yield cast("BinaryIO", stream)
    except EOFError as error:
        raise BadInput(f"{path} is cut off: its gzip stream ends too early") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BadInput(f"{path} is a damaged gzip file: {error}") from error
    except OSError as error:
        raise unreadable(path, error) from error


def read_up_to(stream: BinaryIO, count: int) -> bytearray:
    """This number of bytes of a stream, or fewer at its end.

    They are read piece by piece, so a file that claims to be long takes no more memory than it has
    bytes.
    """
    content = bytearray()
    while len(content) < count and (piece := stream.read(min(PIECE, count - len(content)))):
        content += piece
    return content
