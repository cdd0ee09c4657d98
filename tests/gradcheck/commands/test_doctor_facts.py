"""What doctor finds, and what it advises."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.commands.doctor_facts import (
    Blas,
    Facts,
    Package,
    Terminal,
    blas_libraries,
    examine,
    packages_of,
    terminal_of,
    version_of,
)
from gradcheck.commands.doctor_table import doctor_parts
from gradcheck.show.text import plain_text
from nets.devices.driver import Driver, Gpu

H200 = Driver((13, 0), "580.65", (Gpu("NVIDIA H200", 139 * 2**30),))
COMPLETE = Facts(
    python="3.12.1",
    system="Linux x86_64",
    gradcheck="0.1.0",
    numpy="2.4.6",
    blas=(Blas("openblas", "0.3.31", "SkylakeX", 16, None),),
    built_with="scipy-openblas",
    cores=16,
    memory=128 * 2**30,
    free_memory=100 * 2**30,
    cupy="14.2.0",
    driver=H200,
    gpu_trouble=None,
    gpu_free_memory=138 * 2**30,
    terminal=Terminal(True, "utf-8", 120, True),
    data_folder=Path("cache") / "gradcheck",
    packages=(Package("click", "click>=8.2", None, "8.2.1"),),
)


def advised(facts: Facts) -> dict[str, str]:
    return {each.about: each.line for each in facts.advice}


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")


def test_where_all_is_there_nothing_is_advised() -> None:
    assert COMPLETE.advice == ()
    text = plain_text(doctor_parts(COMPLETE))
    for words in (
        "3.12.1",
        "openblas 0.3.31, SkylakeX kernels, 16 threads",
        "128.0 GiB, 100.0 GiB free",
        "580.65 for CUDA up to 13.0",
        "NVIDIA H200, 139.0 GiB",
        "usable, 138.0 GiB free",
        "utf-8, 120 columns, in colour",
        "(not there yet)",
        "click 8.2.1",
        "COMPLETE",
    ):
        assert words in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("cuda", "package"), [((12, 4), "cupy-cuda12x[ctk]>=14"), ((13, 0), "cupy-cuda13x[ctk]>=14")]
)
def test_cupy_for_the_driver_that_is_there(cuda: tuple[int, int], package: str) -> None:
    driver = replace(H200, cuda=cuda)
    facts = replace(
        COMPLETE, cupy=None, driver=driver, gpu_trouble="needs CuPy", gpu_free_memory=None
    )
    assert advised(facts) == {"CuPy": f'pip install "{package}"'}


def test_neither_cupy_nor_a_driver() -> None:
    facts = replace(
        COMPLETE, cupy=None, driver=None, gpu_trouble="needs CuPy", gpu_free_memory=None
    )
    assert set(advised(facts)) == {"CuPy", "NVIDIA driver"}
    assert "not installed" in plain_text(doctor_parts(facts))


def test_on_a_mac_there_is_nothing_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    facts = replace(
        COMPLETE, cupy=None, driver=None, gpu_trouble="none for macOS", gpu_free_memory=None
    )
    assert advised(facts) == {"--device gpu": "none for macOS"}


def test_a_gpu_that_cannot_be_used_though_all_is_installed() -> None:
    facts = replace(COMPLETE, gpu_trouble="its memory is full", gpu_free_memory=None)
    assert advised(facts) == {"--device gpu": "its memory is full"}
    assert "not usable" in plain_text(doctor_parts(facts))


def test_packages_that_are_missing_are_one_line_for_each_extra() -> None:
    packages = (
        Package("click", "click>=8.2", None, None),
        Package("pytest", "pytest>=8.2", "test", None),
        Package("ruff", "ruff>=0.8", "test", None),
        Package("mypy", "mypy", "test", "1.11"),
    )
    facts = replace(COMPLETE, packages=packages)
    assert advised(facts) == {
        "packages": 'pip install "click>=8.2"',
        "extra test": 'pip install "pytest>=8.2" "ruff>=0.8"',
    }
    assert "pytest missing, ruff missing, mypy 1.11" in plain_text(doctor_parts(facts))


def loaded(architecture: str | None = "Haswell", **other: Any) -> dict[str, Any]:
    """A library as threadpoolctl tells of it."""
    return {
        "user_api": "blas",
        "internal_api": "openblas",
        "version": "0.3.31",
        "num_threads": 2,
        "architecture": architecture,
        **other,
    }


@pytest.mark.parametrize(
    ("library", "avx512", "better"),
    [
        (loaded(), True, "SkylakeX"),
        (loaded("Zen"), True, "SkylakeX"),
        (loaded(), False, None),
        (loaded("SkylakeX"), True, None),
        (loaded("Cooperlake"), True, None),
        (loaded(None), True, None),
        (loaded(internal_api="mkl"), True, None),
    ],
)
def test_kernels_older_than_the_processor(
    library: dict[str, Any], avx512: bool, better: str | None
) -> None:
    (blas,) = blas_libraries([library], avx512)
    assert blas.better_kernels == better
    facts = replace(COMPLETE, blas=(blas,))
    assert ("OPENBLAS_CORETYPE=SkylakeX" in str(facts.advice)) is (better is not None)


def test_what_is_no_blas_is_left_out() -> None:
    assert blas_libraries([{"user_api": "openmp", "internal_api": "openmp"}], True) == []


def test_a_blas_that_tells_nothing_of_itself_is_named() -> None:
    facts = replace(COMPLETE, blas=(), built_with="accelerate")
    assert "accelerate, which tells no more of itself" in plain_text(doctor_parts(facts))


def test_requirements_are_read_with_their_extras() -> None:
    found = packages_of(
        [
            "numpy>=2.1",
            "cupy-cuda13x[ctk]>=14; (sys_platform != 'darwin') and extra == 'cuda13'",
            "no-such-package-at-all>=1; extra == 'test'",
            'types-psutil ; extra == "test"',
        ]
    )
    assert [(each.name, each.wanted, each.extra) for each in found] == [
        ("numpy", "numpy>=2.1", None),
        ("no-such-package-at-all", "no-such-package-at-all>=1", "test"),
        ("types-psutil", "types-psutil", "test"),
    ]
    assert found[0].version == version_of("numpy") is not None
    assert found[1].version is None


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal_of(Screen()).colour
    assert not terminal_of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal_of(Screen()).colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not terminal_of(Screen()).colour


def test_this_machine() -> None:
    facts = examine(io.StringIO())
    assert facts.cores >= 1
    assert 0 < facts.free_memory <= facts.memory
    assert (facts.gpu_trouble is None) is (facts.gpu_free_memory is not None)
    assert json.loads(json.dumps(facts.to_dict(), allow_nan=False))["numpy"] == facts.numpy
