"""The folder for Gradescope works as it is, in folders laid out as Gradescope lays them out."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.gradcheck.homework.students import FOLDER

FILES = ROOT / "docs" / "gradescope"
BOOK = (FOLDER / "book.py").read_text("utf-8")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Gradescope runs on Linux")


@pytest.fixture
def autograder(tmp_path: Path) -> Path:
    """``/autograder`` with everything but a submission."""
    shutil.copytree(FILES, tmp_path / "source")
    # The seconds that a submission may take: on a busy machine it takes longer.
    assignment = tmp_path / "source" / "assignment.toml"
    text = assignment.read_text("utf-8")
    assert "\nseconds = 30\n" in text
    assignment.write_text(text.replace("\nseconds = 30\n", "\nseconds = 600\n"))
    shutil.copy(FILES / "run_autograder", tmp_path / "run_autograder")
    (tmp_path / "submission").mkdir()
    program = tmp_path / "gradcheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gradcheck.cli "$@"\n')
    program.chmod(0o755)
    return tmp_path


def results(autograder: Path) -> dict[str, Any]:
    """What ``results.json`` holds after the autograder has run."""
    subprocess.run(
        [autograder / "run_autograder"],
        env={
            **os.environ,
            "AUTOGRADER_ROOT": str(autograder),
            "GRADCHECK": str(autograder / "gradcheck"),
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
        },
        check=True,
        capture_output=True,
        cwd=autograder,
    )
    found: dict[str, Any] = json.loads((autograder / "results" / "results.json").read_text("utf-8"))
    return found


def test_a_right_and_a_wrong_submission(autograder: Path) -> None:
    (autograder / "submission" / "homework.py").write_text(BOOK)
    found = results(autograder)
    assert found["score"] == 10.0
    (test,) = found["tests"]
    assert (test["name"], test["max_score"], test["visibility"]) == ("Network", 10.0, "visible")
    (autograder / "submission" / "homework.py").write_text(
        BOOK.replace("output_activations - y", "y - output_activations")
    )
    found = results(autograder)
    assert found["score"] < 10.0
    assert "The sign is wrong" in found["tests"][0]["output"]
    assert sorted(each.name for each in (autograder / "submission").iterdir()) == ["homework.py"]


def test_a_submission_without_the_file_gets_a_result(autograder: Path) -> None:
    (autograder / "submission" / "readme.txt").write_text("sorry")
    found = results(autograder)
    assert found["score"] == 0.0
    assert "has no homework.py or homework.ipynb in it" in found["tests"][0]["output"]


def test_a_fault_of_the_autograder_is_shown_to_the_lecturer_only(autograder: Path) -> None:
    (autograder / "submission" / "homework.py").write_text(BOOK)
    (autograder / "source" / "assignment.toml").write_text("seconds = 'many'\n")
    found = results(autograder)
    (test,) = found["tests"]
    assert test["visibility"] == "hidden"
    assert "assignment.toml, line 1: seconds is 'many'" in test["output"]
    assert "seconds" not in found["output"]


def test_isolation_that_is_demanded_and_not_there_is_told(autograder: Path) -> None:
    (autograder / "submission" / "homework.py").write_text(BOOK)
    assignment = autograder / "source" / "assignment.toml"
    text = assignment.read_text("utf-8")
    assignment.write_text(text.replace("seconds = 600", "isolate = true\nseconds = 600"))
    program = autograder / "gradcheck"
    program.write_text(program.read_text("utf-8").replace("exec", "PATH=/nowhere exec"))
    found = results(autograder)
    assert found["output"].startswith(
        "This submission was not graded, so the 0 points are no grade"
    )
    assert "--isolate is not possible here" in found["tests"][0]["output"]
