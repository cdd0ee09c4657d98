"""The memory of freed arrays is kept for the next ones."""

from functools import cache

import numpy as np

__all__ = ["keep_freed_memory"]

# Bytes. glibc keeps the memory of blocks up to 32 MiB, its DEFAULT_MMAP_THRESHOLD_MAX on 64 bits
# (mallopt(3)). 8 KiB less leave room for the header of the block and for whole pages.
LARGEST_KEPT = 2**25 - 2**13


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
