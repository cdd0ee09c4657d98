"""Arrays of other libraries, such as PyTorch and JAX: only the cost function computes with them.

The arithmetic of a check is done with NumPy, CuPy or array_api_strict. Arrays of any other library
are read into NumPy arrays for it.
"""

import numpy as np
from array_api_compat import (
    is_array_api_strict_namespace,
    is_cupy_array,
    is_numpy_array,
    is_torch_array,
)

from nets.arrays import Array, HostArray, array_namespace

__all__ = ["detached", "for_arithmetic", "on_host"]


def for_arithmetic(array: Array) -> Array:
    """An array of any shape for the arithmetic of a check: itself, or its numbers in NumPy."""
    if is_numpy_array(array) or is_cupy_array(array):
        return array
    return array if is_array_api_strict_namespace(array_namespace(array)) else on_host(array)


def detached(array: Array) -> Array:
    """An array of any shape without its gradient; a PyTorch tensor may require one."""
    return array.detach() if is_torch_array(array) else array


def on_host(array: Array) -> HostArray:
    """The numbers of an array of any library and shape, as a NumPy array of this shape.

    Its dtype stays the same. Only bfloat16 becomes float32, because NumPy does not have it.

    >>> on_host(np.ones(2))
    array([1., 1.])

    """
    if is_torch_array(array):
        import torch

        array = array.detach().cpu().resolve_conj().resolve_neg()
        array = array.float() if array.dtype == torch.bfloat16 else array
    host: HostArray = np.asarray(array)
    # JAX's bfloat16 is a type that NumPy does not know.
    return host if host.dtype.kind in "biufc" else host.astype(np.float32)
