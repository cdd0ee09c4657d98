"""A class graded on workers: the rows are those of one computer."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.cluster.remote import WorkersGone
from gradcheck.cluster.worker import Done, Lacking, Piece
from gradcheck.homework.grading.grade import Graded, grade
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.on_workers import GradeJob
from gradcheck.homework.grading.parcel import packed, packed_task
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.homework.solution import Solution
from nets.errors import BadInput
from tests.gradcheck.cluster.executors import FakeExecutor
from tests.gradcheck.homework.students import FOLDER, submission

BOOK = (FOLDER / "book.py").read_text("utf-8")
WRONG = BOOK.replace("output_activations - y", "y - output_activations")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A right file, a wrong one, a folder with two files and a link, and an empty folder."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "right.py").write_text(BOOK)
    (folder / "wrong.py").write_text(WRONG)
    for name in ("alice", "bob"):
        (folder / name).mkdir()
    (folder / "alice" / "homework.py").write_text("from helper import Network\n")
    (folder / "alice" / "helper.py").write_text(BOOK)
    (folder / "alice" / "link").symlink_to(tmp_path)
    return folder


def graded(folder: Path, **how: Any) -> list[Graded]:
    handed_in, _ = find_submissions(folder)
    return list(grade(handed_in, Task.of(submission(folder, "Network")), **how))


def untimed(found: list[Graded]) -> dict[str, Row]:
    return {each.row.submission: replace(each.row, seconds=0.0) for each in found}


def test_the_rows_are_those_of_one_computer(folder: Path) -> None:
    alone = untimed(graded(folder))
    assert {row.verdict for row in alone.values()} == {"agree", "disagree", "failed"}
    assert "Left out" in alone["alice"].remarks
    with ThreadPoolExecutor(2) as executor:
        found = graded(folder, executor=executor, wants_parts=False)
    assert untimed(found) == alone
    assert not any(each.parts for each in found)


def test_all_that_was_found_comes_back_where_it_is_wanted(folder: Path) -> None:
    found = graded(folder, executor=FakeExecutor(2), wants_parts=True)
    assert {bool(each.parts) for each in found if each.row.verdict != "failed"} == {True}


def test_rows_that_are_up_to_date_are_not_sent(folder: Path) -> None:
    rows = {each.row.submission: each.row for each in graded(folder, executor=FakeExecutor(1))}
    executor = FakeExecutor(1)
    again = graded(folder, executor=executor, finished=rows)
    assert all(each.kept for each in again)
    assert executor.calls == 0


class Ending(FakeExecutor):
    """Its workers are gone after two pieces."""

    done = 0

    def answer(self, number: int, piece: Piece, job: Any = None) -> Done | Lacking:
        if self.done == 2:
            raise WorkersGone("all gone")
        answer = super().answer(number, piece, job)
        self.done += isinstance(answer, Done)
        return answer


def test_rows_that_are_finished_are_there_before_the_error(folder: Path) -> None:
    handed_in, _ = find_submissions(folder)
    task = Task.of(submission(folder, "Network"))
    rows: list[Row] = []
    finished = (each.row for each in grade(handed_in, task, executor=Ending(1)))
    with pytest.raises(WorkersGone):
        rows.extend(finished)
    assert len(rows) == 3  # two that were checked, and bob, who handed in nothing


def test_isolation_that_is_demanded_and_not_possible(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradcheck.homework.process import isolation

    state = isolation.IsolationState(None, "no bwrap")
    monkeypatch.setattr(isolation, "find_isolation", lambda: state)
    with pytest.raises(BadInput, match="--isolate is not possible on a worker: no bwrap"):
        graded(folder, executor=FakeExecutor(1), isolate=True)


def test_a_parcel_holds_the_files_and_no_path_of_this_computer(
    folder: Path, tmp_path: Path
) -> None:
    each = next(each for each in find_submissions(folder)[0] if each.name == "alice")
    parcel = packed(each, "digest")
    assert str(tmp_path) not in repr(parcel)
    there = parcel.unpack(tmp_path / "there")
    assert there.path is not None
    assert there.path.read_text() == "from helper import Network\n"
    assert (there.path.parent / "helper.py").read_text() == BOOK
    assert not (there.path.parent / "link").exists()


def test_the_files_of_a_task_go_along(tmp_path: Path) -> None:
    names = {"adapter": "adapter.py", "solution": "solution.py", "provided": "data.py"}
    paths = {key: tmp_path / name for key, name in names.items()}
    for key, path in paths.items():
        path.write_text(f"# {key}\n")
    how = replace(submission(tmp_path, "Network"), adapter=paths["adapter"])
    part = PartTask(how, reference=Solution(paths["solution"]))
    parcel = packed_task(Task((part,), provided=(paths["provided"],)))
    for path in paths.values():
        path.unlink()
    task = parcel.unpack(tmp_path / "there")
    reference = task.parts[0].reference
    assert isinstance(reference, Solution)
    assert reference.path.read_text() == "# solution\n"
    assert task.parts[0].how.adapter is not None
    assert task.parts[0].how.adapter.read_text() == "# adapter\n"
    assert [path.read_text() for path in task.provided] == ["# provided\n"]


def test_a_file_of_a_task_that_is_gone(tmp_path: Path) -> None:
    task = replace(Task.of(submission(tmp_path, "Network")), provided=(tmp_path / "gone.py",))
    with pytest.raises(BadInput, match=r"gone\.py cannot be read"):
        packed_task(task)


def test_a_worker_that_is_killed_loses_no_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    from gradcheck.cluster import join
    from gradcheck.cluster.join import joined

    for name in ("JOIN_SECONDS", "FIRST_WORKER_SECONDS", "CLOSING_SECONDS"):
        monkeypatch.setattr(join, name, 240.0)  # on a busy machine all of this is slow
    alone = untimed(graded(folder))
    with joined("local:2") as executor:
        victim = next(iter(executor.client.run(os.getpid).values()))
        found = []
        handed_in, _ = find_submissions(folder)
        for each in grade(
            handed_in, Task.of(submission(folder, "Network")), executor=executor, wants_parts=False
        ):
            if each.row.verdict != "failed" and victim:
                os.kill(victim, signal.SIGKILL)
                victim = 0
            found.append(each)
    assert victim == 0
    assert untimed(found) == alone


def test_a_stop_ends_the_process_of_a_student(tmp_path: Path) -> None:
    """Without it this test would take as long as the limit allows."""
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "endless.py").write_text("while True:\n    pass\n")
    how = submission(tmp_path, "Network")
    task = Task.of(replace(how, limits=replace(how.limits, call_seconds=600.0)))
    job = GradeJob(packed_task(task), isolate=False, wants_parts=False)
    stop = threading.Event()
    stop.set()
    each = find_submissions(tmp_path / "submissions")[0][0]
    assert job.started()(packed(each, "digest"), stop).row.error == "The check was stopped"
