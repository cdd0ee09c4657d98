"""CuPy, if it works with the first GPU; if not, an error that says what is wrong.

``nets.arrays`` makes a ``Place`` of it.
"""

import sys
from typing import Any

from nets.devices.driver import extra_for, find_driver
from nets.errors import BadInput

__all__ = ["usable_cupy"]

LEAST_CUPY = 14  # the same as in the extras of the package
# CUDA's own numbers for the errors that a user can mend.
NO_MEMORY, NO_DRIVER, NO_GPU = 2, 35, 100


def usable_cupy() -> Any:
    """The module cupy, after a first product on the GPU.

    Raises:
        BadInput: CuPy is missing or too old; or there is no driver, no GPU, no free memory on the
            GPU, or CUDA's libraries are missing.

    """
    cupy = _new_enough_cupy()
    runtime = cupy.cuda.runtime
    try:
        count = runtime.getDeviceCount()
        if count:
            # A first product needs the same as later ones: memory, compiler, libraries.
            cupy.ones((2, 2)) @ cupy.ones((2, 2))
    except runtime.CUDARuntimeError as error:
        raise BadInput(_trouble(error.status, _first_line(error))) from error
    except MemoryError as error:
        raise BadInput(_trouble(NO_MEMORY)) from error
    except Exception as error:  # a missing library or header raises one of many errors
        extra = extra_for(find_driver())
        raise BadInput(
            f"the device gpu cannot be used: CuPy fails at its first product "
            f"({_first_line(error)}), perhaps because CUDA's own libraries are missing; "
            f"{extra.install_line} installs them, or use cpu"
        ) from error
    if count == 0:
        raise BadInput(_trouble(NO_GPU))
    return cupy


def _new_enough_cupy() -> Any:
    try:
        import cupy
    except ImportError as error:
        missing = isinstance(error, ModuleNotFoundError) and error.name == "cupy"
        what = "is not installed" if missing else f"cannot be loaded ({_first_line(error)})"
        raise BadInput(f"the device gpu needs CuPy, which {what}; {_how_to_install()}") from error
    if int(cupy.__version__.split(".")[0]) < LEAST_CUPY:
        raise BadInput(
            f"the device gpu needs CuPy {LEAST_CUPY} or newer, and CuPy {cupy.__version__} is "
            f"installed; {_how_to_install()}"
        )
    return cupy


def _how_to_install() -> str:
    if sys.platform == "darwin":
        return "there is no CuPy for macOS; use cpu"
    driver = find_driver()
    extra = extra_for(driver)
    older = ", or the extra cuda12 for an older driver" if driver is None else ""
    return f"{extra.install_line} installs it (the extra {extra.name}{older}); or use cpu"


def _trouble(status: int, message: str = "") -> str:
    """What is wrong with the GPU, by CUDA's number for the error, or else by CUDA's message."""
    driver = find_driver()
    if status == NO_MEMORY:
        what = "its memory is full; end the programs that use it (nvidia-smi lists them)"
    elif status == NO_DRIVER and driver is None:
        what = "there is no NVIDIA driver; install the one for your GPU, so that nvidia-smi runs"
    elif status == NO_DRIVER and driver is not None:
        what = (
            f"the driver supports CUDA {driver.cuda_text} at most, and CuPy needs a newer one; "
            "update the driver"
        )
    elif status == NO_GPU:
        what = (
            "the driver finds no GPU; check that nvidia-smi lists one and that "
            "CUDA_VISIBLE_DEVICES does not hide it"
        )
    else:
        what = f"{message}; look at the output of nvidia-smi"
    return f"the device gpu cannot be used: {what}, or use cpu"


def _first_line(error: BaseException) -> str:
    """The first line of a message that is neither empty nor a ruler of equals signs."""
    lines = [line.strip() for line in str(error).splitlines()]
    return next((line for line in lines if line.strip("=")), type(error).__name__)
