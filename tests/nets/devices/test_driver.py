"""The NVIDIA driver, by libraries of the test's own in the place of its."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from nets.devices.driver import EXTRAS, Driver, Gpu, extra_for, find_driver
from tests.conftest import ROOT


class FakeCuda:
    """Answers as libcuda does: a status of 0, and what was asked for behind the pointers."""

    def __init__(self, version: int, gpus: list[Gpu]) -> None:
        self.version, self.gpus = version, gpus

    def cuDriverGetVersion(self, number: Any) -> int:  # noqa: N802
        number._obj.value = self.version
        return 0

    def cuInit(self, flags: int) -> int:  # noqa: N802
        return 0 if self.gpus else 100

    def cuDeviceGetCount(self, number: Any) -> int:  # noqa: N802
        number._obj.value = len(self.gpus)
        return 0

    def cuDeviceGet(self, handle: Any, position: int) -> int:  # noqa: N802
        handle._obj.value = position
        return 0

    def cuDeviceGetName(self, name: Any, length: int, handle: Any) -> int:  # noqa: N802
        name.value = self.gpus[handle.value].name.encode()[:length]
        return 0

    def cuDeviceTotalMem_v2(self, memory: Any, handle: Any) -> int:  # noqa: N802
        memory._obj.value = self.gpus[handle.value].memory
        return 0


class FakeManagement:
    """Answers as NVML does."""

    def nvmlInit_v2(self) -> int:  # noqa: N802
        return 0

    def nvmlSystemGetDriverVersion(self, text: Any, length: int) -> int:  # noqa: N802
        text.value = b"550.54.14"
        return 0

    def nvmlShutdown(self) -> int:  # noqa: N802
        return 0


def libraries(*cuda: FakeCuda, management: bool = True) -> Callable[[str], Any]:
    """Opens these, and says as ctypes does that there are no others."""

    def load(name: str) -> Any:
        if "nvml" in name or "nvidia-ml" in name:
            if management:
                return FakeManagement()
        elif cuda:
            return cuda[0]
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    return load


def test_no_driver() -> None:
    assert find_driver(libraries()) is None


def test_a_library_without_a_driver_behind_it() -> None:
    assert find_driver(libraries(FakeCuda(0, []))) is None


def test_a_driver_without_a_gpu() -> None:
    assert find_driver(libraries(FakeCuda(12040, []))) == Driver((12, 4), "550.54.14", ())


def test_a_driver_and_its_gpus() -> None:
    gpus = [Gpu("NVIDIA H200", 139 * 2**30), Gpu("NVIDIA T4", 15 * 2**30)]
    found = find_driver(libraries(FakeCuda(13010, gpus)))
    assert found == Driver((13, 1), "550.54.14", tuple(gpus))
    assert found is not None
    assert found.cuda_text == "13.1"


def test_a_driver_that_does_not_tell_its_version() -> None:
    found = find_driver(libraries(FakeCuda(12040, []), management=False))
    assert found == Driver((12, 4), "", ())


@pytest.mark.parametrize(
    ("cuda", "name"),
    [
        ((11, 8), "cuda12"),
        ((12, 0), "cuda12"),
        ((12, 9), "cuda12"),
        ((13, 0), "cuda13"),
        ((14, 2), "cuda13"),
    ],
)
def test_the_extra_that_suits_a_driver(cuda: tuple[int, int], name: str) -> None:
    assert extra_for(Driver(cuda, "", ())).name == name


def test_the_newest_extra_where_no_driver_is_known() -> None:
    assert extra_for(None).name == "cuda13"


def test_the_extras_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for extra in EXTRAS.values():
        (requirement,) = extras[extra.name]
        package, condition = re.split(r"\s*;\s*", requirement)
        assert package == extra.package
        assert condition == "sys_platform != 'darwin'"


def test_this_machine_is_asked_without_harm() -> None:
    found = find_driver()
    assert found is None or found.cuda > (0, 0)
