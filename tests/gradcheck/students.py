"""Submissions written for the purpose, and a child that is none, to check many of them quickly."""

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

from gradcheck.homework.check_submission import Submission, SubmissionReport, check_submission
from gradcheck.homework.process import Limits
from gradcheck.homework.session import Session
from gradcheck.homework.source import StudentError
from tests.conftest import ROOT

__all__ = ["FOLDER", "Checked", "ChildHere", "submission"]

FOLDER = ROOT / "tests" / "gradcheck" / "submissions"
SIZES = (6, 4, 4, 3)

Checked = Callable[..., SubmissionReport]


class ChildHere:
    """Answers as a child process does, within this one."""

    output = ""
    output_size = 0
    costs = 0

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._session = Session(io.BytesIO())
        self._folder = str(folder)
        self._answer: dict[str, Any] = {}

    def send(self, message: dict[str, Any]) -> None:
        # Through JSON, as the real messages go.
        self._answer = json.loads(json.dumps(self._session.answer(json.loads(json.dumps(message)))))

    def receive(self, tick: Callable[[], None] = lambda: None) -> dict[str, Any]:
        tick()
        if "failed" in self._answer:
            raise StudentError(self._answer["failed"], self._answer["traceback"])
        return self._answer

    def __enter__(self) -> "ChildHere":
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


def submission(path: Path, class_name: str, sizes: tuple[int, ...] = SIZES, **given: Any) -> Any:
    """A class in a file, with dense inputs and one-hot targets."""
    batch = given.pop("batch", 5)
    generator = np.random.default_rng(3)
    inputs = generator.random((sizes[0], batch))
    targets = np.eye(sizes[-1])[:, generator.integers(0, sizes[-1], batch)]
    return Submission(path, class_name, sizes, inputs, targets, **given)


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """A copy of the submissions, for those that do things to their files."""
    folder = tmp_path / "submissions"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Children that are none; what they change in this process is put back."""
    monkeypatch.setattr("gradcheck.homework.check_submission.Child", ChildHere)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "argv", list(sys.argv))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    drawn, drawn_by_numpy = random.getstate(), np.random.get_state()  # noqa: NPY002
    yield
    random.setstate(drawn)
    np.random.set_state(drawn_by_numpy)  # noqa: NPY002


@pytest.fixture
def checked(in_this_process: None) -> Checked:
    """Check a class of the submissions, such as ``book.py:Network``."""

    def check(name: str, sizes: tuple[int, ...] = SIZES, **given: Any) -> SubmissionReport:
        file, _, class_name = name.partition(":")
        options = {k: given.pop(k) for k in ("scheme", "sample", "announce") if k in given}
        return check_submission(submission(FOLDER / file, class_name, sizes, **given), **options)

    return check
