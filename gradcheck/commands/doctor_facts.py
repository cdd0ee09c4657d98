"""What is there for gradcheck to work with, and what would bring what is not."""

import os
import platform
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import psutil
from threadpoolctl import threadpool_info

from nets.arrays import place
from nets.data.mnist import cache_folder
from nets.devices.driver import Driver, extra_for, find_driver
from nets.errors import BadInput

__all__ = [
    "Advice",
    "Blas",
    "Facts",
    "Package",
    "Terminal",
    "blas_libraries",
    "examine",
    "has_avx512",
    "packages_of",
    "terminal_of",
    "version_of",
]

# Without these two, no more need be said of --device gpu.
NEEDED = ("CuPy", "NVIDIA driver")
DRIVERS = "https://www.nvidia.com/drivers"
CUPY_PACKAGES = ("cupy-cuda13x", "cupy-cuda12x", "cupy")
# OpenBLAS's kernels for processors with AVX-512, as it calls them in lower case.
AVX512_KERNELS = ("skylakex", "cooperlake", "sapphirerapids", "zen4", "zen5")
KERNELS_TO_TRY = "SkylakeX"


@dataclass(frozen=True)
class Blas:
    """A BLAS that NumPy has loaded.

    Attributes:
        library: such as ``openblas``.
        version: its version, or None if it does not tell.
        architecture: the processor that its kernels are made for, or None.
        threads: how many it uses.
        better_kernels: what OPENBLAS_CORETYPE could select, where the processor has instructions
            that these kernels do not use; else None.

    """

    library: str
    version: str | None
    architecture: str | None
    threads: int
    better_kernels: str | None


@dataclass(frozen=True)
class Terminal:
    """Where the output goes.

    Attributes:
        is_terminal: or a file or a pipe.
        encoding: of its characters.
        columns: its width.
        colour: whether it is sent colours.

    """

    is_terminal: bool
    encoding: str
    columns: int
    colour: bool


@dataclass(frozen=True)
class Package:
    """A package that gradcheck asks for, and the version that is installed, or None.

    ``wanted`` is the requirement; ``extra`` names the extra that asks for it, or None.
    """

    name: str
    wanted: str
    extra: str | None
    version: str | None


@dataclass(frozen=True)
class Advice:
    """Something that is missing or could be better, and the line that mends it."""

    about: str
    line: str


@dataclass(frozen=True)
class Facts:
    """What was found.

    Attributes:
        python, system, gradcheck, numpy: versions.
        blas: what NumPy computes its products with, as far as it tells of itself.
        built_with: the name of the BLAS that NumPy was built with.
        cores: of the processor, as the system counts them.
        memory, free_memory: bytes.
        cupy: its version, or None.
        driver: NVIDIA's, or None.
        gpu_trouble: why ``--device gpu`` cannot be used, or None if it can.
        gpu_free_memory: bytes, or None if it cannot be used.
        terminal: where the output goes.
        data_folder: where downloaded digits lie, or None where the package for it is missing.
        packages: what gradcheck asks for, but for CuPy.

    """

    python: str
    system: str
    gradcheck: str | None
    numpy: str
    blas: tuple[Blas, ...]
    built_with: str
    cores: int
    memory: int
    free_memory: int
    cupy: str | None
    driver: Driver | None
    gpu_trouble: str | None
    gpu_free_memory: int | None
    terminal: Terminal
    data_folder: Path | None
    packages: tuple[Package, ...]

    @property
    def advice(self) -> tuple[Advice, ...]:
        """What would bring what is missing, a line each."""
        given = []
        missing = [package for package in self.packages if package.version is None]
        for extra in dict.fromkeys(package.extra for package in missing):
            wanted = " ".join(f'"{each.wanted}"' for each in missing if each.extra == extra)
            given.append(Advice(f"extra {extra}" if extra else "packages", f"pip install {wanted}"))
        if self.cupy is None and sys.platform != "darwin":
            given.append(Advice("CuPy", extra_for(self.driver).install_line))
        if self.driver is None and sys.platform != "darwin":
            given.append(Advice("NVIDIA driver", f"install the one for your GPU: {DRIVERS}"))
        if self.gpu_trouble is not None and not any(each.about in NEEDED for each in given):
            given.append(Advice("--device gpu", self.gpu_trouble))
        given += [
            Advice(
                "faster products",
                f"set OPENBLAS_CORETYPE={blas.better_kernels} in the environment: OpenBLAS took "
                f"its {blas.architecture} kernels, and this processor has AVX-512",
            )
            for blas in self.blas
            if blas.better_kernels is not None
        ]
        return tuple(given)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        told = asdict(self)
        told["data_folder"] = None if self.data_folder is None else str(self.data_folder)
        told["advice"] = [asdict(each) for each in self.advice]
        if self.driver is not None:
            told["driver"]["cuda"] = self.driver.cuda_text
        return told


