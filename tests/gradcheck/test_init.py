"""What can be imported from ``gradcheck`` itself, each from its home when it is asked for."""

import subprocess
import sys

import pytest

import gradcheck
from tests.conftest import ROOT


@pytest.mark.parametrize("name", gradcheck.__all__)
def test_every_public_name_is_found_and_listed(name: str) -> None:
    found = getattr(gradcheck, name)
    assert getattr(found, "__name__", name) == name
    assert name in dir(gradcheck)


def test_another_name_is_an_error_as_in_every_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'chek_network'"):
        _ = gradcheck.chek_network


@pytest.mark.parametrize("package", ["gradcheck", "nets"])
def test_importing_a_package_alone_does_not_load_numpy(package: str) -> None:
    script = f"import sys, {package}; print('numpy' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "False"
