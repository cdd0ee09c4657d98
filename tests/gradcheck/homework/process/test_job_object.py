"""A job of Windows; elsewhere there is none, and nothing is ended."""

import subprocess
import sys

import pytest

from gradcheck.homework.process.job_object import JobObject

# It waits until its standard input is closed.
WAITS = [sys.executable, "-c", "import sys; sys.stdin.read()"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has job objects")
def test_elsewhere_it_ends_nothing() -> None:
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE) as process:
        assert JobObject(process).end() == 0
        assert process.poll() is None
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has job objects")
def test_on_windows_it_ends_all_processes() -> None:
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE) as process:
        job = JobObject(process)
        assert job.end() >= 1
        assert process.wait() == 1
        assert job.end() == 0
