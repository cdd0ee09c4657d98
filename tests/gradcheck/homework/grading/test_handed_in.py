"""What lies in a folder: each file and each folder once, and what is none of them by name."""

from pathlib import Path

import pytest

from gradcheck.homework.grading.handed_in import HandedIn, find_submissions, one_submission
from nets.errors import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, three folders, and what is no submission."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("right.py", "wrong.py", "notes.txt", ".hidden.py"):
        (folder / name).write_text("")
    for name in ("alice", "bob", "homework.py", "__pycache__"):
        (folder / name).mkdir()
    for name in ("alice", "homework.py"):
        (folder / name / "homework.py").write_text("")
    return folder


def test_files_and_folders_are_found_in_order(folder: Path) -> None:
    handed_in, passed_over = find_submissions(folder)
    assert [each.name for each in handed_in] == [
        "alice",
        "bob",
        "homework.py",
        "right.py",
        "wrong.py",
    ]
    assert handed_in[0].path == folder / "alice" / "homework.py"
    assert handed_in[1] == HandedIn("bob", None, "bob has no homework.py in it", folder / "bob")
    assert passed_over == ["notes.txt"]


def test_notebooks_and_the_only_file_of_a_folder_are_submissions(tmp_path: Path) -> None:
    (tmp_path / "one.ipynb").write_text("")
    for name in ("carol/net.py", "dave/homework.ipynb", "dave/more.py", "erin/a.py", "erin/b.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = {each.name: each for each in find_submissions(tmp_path)[0]}
    assert found["one.ipynb"].path == tmp_path / "one.ipynb"
    assert found["carol"].path == tmp_path / "carol" / "net.py"
    assert found["dave"].path == tmp_path / "dave" / "homework.ipynb"
    assert found["erin"].path is None
    assert found["erin"].problem == "erin has no homework.py in it, but a.py, b.py"


def test_without_code_in_a_folder_the_only_one_below_it_counts(tmp_path: Path) -> None:
    for name in ("ann/src/homework.py", "ann/src/more.py", "ben/src/net.py", "cy/a/homework.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "cy" / "b").mkdir()
    (tmp_path / "cy" / "b" / "homework.py").write_text("")
    found = {each.name: each for each in find_submissions(tmp_path)[0]}
    assert found["ann"].path == tmp_path / "ann" / "src" / "homework.py"
    assert found["ben"].path == tmp_path / "ben" / "src" / "net.py"
    assert found["cy"].path is None


@pytest.mark.parametrize(
    ("names", "files", "remarks"),
    [
        (["ann/Homework.py", "ann/more.py"], (), ("Homework.py counts as homework.py.",)),
        (["ann/homework.py"], (), ()),
        (["ann/Net.py"], (), ()),
        (["ann/HW3.py"], ["hw*.py"], ("HW3.py counts as hw*.py.",)),
        (["HW3.py"], ["hw*.py"], ("HW3.py counts as hw*.py.",)),
        (["Homework.py"], (), ()),
    ],
)
def test_a_name_in_other_capitals_counts_with_a_remark(
    tmp_path: Path, names: list[str], files: list[str], remarks: tuple[str, ...]
) -> None:
    (tmp_path / "ann").mkdir()
    for name in names:
        (tmp_path / name).write_text("")
    found = {each.name: each for each in find_submissions(tmp_path, files)[0]}
    each = found[names[0].partition("/")[0]]
    assert each.path == tmp_path / names[0]
    assert each.remarks == remarks


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere", "nowhere does not exist"),
        ("file.py", "is a file; give the folder"),
        ("empty", "has no submission in it"),
    ],
)
def test_no_submissions(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file.py").write_text("")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match=words):
        find_submissions(tmp_path / name)


def test_a_link_to_nothing_is_a_submission_with_a_problem(tmp_path: Path) -> None:
    (tmp_path / "late.py").symlink_to(tmp_path / "gone.py")
    handed_in, _ = find_submissions(tmp_path)
    assert handed_in == [HandedIn("late.py", None, "late.py is a link to a file that is gone")]


def test_a_folder_of_several_submissions_is_not_one(tmp_path: Path) -> None:
    for name in ("ann/homework.py", "ben/homework.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("")
    for files in ((), ("homework.py",)):
        with pytest.raises(BadInput, match="holds 2 submissions; give the folder with one"):
            one_submission(tmp_path, files)
    (tmp_path / "homework.py").write_text("")
    assert one_submission(tmp_path).path == tmp_path / "homework.py"


def test_a_student_may_hand_in_folders(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "homework.py").write_text("")
    (tmp_path / "data").mkdir()
    assert one_submission(tmp_path, ("homework.py",)).path == tmp_path / "code" / "homework.py"
    assert one_submission(tmp_path).path == tmp_path / "code" / "homework.py"
