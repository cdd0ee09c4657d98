"""A process is ended with those that it started."""

import subprocess
import sys
import time

import psutil
import pytest

from gradcheck.homework.process.process_tree import end_group, end_tree, tree_memory

SLEEP = "import time; time.sleep(600)"
PATIENCE = 120.0  # seconds: nothing takes so long unless a test fails
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {SLEEP!r}])
print(child.pid, flush=True)
{SLEEP}
"""


def parent_and_child() -> tuple["subprocess.Popen[bytes]", int]:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    process.stdout.close()
    return process, child


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def ends(pid: int) -> bool:
    """Whether it ends soon: the system takes a moment to kill a process."""
    until = time.monotonic() + PATIENCE
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_running(pid)


def test_both_are_ended() -> None:
    process, child = parent_and_child()
    assert is_running(child)
    end_tree(process)
    assert process.returncode is not None
    assert ends(child)


@pytest.mark.skipif(sys.platform == "win32", reason="where there are groups of processes")
def test_what_outlives_its_parent_is_ended_with_the_group() -> None:
    process, child = parent_and_child()
    process.kill()
    process.wait()
    assert is_running(child)
    end_group(process)
    assert ends(child)


def test_a_process_that_has_ended_has_no_memory_and_is_no_error() -> None:
    process, _ = parent_and_child()
    memory, processes = tree_memory(process)
    assert memory > 1_000_000
    assert processes == 2
    end_tree(process)
    end_tree(process)
    assert tree_memory(process) == (0, 0)
