"""Files that are written whole or not at all."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcheck.show.files import expect_writable, write_whole
from nets.errors import BadInput

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")


def test_a_file_is_there_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    seen: list[Path] = []

    def write(unfinished: Path) -> None:
        seen.append(unfinished)
        unfinished.write_text("first", encoding="utf-8")
        assert not path.exists()
        unfinished.write_text("whole", encoding="utf-8")

    write_whole(path, write)
    assert path.read_text(encoding="utf-8") == "whole"
    assert list(tmp_path.iterdir()) == [path]
    (unfinished,) = seen
    assert (unfinished.parent, unfinished.suffix) == (tmp_path, ".csv")


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old and longer", encoding="utf-8")
    write_whole(path, lambda file: file.write_text("new", encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(28, "No space left on device"), BadInput),
        (RuntimeError("a mistake of the writer"), RuntimeError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: BaseException, raised: type[BaseException]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")

    def write(unfinished: Path) -> None:
        unfinished.write_text("half", encoding="utf-8")
        raise error

    with pytest.raises(raised):
        write_whole(path, write)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_system_s_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"table\.csv cannot be written: No such file"):
        write_whole(tmp_path / "missing" / "table.csv", lambda file: file.touch())


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@POSIX
@pytest.mark.usefixtures("umask")
def test_its_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    ordinary, whole = tmp_path / "ordinary", tmp_path / "whole"
    ordinary.touch()
    write_whole(whole, lambda file: file.write_text("all", encoding="utf-8"))
    permissions = [stat.S_IMODE(path.stat().st_mode) for path in (ordinary, whole)]
    assert permissions == [0o640, 0o640]
    assert os.umask(0o027) == 0o027  # as it was


def test_a_file_that_can_be_written_is_accepted(tmp_path: Path) -> None:
    expect_writable(tmp_path / "new.csv")
    old = tmp_path / "old.csv"
    old.touch()
    expect_writable(old)
    assert list(tmp_path.iterdir()) == [old]  # nothing was written to find out


@pytest.mark.parametrize(
    "name", ["missing/table.csv", "folder", "x" * 5000 + "/table.csv", "x" * 300]
)
def test_a_file_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match="cannot be written; give a file in a folder that you can"):
        expect_writable(tmp_path / name)


def test_a_folder_that_may_not_be_written_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)
    with pytest.raises(BadInput, match="cannot be written"):
        expect_writable(tmp_path / "table.csv")


def test_a_folder_in_which_the_system_makes_no_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with /proc, for a user who may do everything."""

    def refuse(**_: object) -> None:
        raise OSError(2, "No such file or directory")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(BadInput, match="cannot be written"):
        expect_writable(tmp_path / "table.csv")
