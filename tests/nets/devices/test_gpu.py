"""What is told of a GPU that cannot be used: by a false CuPy, and by one that is there."""

import sys
from typing import Any

import pytest

from nets.arrays import place
from nets.devices.driver import Driver, Gpu
from nets.errors import BadInput
from tests.conftest import Command
from tests.nets.fake_cupy import FakeCudaError, fake_cupy


def gpu_message(monkeypatch: pytest.MonkeyPatch, cupy: Any, driver: Driver | None = None) -> str:
    monkeypatch.setitem(sys.modules, "cupy", cupy)
    monkeypatch.setattr("nets.devices.gpu.find_driver", lambda: driver)
    with pytest.raises(BadInput) as raised:
        place("gpu")
    return str(raised.value)


NO_GPU_YET = Driver((12, 4), "550.54.14", ())
H200 = Driver((13, 0), "580.65", (Gpu("NVIDIA H200", 139 * 2**30),))


@pytest.mark.parametrize(
    ("cupy", "driver", "words"),
    [
        (None, None, ["needs CuPy, which is not installed", "cupy-cuda13x", "extra cuda12"]),
        (None, NO_GPU_YET, ["not installed", 'pip install "cupy-cuda12x[ctk]>=14"']),
        (None, H200, ["not installed", 'pip install "cupy-cuda13x[ctk]>=14"']),
        (
            fake_cupy("13.6.0"),
            H200,
            ["needs CuPy 14 or newer, and CuPy 13.6.0 is installed", "cuda13x"],
        ),
        (fake_cupy(count=FakeCudaError(35, "old")), None, ["no NVIDIA driver; install the one"]),
        (
            fake_cupy(count=FakeCudaError(35, "old")),
            Driver((11, 4), "470.1", ()),
            ["the driver supports CUDA 11.4 at most", "update the driver"],
        ),
        (fake_cupy(count=FakeCudaError(100, "none")), NO_GPU_YET, ["finds no GPU", "nvidia-smi"]),
        (fake_cupy(count=0), NO_GPU_YET, ["finds no GPU", "CUDA_VISIBLE_DEVICES"]),
        (fake_cupy(count=FakeCudaError(999, "cudaErrorUnknown: unknown error")), H200, ["unknown"]),
        (fake_cupy(product=FakeCudaError(2, "out of memory")), H200, ["its memory is full"]),
        (fake_cupy(product=MemoryError("out of memory")), H200, ["its memory is full"]),
        (
            fake_cupy(product=RuntimeError("\n=====\nFailed to find libnvrtc\nat all")),
            H200,
            ["(Failed to find libnvrtc)", 'pip install "cupy-cuda13x[ctk]>=14" installs them'],
        ),
    ],
)
def test_what_is_wrong_with_the_gpu_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, cupy: Any, driver: Driver | None, words: list[str]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    message = gpu_message(monkeypatch, cupy, driver)
    assert "\n" not in message
    assert "device gpu" in message
    assert message.endswith("use cpu")
    for word in words:
        assert word in message


def test_a_cupy_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "cupy.py").write_text("raise ImportError('\\nDLL load failed\\n')", "utf-8")
    monkeypatch.delitem(sys.modules, "cupy", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BadInput, match=r"which cannot be loaded \(DLL load failed\); pip install"):
        place("gpu")


def test_there_is_no_cupy_for_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert "there is no CuPy for macOS; use cpu" in gpu_message(monkeypatch, None)


def test_a_cupy_that_is_installed_answers_that_there_is_no_gpu(
    gradcheck_process: Command,
) -> None:
    cupy = pytest.importorskip("cupy", reason="CuPy is not installed", exc_type=ImportError)
    try:
        count = cupy.cuda.runtime.getDeviceCount()
    except cupy.cuda.runtime.CUDARuntimeError:
        count = 0
    if count:
        pytest.skip("there is a GPU")
    with pytest.raises(BadInput, match=r"^the device gpu cannot be used: .*, or use cpu$"):
        place("gpu")
    ended = gradcheck_process("verify", "--device", "gpu")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
