"""psutil has no wheel for a browser: what works without it, and what is refused in one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.student_process import StudentProcess
from nets.arrays import CPU
from nets.errors import BadInput
from nets.network import Network
from tests.conftest import ROOT

# Imports every module of both packages, checks a network and a function, and runs a command.
PROGRAM = """
import importlib, pkgutil, sys
sys.modules["psutil"] = None
import numpy as np
import gradcheck, nets
from gradcheck.cli import main

for package in (gradcheck, nets):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
network = nets.Network.create([3, 2])
assert gradcheck.check_network(network, np.ones((3, 2)), np.ones((2, 2))).ok
assert gradcheck.check_gradients(lambda w: (w**2).sum(), np.ones(2), 2 * np.ones(2)).ok
sys.argv = ["gradcheck", "verify", "--sizes", "3,2"]
main()
"""


def test_everything_but_other_people_s_classes_works_without_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "AGREE" in ended.stdout


def test_a_student_s_class_needs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started = []
    monkeypatch.setattr(
        "gradcheck.homework.process.contained_process.start_python",
        lambda *_: started.append(1),
    )
    monkeypatch.setitem(sys.modules, "psutil", None)
    with pytest.raises(BadInput, match=r"psutil is not installed, .* pip install psutil"):
        StudentProcess(tmp_path, Limits())
    assert started == []


def test_free_memory_is_not_known_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert CPU.free_memory() is not None
    monkeypatch.setitem(sys.modules, "psutil", None)
    assert CPU.free_memory() is None
    assert Network.create([3, 2]).sizes == (3, 2)
    with pytest.raises(BadInput, match="more than are free"):
        Network.create([2**40, 2**40])
