"""The supervisor ends what was started, reports it, and ends when the other side is gone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has job objects")
# Seconds that no other process sleeps, one of another worker of pytest-xdist included.
SLEEP = f"5432.{os.getpid()}"
PROGRAM = """
import os, subprocess, sys, time
from gradcheck.homework.process.supervisor import supervise
supervise(*map(int, sys.argv[1:3]))
{code}
"""


@contextmanager
def supervised(code: str) -> Iterator[tuple["subprocess.Popen[bytes]", int, int]]:
    """A process under a supervisor; its report and its lifeline."""
    report, told = os.pipe()
    ends, lifeline = os.pipe()
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(code=code), str(told), str(ends)],
        pass_fds=(told, ends),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(told)
    os.close(ends)
    try:
        yield running, report, lifeline
    finally:
        running.kill()
        running.wait()
        os.close(report)
        assert running.stdout is not None
        running.stdout.close()


def reported(report: int) -> list[dict[str, int | None]]:
    with os.fdopen(os.dup(report)) as stream:
        return [json.loads(line) for line in stream]


def sleepers() -> list[int]:
    return [
        each.pid
        for each in psutil.process_iter(["cmdline", "status"])
        if SLEEP in (each.info["cmdline"] or []) and each.info["status"] != psutil.STATUS_ZOMBIE
    ]


@pytest.mark.parametrize(
    ("code", "ended"),
    [("sys.exit(3)", 3), ("os.abort()", -6), ("pass", 0)],
    ids=["exit", "crash", "end"],
)
def test_the_exit_code_is_reported(code: str, ended: int) -> None:
    with supervised(code) as (_, report, lifeline):
        assert reported(report) == [{"ended": ended}, {"left": 0}]
        os.close(lifeline)


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are found on Linux")
def test_orphans_are_ended_and_counted() -> None:
    code = f"""
for _ in range(3):
    subprocess.Popen(["sh", "-c", "sleep {SLEEP} & exit"], start_new_session=True).wait()
    subprocess.Popen(["sleep", "{SLEEP}"])
"""
    with supervised(code) as (_, report, lifeline):
        assert reported(report) == [{"ended": 0}, {"left": 6}]
        os.close(lifeline)
    assert sleepers() == []


def test_everything_ends_when_the_other_side_is_gone() -> None:
    code = f"""
subprocess.Popen(["sleep", "{SLEEP}"])
print("started", flush=True)
time.sleep(600)
"""
    with supervised(code) as (running, report, lifeline):
        assert running.stdout is not None
        assert running.stdout.readline() == b"started\n"
        os.close(lifeline)
        assert reported(report) == [{"ended": None}, {"left": 1}]
    assert sleepers() == []
