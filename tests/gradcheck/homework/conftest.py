"""A process that is none, to check many submissions quickly, and copies of the submissions."""

import io
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.session import Session
from gradcheck.homework.process.workplace import Workplace
from gradcheck.homework.student_code import StudentError, Unread
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER, SIZES, submission

__all__ = ["ProcessHere"]


class ProcessHere:
    """Answers as another process does, within this one."""

    output = ""
    output_size = 0
    costs = 0
    left = 0
    deeds = ()

    def __init__(self, folder: Path, limits: Limits, workplace: Workplace | None = None) -> None:
        self._session = Session(io.BytesIO())
        self._folder = str(folder)
        self._answer: dict[str, Any] = {}

    def send(self, question: dict[str, Any]) -> None:
        # Through JSON, as the real messages go.
        answer = self._session.answer(json.loads(json.dumps(question)))
        self._answer = json.loads(json.dumps(answer))

    def receive(self, tick: Callable[[], None] = lambda: None) -> dict[str, Any]:
        tick()
        if "failed" in self._answer:
            kind = Unread if self._answer.get("unread") else StudentError
            raise kind(self._answer["failed"], self._answer["traceback"])
        return self._answer

    def __enter__(self) -> "ProcessHere":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(self._folder):
                del sys.modules[name]
        while self._folder in sys.path:
            sys.path.remove(self._folder)


@pytest.fixture(autouse=True)
def time_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for a cause may take as long as on a machine that is thirty times as slow.

    It is as large as its time allows. So a busy machine would find fewer causes.
    """
    monkeypatch.setattr("gradcheck.homework.second_look.LOOK_SECONDS", 30.0)
    monkeypatch.setattr("gradcheck.homework.repair_look.LOOK_SECONDS", 240.0)


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """A copy of the submissions, for those that do things to their files."""
    folder = tmp_path / "submissions"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No other process is started; what a submission changes in this one is put back."""
    monkeypatch.setattr("gradcheck.homework.submission_processes.StudentProcess", ProcessHere)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "argv", list(sys.argv))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    drawn, drawn_by_numpy = random.getstate(), np.random.get_state()  # noqa: NPY002
    modules = set(sys.modules)
    yield
    for name in set(sys.modules) - modules:
        if name.startswith("submission_"):
            del sys.modules[name]
    random.setstate(drawn)
    np.random.set_state(drawn_by_numpy)  # noqa: NPY002


@pytest.fixture
def checked(in_this_process: None) -> Callable[..., SubmissionReport]:
    """Check a class of the submissions, such as ``book.py:Network``."""

    def check(name: str, sizes: tuple[int, ...] = SIZES, **given: Any) -> SubmissionReport:
        file, _, class_name = name.partition(":")
        options = {
            k: given.pop(k) for k in ("scheme", "sample", "announce", "strict") if k in given
        }
        return check_submission(submission(FOLDER / file, class_name, sizes, **given), **options)

    return check
