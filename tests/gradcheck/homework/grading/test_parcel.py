"""Submissions as bytes: packed here, unpacked elsewhere."""

from pathlib import Path

import pytest

from gradcheck.homework.grading.handed_in import HandedIn, find_submissions
from gradcheck.homework.grading.parcel import packed, packed_task
from gradcheck.homework.grading.task import Task
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission import Submission
from nets.errors import BadInput


def submission(folder: Path, name: str) -> HandedIn:
    found = {each.name: each for each in find_submissions(folder)[0]}
    return found[name]


def test_a_file_arrives_as_it_was(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / "alice.py").write_bytes(b"# \xe9\nx = 1\n")
    parcel = packed(submission(here, "alice.py"), "digest")
    (here / "alice.py").unlink()
    unpacked = parcel.unpack(there)
    assert unpacked.path == there / "alice.py"
    assert unpacked.path.read_bytes() == b"# \xe9\nx = 1\n"
    assert parcel.digest == "digest"


def test_a_folder_arrives_with_all_its_files(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "bob" / "parts").mkdir(parents=True)
    (here / "bob" / "homework.py").write_text("from parts.layer import x", encoding="utf-8")
    (here / "bob" / "parts" / "layer.py").write_text("x = 1", encoding="utf-8")
    (each,) = find_submissions(here)[0]
    unpacked = packed(each, "").unpack(there)
    assert unpacked.folder == there / "bob"
    assert unpacked.path == there / "bob" / "homework.py"
    assert (there / "bob" / "parts" / "layer.py").read_text("utf-8") == "x = 1"


def test_a_file_that_vanished_is_the_error_of_this_submission(tmp_path: Path) -> None:
    (tmp_path / "alice.py").write_text("x = 1", encoding="utf-8")
    each = submission(tmp_path, "alice.py")
    (tmp_path / "alice.py").unlink()
    with pytest.raises(StudentError, match=r"alice\.py"):
        packed(each, "")


def test_what_an_assignment_names_goes_with_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    adapter, data = here / "adapter.py", here / "data.npy"
    adapter.write_text("def build(module, sizes): ...", encoding="utf-8")
    data.write_bytes(b"1234")
    task = Task.of(Submission(here, None, None, adapter=adapter), sample=None)
    parcel = packed_task(Task(task.parts, provided=(data,)))
    moved = parcel.unpack(there)
    assert moved.parts[0].how.adapter is not None
    assert moved.parts[0].how.adapter.read_bytes() == adapter.read_bytes()
    assert moved.parts[0].how.adapter.is_relative_to(there)
    assert [path.read_bytes() for path in moved.provided] == [b"1234"]
    data.unlink()
    with pytest.raises(BadInput, match=r"data\.npy"):
        packed_task(Task(task.parts, provided=(data,)))
