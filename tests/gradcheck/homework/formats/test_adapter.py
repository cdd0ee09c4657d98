"""Code that only an adapter can read: every submission of the corpus that needs one."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from nets.errors import BadInput
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("in_this_process")

CORPUS = ROOT / "tests" / "gradcheck" / "homework" / "corpus"
ENTRIES = [
    each
    for each in tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["submission"]
    if each["format"] == 9
]
HOMEWORK = """
class Strange:
    def __init__(self):
        self.mass = 2.0

    def push(self, x):
        return self.mass * x**2
"""
ADAPTER = """
import numpy as np


def build(module, sizes):
    own = module.Strange()

    def cost(arrays):
        own.mass = float(arrays["mass"])
        return own.push(3.0)

    return {"arrays": {"mass": 2.0}, "cost": cost, "gradients": lambda arrays: {"mass": 9.0}}
"""


def check(path: Path, entry: dict[str, Any]) -> SubmissionReport:
    adapter = CORPUS / "adapters" / f"{entry['name']}.py"
    sizes = tuple(map(int, entry["sizes"].split(",")))
    return check_submission(Submission(path, entry["object"], sizes, adapter=adapter))


def test_each_submission_has_an_adapter() -> None:
    assert len(ENTRIES) == 7
    assert {each["name"] for each in ENTRIES} == {
        path.stem for path in (CORPUS / "adapters").glob("*.py")
    }


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["name"]))
def test_right_and_wrong_ones_are_told_apart(entry: dict[str, Any], tmp_path: Path) -> None:
    right = CORPUS / "right" / entry["file"]
    found = check(right, entry)
    assert found.word == "agree", (found.failure, found.traceback)
    assert found.format == "whatever an adapter reads"
    text = right.read_text("utf-8")
    for number, wrong in enumerate(entry["wrong"]):
        path = tmp_path / f"wrong_{number}.py"
        path.write_text(text.replace(wrong["replace"], wrong["with"]), "utf-8")
        assert check(path, entry).word == "disagree", wrong["name"]


def written(folder: Path, adapter: str = ADAPTER) -> Submission:
    (folder / "homework.py").write_text(HOMEWORK, "utf-8")
    (folder / "adapter.py").write_text(adapter, "utf-8")
    return Submission(folder / "homework.py", None, adapter=folder / "adapter.py")


def test_an_adapter_alone_decides_what_is_read(tmp_path: Path) -> None:
    found = check_submission(written(tmp_path))
    assert found.word == "agree"
    assert "adapter.py says which arrays, cost and gradients belong together" in (
        found.findings[0].text
    )
    wrong = written(tmp_path, ADAPTER.replace("9.0", "8.0"))
    assert check_submission(wrong).word == "disagree"


@pytest.mark.parametrize(
    ("adapter", "words"),
    [
        ("def biuld(module, sizes): ...", "no function build; its functions are: biuld"),
        ("def build(net): ...", "build in adapter.py takes (net)"),
        ("def build(module, sizes): ...", "returned an object of type NoneType"),
        ("def build(module, sizes:", "running adapter.py raised SyntaxError"),
        (ADAPTER.replace("Strange", "Foreign"), "has no attribute 'Foreign'"),
        (ADAPTER.replace('{"mass": 9.0}', "{}"), "no gradient was given for 'mass'"),
    ],
)
def test_an_adapter_that_does_not_work_is_told(tmp_path: Path, adapter: str, words: str) -> None:
    found = check_submission(written(tmp_path, adapter))
    assert found.word == "failed"
    assert words in found.failure


def test_lines_of_the_adapter_are_shown(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    submission = written(tmp_path)
    adapter = tmp_path / "elsewhere" / "mine.py"
    adapter.write_text(ADAPTER.replace("3.0", "None"), "utf-8")
    found = check_submission(Submission(submission.path, None, adapter=adapter))
    assert 'mine.py", line 10' in found.traceback
    assert 'homework.py", line 7' in found.traceback
    assert str(tmp_path) not in found.traceback


def test_a_name_that_is_not_in_the_file_is_told(tmp_path: Path) -> None:
    given = written(tmp_path)
    found = check_submission(Submission(given.path, "Strnge", adapter=given.adapter))
    assert found.is_unread
    assert "did you mean Strange?" in found.failure


def test_an_adapter_that_does_not_exist_is_told(tmp_path: Path) -> None:
    given = written(tmp_path)
    with pytest.raises(BadInput, match=r"nowhere.py does not exist; give .* such as adapter.py"):
        check_submission(Submission(given.path, None, adapter=tmp_path / "nowhere.py"))
