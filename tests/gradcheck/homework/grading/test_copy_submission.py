"""A copy of a submission, and what its code did to it."""

import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from gradcheck.homework.grading import copy_submission as copying
from gradcheck.homework.grading.copy_submission import Copied, copy_submission, remove_folder
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.process.workplace import Workplace
from gradcheck.homework.student_code import StudentError

CODE = "class Network: ...\n"
of_unix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def copied(each: HandedIn, root: Path, files: Sequence[str] = (), *provided: Path) -> Copied:
    return copy_submission(each, Workplace(root / "copy"), files, provided)


def in_folder(root: Path, **files: str) -> HandedIn:
    """A folder with these files, named without their endings; ``homework.py`` is the homework."""
    folder = root / "ann"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return HandedIn("ann", folder / "homework.py", folder=folder)


def test_a_file_is_copied_alone(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(CODE)
    (tmp_path / "other.py").write_text(CODE)
    found = copied(HandedIn("net.py", tmp_path / "net.py"), tmp_path)
    assert found.path == tmp_path / "copy" / "homework" / "net.py"
    assert found.path.read_text() == CODE
    assert [each.name for each in found.path.parent.iterdir()] == ["net.py"]
    assert found.remarks == ()


def test_a_folder_is_copied_with_the_files_of_the_lecturer(tmp_path: Path) -> None:
    ours = tmp_path / "ours.py"
    ours.write_text("# the lecturer's")
    found = copied(in_folder(tmp_path, homework=CODE, more="x", ours="forged"), tmp_path, (), ours)
    folder = found.path.parent
    assert sorted(each.name for each in folder.iterdir()) == ["homework.py", "more.py", "ours.py"]
    assert (folder / "ours.py").read_text() == "# the lecturer's"


def test_the_homework_in_an_archive_may_lie_in_a_folder(tmp_path: Path) -> None:
    for name, inside in (("a.zip", "ann/homework.py"), ("b.zip", "notes.txt")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, CODE)
    found = copied(HandedIn("a.zip", tmp_path / "a.zip"), tmp_path)
    assert found.path == tmp_path / "copy" / "homework" / "ann" / "homework.py"
    with pytest.raises(StudentError) as error:
        copied(HandedIn("b.zip", tmp_path / "b.zip"), tmp_path / "second")
    assert error.value.line == "b.zip has no homework.py in it"


@of_unix
def test_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    each = in_folder(tmp_path, homework=CODE)
    (tmp_path / "secret.py").write_text("secret")
    assert each.folder is not None
    (each.folder / "data.py").symlink_to(tmp_path / "secret.py")
    (each.folder / "again").symlink_to(each.folder)
    (each.folder / "one").symlink_to("other")
    (each.folder / "other").symlink_to("one")
    found = copied(each, tmp_path)
    assert found.remarks == (
        "Left out, since they lead out of the folder or are no files: again, data.py, one and 1 "
        "more.",
    )
    assert [file.name for file in found.path.parent.iterdir()] == ["homework.py"]


def test_a_large_file_and_a_large_folder_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "large.py").open("wb") as stream:
        stream.truncate(60_000_000)
    with pytest.raises(StudentError) as error:
        copied(HandedIn("large.py", tmp_path / "large.py"), tmp_path)
    assert error.value.line == (
        "large.py has 60 MB; at most 5 MB are read. Hand in the code without data"
    )
    (tmp_path / "large.py").rename(tmp_path / "large.ipynb")  # pictures make notebooks large
    assert copied(HandedIn("large", tmp_path / "large.ipynb"), tmp_path / "b").remarks == ()
    monkeypatch.setattr(copying, "MOST_FILES", 1)
    with pytest.raises(StudentError) as error:
        copied(in_folder(tmp_path, homework=CODE, more=""), tmp_path / "c")
    assert error.value.line == (
        "ann holds more than 256 MB or 1 files; hand in the code without data"
    )


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudentError) as error:
        copied(HandedIn("gone.py", tmp_path / "gone.py"), tmp_path)
    assert error.value.line == "gone.py is gone: it was there when the grading began"


def test_what_the_code_did_to_its_files_is_told(tmp_path: Path) -> None:
    found = copied(in_folder(tmp_path, homework=CODE, more="", data="1"), tmp_path)
    assert found.changes() == []
    folder = found.path.parent
    (folder / "a.txt").write_text("1")
    (folder / "more.py").write_text("changed")
    (folder / "data.py").unlink()
    (found.workplace.home / "left").touch()
    assert found.changes() == [
        "It wrote 2 files: a.txt, home/left.",
        "It changed 1 file: more.py.",
        "It deleted 1 file: data.py.",
    ]


@of_unix
def test_a_folder_that_cannot_be_written_to_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "copy" / "deep"
    folder.mkdir(parents=True)
    (folder / "file").touch()
    folder.chmod(0)
    remove_folder(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    remove_folder(tmp_path / "copy")  # that it is gone is no error
