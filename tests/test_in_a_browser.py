"""A browser has no threads, no processes and no psutil: what students do there works without.

The program ``tests/without_an_operating_system.py`` runs in a Python that refuses all three, as
Python in a browser does. ``tests/test_in_webassembly.py`` runs it in WebAssembly itself.
"""

import subprocess
import sys

import pytest

from gradcheck.homework.process.process_tree import expect_processes
from nets.errors import BadInput
from tests.conftest import ROOT

# As in Pyodide: the modules can be imported, but they start nothing. psutil cannot be imported.
REFUSALS = """
import _thread, os, runpy, sys, threading

def refuse_thread(*_, **__):
    raise RuntimeError("can't start new thread")

def refuse_process(*_, **__):
    raise OSError(138, "emscripten does not support processes.")

import subprocess
sys.modules["psutil"] = sys.modules["_multiprocessing"] = None
for name in ("start_new_thread", "start_joinable_thread"):
    if hasattr(_thread, name):
        setattr(_thread, name, refuse_thread)
        setattr(threading, "_" + name, refuse_thread)
subprocess.Popen.__init__ = os.fork = os.posix_spawn = refuse_process
os.cpu_count = lambda: 4  # so that work would be shared among threads
"""
RUN = "runpy.run_module('tests.without_an_operating_system', run_name='__main__')"


def run_without_anything(program: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", REFUSALS + program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_checks_commands_and_training_need_no_operating_system() -> None:
    ended = run_without_anything(RUN)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.endswith("DONE\n")


@pytest.mark.parametrize(
    "needs",
    [
        "threading.Thread(target=print).start()",
        "from concurrent.futures import ThreadPoolExecutor as P; P(1).submit(print)",
        "subprocess.run([sys.executable, '-V'])",
        "import psutil",
        "import multiprocessing; multiprocessing.Lock()",
    ],
)
def test_what_is_refused_is_refused(needs: str) -> None:
    assert run_without_anything(needs).returncode == 1


@pytest.mark.parametrize("platform", ["emscripten", "wasi"])
def test_a_file_of_one_s_own_is_refused_in_a_browser(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_processes()
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(BadInput, match=r"a browser cannot start one; .*check_gradients"):
        expect_processes()
