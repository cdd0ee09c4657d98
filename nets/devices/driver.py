"""The NVIDIA driver and its GPUs, found without CuPy.

The driver brings two C libraries with it, and the functions here call them: the CUDA Driver API for
the GPUs, and NVML for the version of the driver.
"""

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["EXTRAS", "Driver", "Extra", "Gpu", "extra_for", "find_driver"]

DRIVER_LIBRARY = {"win32": "nvcuda.dll"}.get(sys.platform, "libcuda.so.1")
MANAGEMENT_LIBRARY = {"win32": "nvml.dll"}.get(sys.platform, "libnvidia-ml.so.1")
LONGEST_NAME = 256  # bytes; a GPU name and a driver version are much shorter


@dataclass(frozen=True)
class Gpu:
    """A GPU's name, and its memory in bytes."""

    name: str
    memory: int


@dataclass(frozen=True)
class Driver:
    """A driver and the GPUs that it finds.

    Attributes:
        cuda: the newest CUDA version that it supports, as (major, minor).
        version: its own, such as ``550.54.14``; empty if it is not known.
        gpus: in the driver's order; empty if there is a driver but no GPU.

    """

    cuda: tuple[int, int]
    version: str
    gpus: tuple[Gpu, ...]

    @property
    def cuda_text(self) -> str:
        """The CUDA version, such as ``12.4``."""
        return ".".join(map(str, self.cuda))


@dataclass(frozen=True)
class Extra:
    """An extra of this package, and the CuPy package that it installs."""

    name: str
    package: str

    @property
    def install_line(self) -> str:
        """What to type to install it."""
        return f'pip install "{self.package}"'


# By the major CUDA version that the CuPy package is built for.
EXTRAS = {
    12: Extra("cuda12", "cupy-cuda12x[ctk]>=14"),
    13: Extra("cuda13", "cupy-cuda13x[ctk]>=14"),
}


def find_driver(load: Callable[[str], Any] = ctypes.CDLL) -> Driver | None:
    """The driver of this machine; None if there is none.

    Args:
        load: opens a C library by its name; raises OSError if there is none.

    """
    try:
        library = load(DRIVER_LIBRARY)
    except OSError:
        return None
    number = ctypes.c_int(0)
    if library.cuDriverGetVersion(ctypes.byref(number)) != 0 or number.value == 0:
        return None
    cuda = (number.value // 1000, number.value % 1000 // 10)
    return Driver(cuda, _version(load), _gpus(library))


def _gpus(library: Any) -> tuple[Gpu, ...]:
    count = ctypes.c_int(0)
    # Without a GPU cuInit returns an error.
    if library.cuInit(0) != 0 or library.cuDeviceGetCount(ctypes.byref(count)) != 0:
        return ()
    gpus = []
    for position in range(count.value):
        handle, memory = ctypes.c_int(0), ctypes.c_size_t(0)
        name = ctypes.create_string_buffer(LONGEST_NAME)
        library.cuDeviceGet(ctypes.byref(handle), position)
        library.cuDeviceGetName(name, LONGEST_NAME, handle)
        library.cuDeviceTotalMem_v2(ctypes.byref(memory), handle)
        gpus.append(Gpu(name.value.decode("utf-8", "replace"), memory.value))
    return tuple(gpus)


def _version(load: Callable[[str], Any]) -> str:
    try:
        library = load(MANAGEMENT_LIBRARY)
    except OSError:
        return ""
    text = ctypes.create_string_buffer(LONGEST_NAME)
    if library.nvmlInit_v2() != 0:
        return ""
    library.nvmlSystemGetDriverVersion(text, LONGEST_NAME)
    library.nvmlShutdown()
    return text.value.decode("ascii", "replace")


def extra_for(driver: Driver | None) -> Extra:
    """The extra for a driver: the newest that it supports. Without a driver, the newest of all.

    >>> extra_for(Driver((12, 4), "550.54", ())).install_line
    'pip install "cupy-cuda12x[ctk]>=14"'

    """
    newest = max(EXTRAS) if driver is None else driver.cuda[0]
    fitting = [major for major in EXTRAS if major <= newest]
    return EXTRAS[max(fitting, default=min(EXTRAS))]
