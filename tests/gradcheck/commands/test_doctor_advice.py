"""What doctor advises."""

from dataclasses import replace

import pytest

from gradcheck.commands.doctor_advice import advice_for
from gradcheck.commands.doctor_facts import Facts
from gradcheck.commands.doctor_software import Blas, Package
from tests.gradcheck.commands.complete_computer import COMPLETE, H200


def advised(facts: Facts) -> dict[str, str]:
    return {each.about: each.line for each in advice_for(facts)}


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")


def test_where_nothing_is_missing_nothing_is_advised() -> None:
    assert advice_for(COMPLETE) == ()


@pytest.mark.parametrize(
    ("cuda", "package"), [((12, 4), "cupy-cuda12x[ctk]>=14"), ((13, 0), "cupy-cuda13x[ctk]>=14")]
)
def test_cupy_for_the_driver_that_is_there(cuda: tuple[int, int], package: str) -> None:
    driver = replace(H200, cuda=cuda)
    facts = replace(
        COMPLETE, cupy=None, driver=driver, gpu_trouble="needs CuPy", gpu_free_memory=None
    )
    assert advised(facts) == {"CuPy": f'pip install "{package}"'}


def test_isolation_is_advised_where_it_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = replace(COMPLETE, isolation_trouble="bwrap is not installed; install it")
    assert advised(facts) == {
        "isolation": "bwrap is not installed; install it (for gradcheck grade)"
    }
    monkeypatch.setattr("sys.platform", "darwin")
    assert advice_for(facts) == ()


def test_neither_cupy_nor_a_driver() -> None:
    facts = replace(
        COMPLETE, cupy=None, driver=None, gpu_trouble="needs CuPy", gpu_free_memory=None
    )
    assert set(advised(facts)) == {"CuPy", "NVIDIA driver"}


def test_on_a_mac_there_is_nothing_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    facts = replace(
        COMPLETE, cupy=None, driver=None, gpu_trouble="none for macOS", gpu_free_memory=None
    )
    assert advised(facts) == {"--device gpu": "none for macOS"}


def test_a_gpu_that_cannot_be_used_though_all_is_installed() -> None:
    facts = replace(COMPLETE, gpu_trouble="its memory is full", gpu_free_memory=None)
    assert advised(facts) == {"--device gpu": "its memory is full"}


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


def test_kernels_older_than_the_processor_are_one_line_whatever_is_loaded() -> None:
    old = Blas("openblas", "0.3.31", "Haswell", 2, "SkylakeX")
    facts = replace(COMPLETE, blas=(*COMPLETE.blas, old, replace(old, version="0.3.30")))
    (line,) = advised(facts).values()
    assert len(advice_for(facts)) == 1
    assert "OPENBLAS_CORETYPE=SkylakeX" in line
    assert "OpenBLAS's Haswell kernels" in line
