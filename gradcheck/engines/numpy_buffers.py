"""Small buffers for NumPy's operators: broadcasting along rows without copies."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

__all__ = ["SMALL_BUFFER", "small_buffers"]

# Numbers in a buffer; NumPy's default is 8192. Rows at least this long are broadcast without
# copies. A smaller value would spare shorter rows the copies too, but some operators are slower
# with it.
SMALL_BUFFER = 512


@contextmanager
def small_buffers() -> Iterator[None]:
    """While this context lasts, NumPy copies no number that it broadcasts along a long row.

    Where the rows of an array are shorter than the buffer that an operator may use, NumPy fills the
    buffer with copies of the number that is broadcast along each row. That takes two to three times
    as long as the addition or the product itself. With small buffers this happens only to rows of
    less than ``SMALL_BUFFER`` numbers; some operators take a little longer over those rows then.

    The setting belongs to the context (``contextvars``), so other threads keep theirs.
    """
    before = np.getbufsize()
    try:
        np.setbufsize(SMALL_BUFFER)
        yield
    finally:
        np.setbufsize(before)
