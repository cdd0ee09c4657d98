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
    zeroed pages for the next ones: for a backprop of wide layers that takes as long as half of
    its products. Once it has seen a larger block freed it keeps blocks of up to that size, and
    up to twice as much in all. The block here is given back untouched, so that it never takes any
    memory. Where another allocator is at work, nothing changes.
    """
    np.empty(LARGEST_KEPT, dtype=np.uint8)
