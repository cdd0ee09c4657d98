"""What software doctor finds: the BLAS that NumPy uses, and the packages that gradcheck needs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np

__all__ = [
    "CUPY_PACKAGES",
    "Blas",
    "Package",
    "blas_libraries",
    "has_avx512",
    "packages_of",
    "requirements",
    "version_of",
]

# CuPy has one package for each version of CUDA, and one that is built from source.
CUPY_PACKAGES = ("cupy-cuda13x", "cupy-cuda12x", "cupy")
# What OpenBLAS calls its kernels for processors without AVX-512, in lower case, and its oldest ones
# for processors with it.
KERNELS_WITHOUT_AVX512 = ("haswell", "zen")
KERNELS_WITH_AVX512 = "SkylakeX"


@dataclass(frozen=True)
class Blas:
    """A BLAS library, which computes matrix products for NumPy.

    Attributes:
        library: its name, such as ``openblas``.
        version: its version, or None if it is not known.
        architecture: the processor that its kernels are made for, or None if it is not known.
        threads: how many threads it uses.
        better_kernels: the value of OPENBLAS_CORETYPE that selects faster kernels, if the processor
            has AVX-512 and the kernels do not use it; otherwise None.

    """

    library: str
    version: str | None
    architecture: str | None
    threads: int
    better_kernels: str | None


@dataclass(frozen=True)
class Package:
    """A package that gradcheck needs.

    Attributes:
        name: its name.
        wanted: the requirement, such as ``numpy>=2.1``.
        extra: the extra of gradcheck that needs it, or None if gradcheck itself does.
        version: the installed version, or None.

    """

    name: str
    wanted: str
    extra: str | None
    version: str | None


def blas_libraries(loaded: Sequence[dict[str, Any]], avx512: bool) -> list[Blas]:
    """The BLAS libraries among those that are loaded.

    Args:
        loaded: what ``threadpoolctl.threadpool_info`` returns.
        avx512: whether the processor has AVX-512.

    """
    return [
        Blas(
            library=info["internal_api"],
            version=info.get("version"),
            architecture=info.get("architecture"),
            threads=info["num_threads"],
            better_kernels=KERNELS_WITH_AVX512 if avx512 and _lacks_avx512(info) else None,
        )
        for info in loaded
        if info["user_api"] == "blas"
    ]


def _lacks_avx512(info: dict[str, Any]) -> bool:
    kernels = str(info.get("architecture")).lower()
    return info["internal_api"] == "openblas" and kernels in KERNELS_WITHOUT_AVX512


def has_avx512() -> bool:
    """Whether this processor has AVX-512, as NumPy sees it."""
    found = np.show_config("dicts").get("SIMD Extensions", {}).get("found", [])
    return any(name == "X86_V4" or name.startswith("AVX512") for name in found)


def requirements() -> list[str]:
    """The requirements of gradcheck, from its installed metadata."""
    try:
        return metadata.requires("gradcheck") or []
    except metadata.PackageNotFoundError:  # gradcheck runs from its source and is not installed
        return []


def packages_of(required: Sequence[str]) -> tuple[Package, ...]:
    """The packages that requirements name, without CuPy, which has a line of its own."""
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
