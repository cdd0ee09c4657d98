"""Where arrays live: the library they belong to, the device they lie on, their dtype.

All numerical code is written against the array API standard: one ``xp = array_namespace(x)``
a function, so that the same lines run on NumPy, on a GPU through CuPy, and on any other library
that follows the standard (https://data-apis.org/array-api/).
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import array_api_compat
import array_api_compat.numpy
import numpy as np
import numpy.typing as npt
from array_api_compat import device, is_cupy_array, is_cupy_namespace, to_device

from nets.devices.gpu import usable_cupy
from nets.errors import expect_one_of

__all__ = [
    "CPU",
    "DTYPES",
    "Array",
    "HostArray",
    "Place",
    "array_namespace",
    "is_complex",
    "place",
    "place_of",
    "real_part",
    "to_numpy",
]

# The standard has no array type to name: any library's array will do.
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
        """Copy numbers from the host to this place.

        >>> place("cpu", "float32").put([1, 2]).dtype
        dtype('float32')
        """
        host = np.array(host_array)  # a copy: the caller's array must not change under our feet
        return self.namespace.asarray(host, dtype=self.dtype, device=self.device)

    def with_dtype(self, name: str) -> "Place":
        """The same library and device with the floating-point dtype called ``name``."""
        return Place(self.namespace, self.device, getattr(self.namespace, name))

    def free_memory(self) -> int:
        """How many bytes arrays can still take here.

        Of a GPU that is what nobody holds, and what CuPy holds and does not use, unless CuPy has
        been given a limit that is nearer.
        """
        if not is_cupy_namespace(self.namespace):
            import psutil

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


def array_namespace(*arrays: Array) -> Any:
    """The library that the arrays belong to, as a namespace that follows the standard.

    Raises:
        TypeError: they belong to different libraries, or to none.

    """
    # NumPy is asked for a dozen times in each layer, and small layers would feel the detour.
    if len(arrays) == 1 and type(arrays[0]) is np.ndarray:
        return array_api_compat.numpy
    return array_api_compat.array_namespace(*arrays)


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
    """The place where ``array`` lies."""
    return Place(array_namespace(array), device(array), array.dtype)


CPU = place("cpu", "float64")


def to_numpy(array: Array) -> HostArray:
    """Copy an array from wherever it lies to a NumPy array on the host.

    Only reports, plots and tests call this: a transfer in a loop is what makes a GPU slow.
    """
    if is_cupy_array(array):
        on_host = to_device(array, "cpu")
    else:
        namespace = array_namespace(array)
        on_host = to_device(array, namespace.__array_namespace_info__().default_device())
    return np.asarray(on_host)


def is_complex(array: Array) -> bool:
    """Whether the array holds complex numbers, as it does under the complex step."""
    xp = array_namespace(array)  # isdtype would do, at ten times the price
    return bool(array.dtype == xp.complex128 or array.dtype == xp.complex64)


def real_part(array: Array) -> Array:
    """The real part of a complex array; a real array as it is."""
    return array_namespace(array).real(array) if is_complex(array) else array
