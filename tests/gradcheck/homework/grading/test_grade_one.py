"""One submission and its row."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.finding import guess, oddity
from gradcheck.homework.grading.filled_row import NOT_ISOLATED
from gradcheck.homework.grading.grade_one import Graded, Where, grade_one
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.grading.handmade import RIGHT, WRONG, checked, part_task, task_of

Check = Callable[[Submission], SubmissionReport]


@pytest.fixture
def grading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Graded]]:
    """Grade a file, with another function in the place of the check."""
    (tmp_path / "ann.py").write_text("")
    (tmp_path / "copies").mkdir()

    def graded(check: Check, task: Task | None = None, **where: Any) -> Graded:
        monkeypatch.setattr(
            "gradcheck.homework.grading.grade_one.check_submission", lambda asked, **_: check(asked)
        )
        each = HandedIn("ann.py", tmp_path / "ann.py")
        here = Where(tmp_path / "copies", **where)
        return grade_one(each, "digest", task or task_of(), Limits(), here)

    yield graded
    assert [each.name for each in tmp_path.iterdir()] in (
        ["ann.py", "copies"],
        ["copies", "ann.py"],
    )


def test_what_was_found_is_in_the_row(grading: Callable[..., Graded]) -> None:
    found = SubmissionReport(
        WRONG,
        (guess("It is read so."), oddity("It prints.")),
        cost="quadratic",
        format="a class",
        unlike_reference="its cost is 3",
    )
    row = grading(lambda _: found).row
    assert (row.submission, row.verdict, row.hash) == ("ann.py", "disagree", "digest")
    assert (row.arrays_right, row.first_wrong, row.points) == (0.5, "layer 2 weights", 0.0)
    assert (row.cost_taken, row.format) == ("quadratic", "a class")
    assert row.remarks == "It prints. It does not compute what was asked for: its cost is 3."


def test_shares_have_four_digits(grading: Callable[..., Graded]) -> None:
    row = grading(lambda _: SubmissionReport(checked(1.0, 1.0, 3.0))).row
    assert row.arrays_right == 0.6667


def test_several_parts_share_a_row(grading: Callable[..., Graded]) -> None:
    affine = replace(part_task(), how=Submission(Path("here"), "affine"), points=5.0)
    reports = {"Network": RIGHT, "affine": WRONG}
    graded = grading(
        lambda asked: SubmissionReport(reports[asked.class_name or ""], cost="quadratic"),
        task_of(part_task(), affine),
    )
    assert graded.row.verdict == "disagree"
    assert graded.row.arrays_right == 0.75
    assert graded.row.first_wrong == "affine: layer 2 weights"
    assert graded.row.cost_taken == "quadratic"
    assert (graded.row.points, graded.row.max_points) == (11.25, 15.0)
    assert [part.name for part in graded.parts] == ["Network", "affine"]


def test_every_seed_is_checked_until_one_fails(grading: Callable[..., Graded]) -> None:
    seeds: list[int] = []

    def check(asked: Submission) -> SubmissionReport:
        seeds.append(asked.seed)
        return SubmissionReport({0: RIGHT, 1: WRONG}.get(asked.seed), failure="It hangs.")

    assert grading(check, task_of(part_task(seeds=(0, 1)))).row.verdict == "disagree"
    row = grading(check, task_of(part_task(seeds=(0, 2, 1)))).row
    assert (row.verdict, row.error) == ("failed", "It hangs.")
    assert seeds == [0, 1, 0, 2]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StudentError("It took too long"), "It took too long"),
        (KeyError("nobody"), "gradcheck itself failed: KeyError: 'nobody'"),
    ],
)
def test_an_error_is_a_row(grading: Callable[..., Graded], error: Exception, words: str) -> None:
    def failing(asked: Submission) -> SubmissionReport:
        raise error

    graded = grading(failing)
    assert (graded.row.verdict, graded.row.error, graded.parts) == ("failed", words, ())
    assert graded.row.points == 0.0


def test_what_is_no_homework_is_a_row(tmp_path: Path) -> None:
    each = HandedIn("bob", None, "bob has no homework.py in it")
    graded = grade_one(each, "", task_of(), Limits(), Where(tmp_path))
    assert (graded.row.verdict, graded.row.error) == ("failed", "bob has no homework.py in it")
    assert (graded.row.points, graded.row.max_points) == (0.0, 10.0)
    without = grade_one(each, "", task_of(part_task(points=None)), Limits(), Where(tmp_path))
    assert without.row.points is without.row.max_points is None


def test_what_the_code_does_to_its_files_is_told_and_the_copy_is_removed(
    grading: Callable[..., Graded], tmp_path: Path
) -> None:
    def writing(asked: Submission) -> SubmissionReport:
        (asked.path.parent / "weights.txt").touch()
        return SubmissionReport(RIGHT, deeds=("socket",))

    row = grading(writing).row
    assert row.remarks == f"{NOT_ISOLATED} It wrote 1 file: weights.txt."
    assert list((tmp_path / "copies").iterdir()) == []
    grading(writing, keeps=True)
    grading(writing, keeps=True)
    names = sorted(each.name for each in (tmp_path / "copies").iterdir())
    assert names == ["ann.py", "ann.py (2)"]


def test_a_name_that_no_folder_can_have_is_changed(
    grading: Callable[..., Graded], tmp_path: Path
) -> None:
    long = HandedIn("a/b:*" + "c" * 100, tmp_path / "ann.py")
    grading(lambda _: SubmissionReport(RIGHT))  # the check is replaced from now on
    grade_one(long, "", task_of(), Limits(), Where(tmp_path / "copies", keeps=True))
    (folder,) = (tmp_path / "copies").iterdir()
    assert folder.name == "a_b__" + "c" * 55


def test_the_seconds_are_those_of_all_parts_together(
    grading: Callable[..., Graded], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count(0.0, 2.0)  # each look at the clock is two seconds later
    monkeypatch.setattr(
        "gradcheck.homework.grading.grade_one.time.perf_counter", lambda: next(clock)
    )
    given = []

    def check(asked: Submission) -> SubmissionReport:
        given.append((asked.limits.call_seconds, asked.limits.total_seconds))
        return SubmissionReport(RIGHT, name="Network", format="a class")

    how = Submission(Path("here"), "Network", limits=Limits(4.0, 5.0))
    parts = [part_task(how=replace(how, class_name=name)) for name in ("a", "b", "c")]
    row = grading(check, task_of(*parts)).row
    assert given == [(3.0, 3.0), (1.0, 1.0)]
    assert (row.verdict, row.points) == ("failed", 20.0)
    assert row.error == (
        "c: It was not checked: the submission took the 5 seconds allowed in all for what came "
        "before"
    )
