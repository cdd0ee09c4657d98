"""Files that may be gzip-compressed, and what can go wrong when they are read."""

import contextlib
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from nets.errors import BadInput

__all__ = ["opened"]

GZIP_MAGIC = b"\x1f\x8b"


@contextlib.contextmanager
def opened(path: Path, wanted: str) -> Iterator[BinaryIO]:
    """Open a file to read its bytes, decompressed if it is gzip, whatever its name.

    Args:
        path: of the file.
        wanted: what it should be, such as "an IDX file", for the message.

    Raises:
        BadInput: it is not a file, cannot be read, or is cut off or damaged as a gzip file; also
            where that shows only later, while it is read.

    """
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise BadInput(f"{path} is not a file; wanted is {wanted}")
        with path.open("rb") as raw:
            compressed = raw.read(2) == GZIP_MAGIC
        with gzip.GzipFile(path) if compressed else path.open("rb") as stream:
            yield cast("BinaryIO", stream)
    except EOFError as error:
        raise BadInput(f"{path} is cut off: its gzip stream ends too early") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BadInput(f"{path} is a damaged gzip file: {error}") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from error
