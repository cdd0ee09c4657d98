"""Matrix products in one thread each, where the threads of this program do the sharing."""

from contextlib import AbstractContextManager, nullcontext
from functools import cache

from threadpoolctl import ThreadpoolController

__all__ = ["one_blas_thread"]


@cache
def _blas() -> ThreadpoolController:
    # Searching for the loaded libraries takes longer than many a check, so it is done once.
    return ThreadpoolController().select(user_api="blas")


def one_blas_thread() -> AbstractContextManager[object]:
    """While this context lasts, the thread that asks for a matrix product computes it alone."""
    if all(library.num_threads == 1 for library in _blas().lib_controllers):
        return nullcontext()  # setting the limit and restoring it takes longer than a small block
    limit: AbstractContextManager[object] = _blas().limit(limits=1)
    return limit
