"""Submissions that mean harm: what is contained, with isolation and without."""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.graded_part import GradedPart
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.isolation import find_isolation
from gradcheck.homework.process.limits import Limits
from tests.gradcheck.homework.hostile import BOOK, before, in_backprop, reaches
from tests.gradcheck.homework.students import submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="contained on Linux")
CAN_BE_ISOLATED = find_isolation().isolation is not None
needs_isolation = pytest.mark.skipif(not CAN_BE_ISOLATED, reason="needs bubblewrap")
SLEEPERS, FORKED, MOST = 8, 20, 14
# Seconds that no other process sleeps, one of another worker of pytest-xdist included.
SLEEP = f"4321.{os.getpid()}"
# Seconds: on a busy machine all but those that never end may take their time.
LIMITS = Limits(call_seconds=120.0, total_seconds=240.0, memory=300_000_000)

DAEMONS = f"""
import os, subprocess
for _ in range({SLEEPERS}):
    between = os.fork()
    if between == 0:
        os.setsid()
        if os.fork() == 0:
            for each in range(64):
                try: os.close(each)
                except OSError: pass
            os.execve("/bin/sleep", ["sleep", "{SLEEP}"], {{}})
        os._exit(0)
    os.waitpid(between, 0)  # so that it is none of those that are left
"""
FORKS = f"""
import os, time
if not getattr(os, "has_forked", False):
    os.has_forked = True
    for _ in range({FORKED}):
        if os.fork() == 0:
            time.sleep({SLEEP})
    time.sleep(100)
"""
ENDS_ITS_PARENT = f"""
import os, signal, subprocess
subprocess.Popen(["/bin/sleep", "{SLEEP}"], start_new_session=True)
os.kill(os.getppid(), signal.SIGKILL)
"""
WRITES = """
import pathlib, tempfile, os
pathlib.Path("weights.txt").write_text("1")
(pathlib.Path.home() / "left").write_text("2")
os.remove(__file__)
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a class of hostile submissions."""

    rows: dict[str, Row]
    parts: dict[str, tuple[GradedPart, ...]]
    found: dict[str, str]
    kept: Path


def sleepers() -> list[int]:
    """The processes that hostile submissions have left."""
    found = []
    for each in psutil.process_iter(["cmdline", "status"]):
        if SLEEP in (each.info["cmdline"] or []) and each.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(each.pid)
    return found


def outcome_of(folder: Path, *, isolated: bool) -> Outcome:
    """Grade a folder with all of them."""
    handed = folder / "handed in"
    handed.mkdir()
    home = folder / "home"
    home.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        texts = {
            "daemons.py": before(DAEMONS),
            "forks.py": in_backprop(FORKS),
            "parent.py": before(ENDS_ITS_PARENT),
            "reaches.py": reaches(
                handed / "right.py",
                folder / "outside.txt",
                home,
                server.getsockname()[1],
                trace=isolated,
            ),
            "right.py": BOOK,
            "writes.py": before(WRITES),
        }
        for name, text in texts.items():
            (handed / name).write_text(text)
        before_it = sorted(handed.iterdir())
        task = Task.of(submission(handed, "Network", (5, 4, 3), limits=LIMITS))
        isolation = find_isolation().isolation if isolated else None
        graded = list(
            grade(
                find_submissions(handed)[0],
                task,
                jobs=2,
                isolation=isolation,
                keep=folder / "kept",
            )
        )
    assert sorted(handed.iterdir()) == before_it
    assert {name: (handed / name).read_text() for name in texts} == texts
    return Outcome(
        {each.row.submission: each.row for each in graded},
        {each.row.submission: each.parts for each in graded},
        json.loads((folder / "kept" / "reaches.py" / "homework" / "found.json").read_text()),
        folder / "kept",
    )


@pytest.fixture(scope="module")
def open_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    patch = pytest.MonkeyPatch()
    patch.setattr("gradcheck.homework.process.limits.MOST_PROCESSES", MOST)
    yield outcome_of(tmp_path_factory.mktemp("open"), isolated=False)
    patch.undo()


