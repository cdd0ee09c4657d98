"""Where arrays live: the library they belong to, the device they lie on, their dtype.

All numerical code is written against the array API standard, with one line
``xp = array_namespace(x)`` in each function. So the same lines run on NumPy, on a GPU through CuPy,
and on any other library that follows the standard (https://data-apis.org/array-api/).
"""

import sys
from dataclasses import dataclass
from typing import Any, TypeAlias

import array_api_compat
import numpy as np
import numpy.typing as npt
from array_api_compat import (
    device,
    is_cupy_array,
    is_cupy_namespace,
    is_torch_array,
    to_device,
)

from nets.devices.gpu import usable_cupy
from nets.errors import BadInput, expect_one_of

__all__ = [
    "CPU",
    "DTYPES",
    "Array",
    "HostArray",
    "Place",
    "array_namespace",
    "blocks",
    "expect_finite",
    "is_complex",
    "is_masked",
    "place",
    "place_of",
    "real_part",
    "to_numpy",
]

# The standard defines no array type: an array of any library will do.
Array: TypeAlias = Any
HostArray: TypeAlias = npt.NDArray[Any]

DTYPES = ("float64", "float32")
DEVICES = ("cpu", "gpu")


@dataclass(frozen=True)
class Place:
    """A place for arrays: ``namespace`` (the library), ``device``, and floating-point ``dtype``."""

    namespace: Any
    device: Any
    dtype: Any

    def put(self, host_array: npt.ArrayLike) -> Array:
        """Copy numbers of any shape from the host to this place; the shape stays the same.

        >>> place("cpu", "float32").put([1, 2]).dtype
        dtype('float32')
        """
        host = np.array(host_array)  # a copy: the caller may change the array later
        return self.namespace.asarray(host, dtype=self.dtype, device=self.device)

    def with_dtype(self, name: str) -> "Place":
        """The same library and device with the floating-point dtype called ``name``."""
        return Place(self.namespace, self.device, getattr(self.namespace, name))

    def free_memory(self) -> int | None:
        """How many bytes new arrays can take here; None if that is not known.

        On the host it is not known where psutil is not installed, as in a browser.
        On a GPU this is the memory that no process holds, plus the memory that CuPy holds but does
        not use. If CuPy has a memory limit, no more than what is left of the limit.
        """
        if not is_cupy_namespace(self.namespace):
            try:
                import psutil
            except ImportError:
                return None
            return int(psutil.virtual_memory().available)
        import cupy

        with cupy.cuda.Device(self.device):
            pool = cupy.get_default_memory_pool()
            free = cupy.cuda.runtime.memGetInfo()[0] + pool.free_bytes()
            limit = pool.get_limit()
            return int(min(free, limit - pool.used_bytes()) if limit else free)

    @property
    def dtype_name(self) -> str:
        """The name of the dtype, such as ``float64``."""
        # str() of a dtype differs between libraries ('float64', 'array_api_strict.float64').
        return str(self.dtype).rsplit(".", 1)[-1].strip("'<>")


# The libraries found so far, by the class of an array. Each layer asks a dozen times; finding the
# library again each time would take long beside a small layer. NumPy follows the standard itself:
# the layer around it that array_api_compat has would take time at each call, and 0.1 s to import.
_NAMESPACES: dict[type, Any] = {np.ndarray: np}


def array_namespace(*arrays: Array) -> Any:
    """The library of arrays of any shapes, as a namespace that follows the standard.

    Raises:
        TypeError: they belong to different libraries, or to none.

    """
    if len(arrays) != 1 and any(type(array) is not np.ndarray for array in arrays):
        return array_api_compat.array_namespace(*arrays)
    kind = type(arrays[0])
    if kind not in _NAMESPACES:
        is_number = issubclass(kind, np.generic)  # such as np.float64
        _NAMESPACES[kind] = np if is_number else array_api_compat.array_namespace(*arrays)
    return _NAMESPACES[kind]


def is_masked(array: object) -> bool:
    """Whether this is an array with gaps. It asks without importing ``numpy.ma``, which is slow."""
    return "numpy.ma" in sys.modules and isinstance(array, np.ma.MaskedArray)


def place(device_name: str = "cpu", dtype: str = "float64") -> Place:
    """The place called ``cpu`` (NumPy) or ``gpu`` (CuPy, the first GPU).

    Raises:
        BadInput: the device or the dtype is unknown, or the GPU cannot be used.

    """
    expect_one_of("dtype", dtype, DTYPES)
    if expect_one_of("device", device_name, DEVICES) == "gpu":
        return _gpu_place(dtype)
    probe = np.empty(0, dtype=dtype)
    return place_of(probe)


def _gpu_place(dtype: str) -> Place:
    cupy = usable_cupy()
    import array_api_compat.cupy as namespace

    return Place(namespace, cupy.cuda.Device(0), getattr(namespace, dtype))


def place_of(array: Array) -> Place:
    """The place where an array of any shape lies."""
    return Place(array_namespace(array), device(array), array.dtype)


CPU = place("cpu", "float64")


def to_numpy(array: Array) -> HostArray:
    """Copy an array of any shape, on any device, to a NumPy array of this shape on the host.

    Only reports, plots and tests call this: transfers in a loop make a GPU slow. A NumPy array is
    returned as it is.

    Raises:
        BadInput: it is no array.

    """
    # A shortcut: the search for a mistake calls this for each step of each backprop that it tries.
    if type(array) is np.ndarray:
        return array
    if is_cupy_array(array):
        on_host = to_device(array, "cpu")
    elif is_torch_array(array):
        on_host = to_device(array.detach(), "cpu")
    else:
        try:
            namespace = array_namespace(array)
        except TypeError as error:
            raise BadInput(f"this is a {type(array).__name__}; give an array") from error
        on_host = to_device(array, namespace.__array_namespace_info__().default_device())
    return np.asarray(on_host)


def is_complex(array: Array) -> bool:
    """Whether an array of any shape holds complex numbers."""
    xp = array_namespace(array)  # xp.isdtype does the same and takes ten times as long
    return bool(array.dtype == xp.complex128 or array.dtype == xp.complex64)


def real_part(array: Array) -> Array:
    """The real part of a complex array, in the same shape; a real array as it is."""
    return array_namespace(array).real(array) if is_complex(array) else array


def expect_finite(name: str, array: Array) -> None:
    """Check that an array of any shape holds neither NaN nor infinity.

    Args:
        name: what the array holds, for the message.
        array: what was given.

    Raises:
        BadInput: it holds one of them.

    """
    xp = array_namespace(array)
    if not bool(xp.all(xp.isfinite(array))):
        raise BadInput(f"{name} hold NaN or infinity; give finite numbers")


def blocks(count: int, size: int) -> list[slice]:
    """Slices of ``size`` from 0 to ``count``; the last one may be smaller.

    The standard leaves open what a slice beyond the end of an array does.

    >>> blocks(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]

    """
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]
