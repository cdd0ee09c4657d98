"""CuPy, if it can work with the first GPU; and if it cannot, what is wrong and how to mend it.

For ``nets.arrays``, which makes a place of it; nothing else asks for CuPy by name.
"""

import sys
from typing import Any

from nets.devices.driver import extra_for, find_driver
from nets.errors import BadInput

__all__ = ["usable_cupy"]

LEAST_CUPY = 14
# CUDA's own numbers for what can be wrong with a GPU.
NO_MEMORY, NO_DRIVER, NO_GPU = 2, 35, 100


def usable_cupy() -> Any:
    """The module, after a first product on the GPU.

    Raises:
        BadInput: there is no CuPy, or not one that is new enough, no driver, no GPU, no memory on
            it, or no CUDA libraries.

    """
    cupy = _new_enough_cupy()
    runtime = cupy.cuda.runtime
    try:
        count = runtime.getDeviceCount()
        if count:
            # A first product asks for all that later ones will need: memory, compiler, libraries.
            cupy.ones((2, 2)) @ cupy.ones((2, 2))
    except runtime.CUDARuntimeError as error:
        raise BadInput(_trouble(error.status, _first_line(error))) from error
    except MemoryError as error:
        raise BadInput(_trouble(NO_MEMORY)) from error
    except Exception as error:  # a library or a header that is not there has many names
        extra = extra_for(find_driver())
        raise BadInput(
            f"the device gpu cannot be used: CuPy fails at its first product "
            f"({_first_line(error)}), as it does without CUDA's own libraries; "
            f"{extra.install_line} brings them, or take cpu"
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
            f"the device gpu needs CuPy {LEAST_CUPY} or newer, and this is CuPy "
            f"{cupy.__version__}; {_how_to_install()}"
        )
    return cupy


def _how_to_install() -> str:
    if sys.platform == "darwin":
        return "there is none for macOS; take cpu"
    driver = find_driver()
    extra = extra_for(driver)
    older = ", or the extra cuda12 for an older driver" if driver is None else ""
    return f"{extra.install_line} installs it (the extra {extra.name}{older}); or take cpu"


def _trouble(status: int, told: str = "") -> str:
    """What is wrong with the GPU, by CUDA's number for it or else by its words."""
    driver = find_driver()
    if status == NO_MEMORY:
        what = "its memory is full; end what holds it (nvidia-smi tells)"
    elif status == NO_DRIVER and driver is None:
        what = "there is no NVIDIA driver; install the one for your GPU, until nvidia-smi shows it"
    elif status == NO_DRIVER and driver is not None:
        what = f"the driver serves CUDA {driver.cuda_text} at most, less than CuPy needs; update it"
    elif status == NO_GPU:
        what = (
            "the driver finds no GPU; see that nvidia-smi lists one and that CUDA_VISIBLE_DEVICES "
            "does not hide it"
        )
    else:
        what = f"{told}; see what nvidia-smi tells"
    return f"the device gpu cannot be used: {what}, or take cpu"


def _first_line(error: BaseException) -> str:
    """The first line of a message that says something."""
    lines = [line.strip() for line in str(error).splitlines()]
    return next((line for line in lines if line.strip("=")), type(error).__name__)
