"""The process has this gradcheck in it, and no other."""

from pathlib import Path

import pytest

from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.student_process import StudentProcess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from tests.gradcheck.homework.students import submission

FAKE = "raise RuntimeError('another gradcheck')\n"


@pytest.fixture
def another_gradcheck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with another gradcheck and another nets, first on Python's path."""
    for name in ("gradcheck", "nets"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(FAKE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def test_another_gradcheck_is_not_imported(another_gradcheck: Path) -> None:
    with StudentProcess(another_gradcheck, Limits()) as process:
        assert process.output == ""


def test_the_environment_is_the_same_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.setenv("KEPT", "as it is")
    (tmp_path / "homework.py").write_text(
        "import os\nprint([os.environ[n] for n in ('OMP_NUM_THREADS', 'MPLBACKEND', 'KEPT')])\n"
    )
    asked = submission(tmp_path / "homework.py", "Network")
    with SubmissionProcesses(asked) as processes, pytest.raises(StudentError, match="no class"):
        processes.open()
    (printed,) = processes.printed()
    assert "['1', 'Agg', 'as it is']" in printed.text


def test_python_runs_in_the_folder_without_it_on_the_path(tmp_path: Path) -> None:
    """A student's file named like a module of Python's own must not replace it."""
    (tmp_path / "queue.py").write_text(FAKE)
    with StudentProcess(tmp_path, Limits()) as process:
        assert process.output == ""
