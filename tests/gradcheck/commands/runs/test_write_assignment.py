"""A new assignment file is written, and no file is written over."""

from pathlib import Path

import pytest

from gradcheck.commands.runs.write_assignment import write_assignment
from gradcheck.homework.grading.assignment import read_assignment
from nets.errors import BadInput


def test_the_new_file_can_be_used_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hw.toml"
    assert write_assignment(path) == 0
    assert capsys.readouterr().out == (
        f"{path} is written. Change it, and then: gradcheck grade FOLDER --assignment {path}\n"
    )
    assert len(read_assignment(path).task.parts) == 1


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "hw.toml"
    path.write_text("mine")
    with pytest.raises(BadInput, match=r"hw\.toml exists; give the name of a new file"):
        write_assignment(path)
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"hw\.toml cannot be written"):
        write_assignment(tmp_path / "no" / "hw.toml")
