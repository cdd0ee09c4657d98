"""What doctor advises: one line for everything that is missing or could be better."""

import sys
from dataclasses import dataclass

from gradcheck.commands.doctor_facts import Facts
from nets.devices.driver import extra_for

__all__ = ["Advice", "advice_for"]

DRIVERS = "https://www.nvidia.com/drivers"


@dataclass(frozen=True)
class Advice:
    """Something that is missing or could be better, and what to do about it, in one line."""

    about: str
    line: str


def advice_for(facts: Facts) -> tuple[Advice, ...]:
    """What to do about everything that is missing, and about a BLAS that could be faster."""
    return (
        *_for_packages(facts),
        *_for_the_gpu(facts),
        *_for_isolation(facts),
        *_for_blas(facts),
    )


def _for_packages(facts: Facts) -> list[Advice]:
    """One line for all missing packages of each extra."""
    missing = [package for package in facts.packages if package.version is None]
    advice = []
    for extra in dict.fromkeys(package.extra for package in missing):
        wanted = " ".join(f'"{each.wanted}"' for each in missing if each.extra == extra)
        advice.append(Advice(f"extra {extra}" if extra else "packages", f"pip install {wanted}"))
    return advice


def _for_the_gpu(facts: Facts) -> list[Advice]:
    """CuPy and a driver, if they can be installed; if they are there, why the GPU fails anyway."""
    advice = []
    if sys.platform != "darwin":  # neither exists for macOS
        if facts.cupy is None:
            advice.append(Advice("CuPy", extra_for(facts.driver).install_line))
        if facts.driver is None:
            advice.append(Advice("NVIDIA driver", f"install the one for your GPU: {DRIVERS}"))
    if facts.gpu_trouble is not None and not advice:
        advice.append(Advice("--device gpu", facts.gpu_trouble))
    return advice


def _for_isolation(facts: Facts) -> list[Advice]:
    """Bubblewrap, if it can be installed."""
    if facts.isolation_trouble is None or sys.platform != "linux":
        return []
    return [Advice("isolation", f"{facts.isolation_trouble} (for gradcheck grade)")]


def _for_blas(facts: Facts) -> list[Advice]:
    return [
        Advice(
            "faster products",
            f"set the environment variable OPENBLAS_CORETYPE={blas.better_kernels}: this processor "
            f"has AVX-512, which OpenBLAS's {blas.architecture} kernels do not use",
        )
        for blas in facts.blas
        if blas.better_kernels is not None
    ][:1]
