"""What a check is asked to do."""

from pathlib import Path

import pytest

from gradcheck.homework.submission import expect_file
from nets.errors import BadInput
from tests.gradcheck.homework.students import submission


def test_a_file_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    with pytest.raises(BadInput, match=r"homework\.py does not exist; give a Python file"):
        expect_file(path)
    with pytest.raises(BadInput, match="is a folder; give a Python file"):
        expect_file(tmp_path)
    path.touch()
    expect_file(path)


def test_the_examples_are_counted(tmp_path: Path) -> None:
    assert submission(tmp_path, "Network", (3, 2), batch=7).batch_size == 7