@pytest.fixture(scope="module")
def isolated_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    patch = pytest.MonkeyPatch()
    patch.setattr("gradcheck.homework.process.limits.MOST_PROCESSES", MOST)
    yield outcome_of(tmp_path_factory.mktemp("isolated"), isolated=True)
    patch.undo()


@pytest.fixture(
    params=[
        "open_run",
        pytest.param("isolated_run", marks=needs_isolation),
    ]
)
def run(request: pytest.FixtureRequest) -> Outcome:
    found: Outcome = request.getfixturevalue(request.param)
    return found


def test_the_right_one_among_them_is_right(run: Outcome) -> None:
    assert run.rows["right.py"].verdict == "agree"
    assert run.rows["right.py"].remarks == ""


def test_no_process_is_left(run: Outcome) -> None:
    until = time.monotonic() + 120.0  # seconds: on a busy machine a process that is killed lingers
    while sleepers() and time.monotonic() < until:
        time.sleep(0.1)
    assert sleepers() == []
    assert f"It left {SLEEPERS} processes running" in run.rows["daemons.py"].remarks


def test_a_loop_that_starts_processes_ends_in_a_line(run: Outcome) -> None:
    assert f"started more than {MOST} processes and was stopped" in run.rows["forks.py"].error


def test_one_that_ends_its_supervisor_leaves_nothing(open_run: Outcome) -> None:
    assert "It left 2 processes running" in open_run.rows["parent.py"].remarks


@needs_isolation
def test_isolated_everything_ends_with_the_supervisor(isolated_run: Outcome) -> None:
    assert isolated_run.rows["parent.py"].verdict == "failed"
    assert isolated_run.rows["parent.py"].error


def test_what_it_wrote_is_a_remark_and_stays_in_its_own_folders(run: Outcome) -> None:
    row = run.rows["writes.py"]
    assert row.verdict == "agree"
    assert "It wrote 2 files: home/left, weights.txt." in row.remarks
    assert "It deleted 1 file: writes.py." in row.remarks
    assert (run.kept / "writes.py" / "homework" / "weights.txt").read_text() == "1"


@needs_isolation
def test_isolated_nothing_outside_can_be_reached(isolated_run: Outcome) -> None:
    found = dict(isolated_run.found)
    remarks = isolated_run.rows["reaches.py"].remarks
    assert "It tried to change files outside its own folder, which was refused" in remarks
    assert "It changed files" not in remarks
    assert found.pop("its own folder") == "reached"
    assert "reached" not in found.values(), found
    assert not (isolated_run.kept.parent / "outside.txt").exists()


def test_what_is_reached_without_isolation_is_said(open_run: Outcome) -> None:
    """The control: the same code reaches these things where nothing keeps it from them."""
    found = open_run.found
    reached = {each for each, outcome in found.items() if outcome == "reached"}
    assert reached >= {"another submission", "another submission by a link", "a file outside"}
    assert reached >= {"the network", "a process"}
    remarks = open_run.rows["reaches.py"].remarks
    assert "It opened the network: socket.getaddrinfo" in remarks
    assert "It sent a signal: os.kill" in remarks
    assert "It changed files outside its own folder" in remarks
    assert "It was not isolated" in remarks
    (open_run.kept.parent / "outside.txt").unlink()


def test_its_environment_has_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_PASSWORD", "swordfish")
    code = "import os\nopen('found.txt', 'w').write(repr(dict(os.environ)))\n"
    (tmp_path / "spy.py").write_text(code + BOOK)
    task = Task.of(submission(tmp_path, "Network", (3, 2)))
    list(grade(find_submissions(tmp_path)[0], task, keep=tmp_path / "kept"))
    found = (tmp_path / "kept" / "spy.py" / "homework" / "found.txt").read_text()
    assert "swordfish" not in found
    assert str(tmp_path / "kept" / "spy.py" / "home") in found
    assert os.environ["MY_PASSWORD"] == "swordfish"
