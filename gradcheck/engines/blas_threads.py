"""How NumPy is made to keep the cores busy with many blocks of numbers."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

__all__ = ["SMALL_BUFFER", "one_blas_thread", "small_buffers"]

# Numbers in a buffer.
SMALL_BUFFER = 512


@cache
def _blas() -> ThreadpoolController:
    # Looking for the libraries takes longer than many a check.
    return ThreadpoolController().select(user_api="blas")


def one_blas_thread() -> AbstractContextManager[object]:
    """While this context lasts, each matrix product is computed by the thread that asks for it."""
    if all(library.num_threads == 1 for library in _blas().lib_controllers):
        return nullcontext()  # setting and restoring it takes longer than a small block
    limit: AbstractContextManager[object] = _blas().limit(limits=1)
    return limit


@contextmanager
def small_buffers() -> Iterator[None]:
    """While this context lasts, NumPy operators broadcast along rows from 512 numbers by stride.

    Where the rows of an array are shorter than the buffer that an operator may use, 8192 numbers by
    default, NumPy fills the buffer with copies of the number that is broadcast along each row,
    which takes two to three times as long as the addition or the product itself. Rows of less than
    512 numbers are still copied, and some operators take a little longer over them then.

    It is a setting of the context (``contextvars``), so that other threads keep theirs.
    """
    before = np.getbufsize()
    try:
        np.setbufsize(SMALL_BUFFER)
        yield
    finally:
        np.setbufsize(before)
