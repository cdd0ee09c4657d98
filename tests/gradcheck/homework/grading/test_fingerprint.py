"""A fingerprint changes with anything that the grade depends on, and with nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.grading.fingerprint import fingerprint, task_digest
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.task import Earned, Task
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.reference import Reference
from tests.gradcheck.homework.students import submission


@pytest.fixture
def file(tmp_path: Path) -> HandedIn:
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "b.py").write_text("y = 1\n")
    return HandedIn("a.py", tmp_path / "a.py")


@pytest.fixture
def folder(tmp_path: Path) -> HandedIn:
    inside = tmp_path / "alice"
    inside.mkdir()
    (inside / "homework.py").write_text("import helper\n")
    (inside / "helper.py").write_text("x = 1\n")
    (inside / "notes.txt").write_text("")
    return HandedIn("alice", inside / "homework.py", folder=inside)


def how(sample: int | None = None, **options: Any) -> Task:
    return Task.of(replace(submission(Path("anywhere"), "Network"), **options), sample)


def test_the_same_is_the_same_wherever_it_lies(file: HandedIn, tmp_path: Path) -> None:
    once = fingerprint(file, how())
    assert len(once) == 24
    assert once.startswith(task_digest(how()))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.py").write_text("x = 1\n")
    moved = HandedIn("a.py", tmp_path / "elsewhere" / "a.py")
    assert fingerprint(moved, how(path=Path("other"))) == once


CHANGES: dict[str, dict[str, Any]] = {
    "class": {"class_name": "Net"},
    "sizes": {"sizes": (6, 3)},
    "cost": {"cost": "quadratic"},
    "seed": {"seed": 1},
    "inputs": {"inputs": np.zeros((6, 5))},
    "targets": {"targets": np.zeros((3, 5))},
    "seconds for a call": {"limits": Limits(call_seconds=1.0)},
    "seconds in all": {"limits": Limits(total_seconds=1.0)},
    "memory": {"limits": Limits(memory=1)},
}


@pytest.mark.parametrize("changed", CHANGES)
def test_every_option_changes_it(file: HandedIn, changed: str) -> None:
    assert fingerprint(file, how(**CHANGES[changed])) != fingerprint(file, how())


def test_the_sample_changes_it(file: HandedIn) -> None:
    assert fingerprint(file, how(5)) != fingerprint(file, how())


def test_another_assignment_changes_it(file: HandedIn, tmp_path: Path) -> None:
    (part,) = how().parts
    once = fingerprint(file, how())
    for changed in (
        {"points": 3.0},
        {"earned": Earned(arrays_right=0.5)},
        {"digits": 6.0},
        {"seeds": (0, 1)},
        {"reference": Reference("tanh", "tanh", "quadratic")},
    ):
        task = Task((replace(part, **changed),))
        assert fingerprint(file, task) != once, changed
    (tmp_path / "given.py").write_text("one")
    provided = replace(how(), provided=(tmp_path / "given.py",))
    with_it = fingerprint(file, provided)
    assert with_it != once
    (tmp_path / "given.py").write_text("two")
    assert fingerprint(file, provided) not in (once, with_it)
    assert fingerprint(file, replace(how(), title="Another title")) == once


def test_the_adapter_changes_it(file: HandedIn, tmp_path: Path) -> None:
    adapter = tmp_path / "adapter.py"
    adapter.write_text("one")
    once = fingerprint(file, how(adapter=adapter))
    assert once != fingerprint(file, how())
    adapter.write_text("two")
    assert once != fingerprint(file, how(adapter=adapter))


def test_of_a_file_only_its_own_text_counts(file: HandedIn, tmp_path: Path) -> None:
    once = fingerprint(file, how())
    (tmp_path / "b.py").write_text("changed\n")
    assert fingerprint(file, how()) == once
    (tmp_path / "a.py").write_text("changed\n")
    assert fingerprint(file, how()) != once


def test_of_a_folder_all_python_files_count(folder: HandedIn) -> None:
    once = fingerprint(folder, how())
    assert folder.path is not None
    inside = folder.path.parent
    (inside / "notes.txt").write_text("changed")
    assert fingerprint(folder, how()) == once
    (inside / "helper.py").write_text("x = 2\n")
    changed = fingerprint(folder, how())
    assert changed != once
    (inside / "helper.py").rename(inside / "other.py")
    assert fingerprint(folder, how()) != changed


def test_of_what_has_no_file_the_problem_counts() -> None:
    one, other = HandedIn("bob", None, "no file"), HandedIn("bob", None, "a link")
    assert fingerprint(one, how()) != fingerprint(other, how())


def test_a_file_that_cannot_be_read_has_one_too(tmp_path: Path) -> None:
    gone = HandedIn("gone.py", tmp_path / "gone.py")
    assert len(fingerprint(gone, how())) == 24
