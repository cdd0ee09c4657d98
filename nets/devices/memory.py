"""Freed memory is kept for the next array."""

from functools import cache

import numpy as np

__all__ = ["keep_freed_memory"]

# The most that glibc takes for a sign that blocks of a size come and go: 32 MiB, header included.
LARGEST_KEPT = 2**25 - 2**13


@cache
def keep_freed_memory() -> None:
    """See, once in a process, that the arrays of one pass reuse the memory of the pass before.

    glibc returns blocks of 128 KiB and more to the system as soon as they are freed, and gets
    zeroed pages for the next ones: in two threads, a backprop of layers of 1000 spends a third of
    its time so. Once it has seen a larger block freed it takes blocks of up to that size from its
    heaps, one for each thread, which shrink only at their end, and only when more than twice as
    much is free there. So up to 64 MiB of a thread, and what lies below an array that lives on,
    stay with the process. The block here is given back untouched, and never takes any memory
    itself. Where another allocator is at work, nothing changes.
    """
    np.empty(LARGEST_KEPT, dtype=np.uint8)