def examine(stream: TextIO) -> Facts:
    """Look at this machine; the output goes to the stream."""
    memory = psutil.virtual_memory()
    trouble, gpu_free_memory = None, None
    try:
        gpu_free_memory = place("gpu").free_memory()
    except BadInput as error:
        trouble = str(error)
    return Facts(
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        gradcheck=version_of("gradcheck"),
        numpy=np.__version__,
        blas=tuple(blas_libraries(threadpool_info(), has_avx512())),
        built_with=np.show_config("dicts")["Build Dependencies"]["blas"]["name"],
        cores=os.cpu_count() or 1,
        memory=int(memory.total),
        free_memory=int(memory.available),
        cupy=next(filter(None, map(version_of, CUPY_PACKAGES)), None),
        driver=find_driver(),
        gpu_trouble=trouble,
        gpu_free_memory=gpu_free_memory,
        terminal=terminal_of(stream),
        data_folder=data_folder(),
        packages=packages_of(requirements()),
    )


def blas_libraries(loaded: Sequence[dict[str, Any]], avx512: bool) -> list[Blas]:
    """The BLAS among the libraries that threadpoolctl tells of."""
    found = []
    for info in loaded:
        if info["user_api"] != "blas":
            continue
        architecture = info.get("architecture")
        behind = (
            avx512
            and info["internal_api"] == "openblas"
            and architecture is not None
            and architecture.lower() not in AVX512_KERNELS
        )
        found.append(
            Blas(
                library=info["internal_api"],
                version=info.get("version"),
                architecture=architecture,
                threads=info["num_threads"],
                better_kernels=KERNELS_TO_TRY if behind else None,
            )
        )
    return found


def has_avx512() -> bool:
    """Whether this processor has AVX-512, by what NumPy has found on it."""
    found = np.show_config("dicts").get("SIMD Extensions", {}).get("found", [])
    return any(name == "X86_V4" or name.startswith("AVX512") for name in found)


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


def data_folder() -> Path | None:
    """Where downloaded digits lie; None where the package that downloads them is missing."""
    try:
        return cache_folder()
    except ImportError:  # which has a line of its own
        return None


def requirements() -> list[str]:
    """What gradcheck asks for, as its installed metadata has it."""
    try:
        return metadata.requires("gradcheck") or []
    except metadata.PackageNotFoundError:  # run from its source
        return []


def packages_of(required: Sequence[str]) -> tuple[Package, ...]:
    """The packages that requirements ask for, but for CuPy, which has its own line."""
    packages = []
    for requirement in required:
        wanted, _, condition = requirement.partition(";")
        name = re.split(r"[^A-Za-z0-9._-]", wanted.strip(), maxsplit=1)[0]
        extra = re.search(r"extra == ['\"]([^'\"]+)", condition)
        if name not in CUPY_PACKAGES:
            packages.append(
                Package(name, wanted.strip(), extra and extra.group(1), version_of(name))
            )
    return tuple(packages)


def version_of(package: str) -> str | None:
    """The installed version of a package, or None."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
