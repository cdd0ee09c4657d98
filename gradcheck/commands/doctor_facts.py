"""What doctor finds on this computer."""

import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from threadpoolctl import threadpool_info

from gradcheck.commands.doctor_software import (
    CUPY_PACKAGES,
    Blas,
    Package,
    blas_libraries,
    has_avx512,
    packages_of,
    requirements,
    version_of,
)
from gradcheck.homework.process.isolation import find_isolation
from nets.arrays import place
from nets.data.mnist import cache_folder
from nets.devices.driver import Driver, find_driver
from nets.errors import BadInput

__all__ = ["Facts", "Terminal", "examine", "terminal_of"]


@dataclass(frozen=True)
class Terminal:
    """Where the output goes.

    Attributes:
        is_terminal: whether it is a terminal, and not a file or a pipe.
        encoding: of its characters.
        columns: how many characters fit into a line.
        colour: whether the output has colours.

    """

    is_terminal: bool
    encoding: str
    columns: int
    colour: bool


@dataclass(frozen=True)
class Facts:
    """What was found.

    Attributes:
        python, system, gradcheck, numpy: versions; None for gradcheck if it is not installed.
        blas: the BLAS libraries that NumPy has loaded and that say what they are.
        built_with: the name of the BLAS that NumPy was built with.
        cores: how many the system counts.
        memory, free_memory: bytes; None if they are not known, because psutil is not installed.
        cupy: the version of CuPy, or None.
        driver: the NVIDIA driver, or None.
        gpu_trouble: why ``--device gpu`` cannot be used, or None if it can.
        gpu_free_memory: bytes, or None if ``--device gpu`` cannot be used.
        terminal: where the output goes.
        data_folder: where downloaded digits are kept, or None if pooch is missing, which downloads.
        packages: the packages that gradcheck needs, without CuPy.
        distributed: the version of Dask's package for ``--cluster``, or None.
        isolation_trouble: why ``grade`` cannot keep homework from files, network and other
            processes; None if it can.

    """

    python: str
    system: str
    gradcheck: str | None
    numpy: str
    blas: tuple[Blas, ...]
    built_with: str
    cores: int
    memory: int | None
    free_memory: int | None
    cupy: str | None
    driver: Driver | None
    gpu_trouble: str | None
    gpu_free_memory: int | None
    terminal: Terminal
    data_folder: Path | None
    packages: tuple[Package, ...]
    isolation_trouble: str | None = None
    distributed: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The facts as plain numbers, lists and strings."""
        told = asdict(self)
        told["data_folder"] = None if self.data_folder is None else str(self.data_folder)
        if self.driver is not None:
            told["driver"]["cuda"] = self.driver.cuda_text
        return told


def examine(stream: TextIO) -> Facts:
    """Look at this computer, and at the stream that the output goes to."""
    memory, free_memory = _memory()
    gpu_trouble, gpu_free_memory = None, None
    try:
        gpu_free_memory = place("gpu").free_memory()
    except BadInput as error:
        gpu_trouble = str(error)
    return Facts(
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        gradcheck=version_of("gradcheck"),
        numpy=np.__version__,
        blas=tuple(blas_libraries(threadpool_info(), has_avx512())),
        built_with=np.show_config("dicts")["Build Dependencies"]["blas"]["name"],
        cores=os.cpu_count() or 1,
        memory=memory,
        free_memory=free_memory,
        cupy=next(filter(None, map(version_of, CUPY_PACKAGES)), None),
        driver=find_driver(),
        gpu_trouble=gpu_trouble,
        gpu_free_memory=gpu_free_memory,
        terminal=terminal_of(stream),
        data_folder=_data_folder(),
        packages=packages_of(requirements()),
        isolation_trouble=find_isolation().reason or None,
        distributed=version_of("distributed"),
    )


def _memory() -> tuple[int, int] | tuple[None, None]:
    """How many bytes of memory there are and how many are free, where psutil can tell."""
    try:
        import psutil
    except ImportError:
        return None, None
    memory = psutil.virtual_memory()
    return int(memory.total), int(memory.available)


def terminal_of(stream: TextIO) -> Terminal:
    """What a stream can show."""
    is_terminal = stream.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "unknown")
    return Terminal(
        is_terminal=is_terminal,
        encoding=getattr(stream, "encoding", None) or sys.getdefaultencoding(),
        columns=shutil.get_terminal_size().columns,
        colour=is_terminal and not plain,
    )


def _data_folder() -> Path | None:
    try:
        return cache_folder()
    except ImportError:  # pooch is missing; the advice says how to install it
        return None
