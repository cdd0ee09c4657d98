"""The memory of freed arrays is kept for the next ones."""

import contextlib
import ctypes
import sys
from functools import cache

import numpy as np

__all__ = ["keep_freed_memory", "keep_freed_memory_on_worker"]

# Bytes. glibc keeps the memory of blocks up to 32 MiB, its DEFAULT_MMAP_THRESHOLD_MAX on 64 bits
# (mallopt(3)). 8 KiB less leave room for the header of the block and for whole pages.
LARGEST_KEPT = 2**25 - 2**13
# The numbers of two settings in glibc's malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3


@cache
def keep_freed_memory() -> None:
    """Once in a process, make the arrays of one pass reuse the memory of the pass before.

    By default glibc returns each freed block of 128 KiB or more to the system, and gets zeroed
    pages for the next one. With two threads and layers of 1000 neurons, a backprop spends a third
    of its time on that (docs/benchmarks.md).

    When a larger block is freed, glibc raises this limit to the size of the block. From then on it
    takes blocks up to this size from its heaps, one heap for each thread. A heap shrinks only at
    its end, and only if more than twice the limit is free there. So a thread may keep up to
    64 MiB, and the memory below an array that is still in use.

    This function frees one block of the largest size. The block is never written to, so it takes
    no memory itself. With another allocator nothing changes.
    """
    np.empty(LARGEST_KEPT, dtype=np.uint8)


@cache
def keep_freed_memory_on_worker() -> None:
    """The same where the environment of the process sets limits of its own.

    Dask starts its workers with MALLOC_TRIM_THRESHOLD_=65536, and then glibc raises no limit by
    itself: a check takes two to four times as long, most of it for zeroed pages. This function sets
    both limits to what ``keep_freed_memory`` makes glibc choose. Other allocators stay as they are.
    """
    keep_freed_memory()
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):  # another allocator has no mallopt
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT)
        mallopt(M_TRIM_THRESHOLD, 2 * LARGEST_KEPT)
