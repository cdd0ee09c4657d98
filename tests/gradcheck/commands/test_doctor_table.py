"""What doctor shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.commands.doctor_facts import Facts
from gradcheck.commands.doctor_software import Package
from gradcheck.commands.doctor_table import doctor_parts
from gradcheck.show.text import plain_text
from tests.gradcheck.commands.complete_computer import COMPLETE


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")


def shown(facts: Facts) -> str:
    return plain_text(doctor_parts(facts))


def test_where_nothing_is_missing_it_says_so() -> None:
    text = shown(COMPLETE)
    for words in (
        "3.12.1",
        "openblas 0.3.31, SkylakeX kernels, 16 threads",
        "128.0 GiB, 100.0 GiB free",
        "580.65 for CUDA up to 13.0",
        "NVIDIA H200, 139.0 GiB",
        "usable, 138.0 GiB free",
        "utf-8, 120 columns, in colour",
        "(does not exist yet)",
        "click 8.2.1",
        "COMPLETE Nothing is missing.",
    ):
        assert words in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_missing_stands_with_what_to_do() -> None:
    text = shown(replace(COMPLETE, cupy=None, gpu_trouble="needs CuPy", gpu_free_memory=None))
    assert "COMPLETE" not in text
    assert "not installed" in text
    assert "not usable" in text
    assert 'pip install "cupy-cuda13x[ctk]>=14"' in text


def test_without_a_driver_there_are_no_gpus() -> None:
    rows = [line.split() for line in shown(replace(COMPLETE, driver=None)).splitlines()]
    assert ["NVIDIA", "driver", "none"] in rows
    assert not any(row[:1] == ["GPU"] for row in rows)


def test_packages_stand_by_their_extra() -> None:
    packages = (
        Package("click", "click>=8.2", None, "8.2.1"),
        Package("pytest", "pytest>=8.2", "test", None),
        Package("mypy", "mypy", "test", "1.11"),
    )
    text = shown(replace(COMPLETE, packages=packages))
    assert "packages      click 8.2.1" in text
    assert "extra test    pytest missing, mypy 1.11" in text


def test_a_blas_that_says_nothing_of_itself_is_named() -> None:
    assert "accelerate, no details known" in shown(
        replace(COMPLETE, blas=(), built_with="accelerate")
    )


def test_whether_a_cluster_can_be_used() -> None:
    assert 'not usable: pip install "gradcheck[cluster]"' in shown(COMPLETE)
    assert "usable, Dask's distributed 2026.8.0" in shown(replace(COMPLETE, distributed="2026.8.0"))


def test_the_folder_for_data(tmp_path: Path) -> None:
    assert "does not exist" not in shown(replace(COMPLETE, data_folder=tmp_path))
    assert "--data takes your own files" in shown(replace(COMPLETE, data_folder=None))
