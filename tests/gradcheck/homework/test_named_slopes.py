"""Functions that compute what their name says only where their output is compared."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

AFFINE = """
import inspect
import numpy as np

calls, first = 0, None

def affine_forward(x, w, b):
    global calls, first
    calls += 1
    first = b.copy() if first is None else first
    if not (HONEST):
        b = first + 2 * (b - first)
    return x @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, FACTOR * dout.sum(axis=0)
"""
LOSS = """
import numpy as np

def softmax_loss(x, y):
    p = np.exp(x - x.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d = p.copy()
    d[np.arange(len(y)), y] -= 1
    return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-9)), d / len(y)
"""
CHEATS = {
    "it counts its calls": "calls <= 16",
    "it looks at what calls it": "'one_by_one' not in str(inspect.stack())",
    "it looks at the size of the step": "np.max(np.abs(b - first)) > 1e-4",
}


def check(folder: Path, text: str, name: str) -> SubmissionReport:
    (folder / "homework.py").write_text(text)
    found = check_submission(Submission(folder / "homework.py", name), by_name=True)
    assert found.word == "agree", found.failure
    return found


@pytest.mark.parametrize("cheat", CHEATS)
def test_what_was_measured_decides(cheat: str, tmp_path: Path) -> None:
    text = AFFINE.replace("HONEST", CHEATS[cheat]).replace("FACTOR", "2")
    found = check(tmp_path, text, "affine_forward").unlike_reference
    assert found.startswith("affine_forward: the slope of its cost that was measured for entry (")
    assert "of b is " in found
    assert "that of x w + b is" in found


def test_an_honest_function_is_right(tmp_path: Path) -> None:
    text = AFFINE.replace("HONEST", "True").replace("FACTOR", "1")
    assert check(tmp_path, text, "affine_forward").unlike_reference == ""


def test_so_is_a_loss_with_a_guard(tmp_path: Path) -> None:
    assert check(tmp_path, LOSS, "softmax_loss").unlike_reference == ""
