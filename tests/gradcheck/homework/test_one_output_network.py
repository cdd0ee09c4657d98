"""Networks that are right with one output, and were checked with several."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

pytestmark = pytest.mark.usefixtures("in_this_process")

TWO_CLASSES = """
import numpy as np


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = 0.5 * np.random.randn(n_in, n_hidden), np.zeros((1, n_hidden))
        self.W2, self.b2 = 0.5 * np.random.randn(n_hidden, n_out), np.zeros((1, n_out))

    def forward(self, X):
        self.h = np.tanh(X @ self.W1 + self.b1)
        self.a = 1 / (1 + np.exp(-(self.h @ self.W2 + self.b2)))
        return self.a

    def loss(self, y, a):
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    def backward(self, X, y):
        delta = self.a - y
        self.dW2, self.db2 = self.h.T @ delta / len(X), delta.sum(axis=0, keepdims=True) / len(X)
        delta = delta @ self.W2.T * (1 - self.h**2)
        self.dW1, self.db1 = X.T @ delta / len(X), delta.sum(axis=0, keepdims=True) / len(X)
"""
SQUARES = TWO_CLASSES.replace(
    "-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))", "np.mean((y - a) ** 2)"
).replace("delta = self.a - y", "delta = 2 * (self.a - y) * self.a * (1 - self.a)")


def check(folder: Path, source: str, sizes: tuple[int, ...] | None = None) -> SubmissionReport:
    file = folder / "homework.py"
    file.write_text(source, encoding="utf-8")
    return check_submission(Submission(file, None, sizes), sample=10)


def test_a_cost_of_two_classes_has_one_output(tmp_path: Path) -> None:
    found = check(tmp_path, TWO_CLASSES)
    assert (found.word, found.left_out) == ("agree", ()), found.likely_cause
    assert "It was checked with one output. With 4 outputs" in found.findings[0].text


def test_sizes_that_were_given_are_kept(tmp_path: Path) -> None:
    found = check(tmp_path, TWO_CLASSES, (6, 5, 3))
    assert found.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "not-divided-by-outputs"


def test_of_another_cost_it_stays_open_how_many_outputs_are_meant(tmp_path: Path) -> None:
    assert check(tmp_path, SQUARES.replace("/ len(X)", "/ y.size")).word == "agree"
    found = check(tmp_path, SQUARES)
    assert found.word == "undecided"
    (left,) = found.left_out
    assert left.name == "Network with several outputs"


@pytest.mark.parametrize("source", [TWO_CLASSES, SQUARES])
def test_another_mistake_is_found_with_one_output(tmp_path: Path, source: str) -> None:
    wrong = source.replace("self.h.T @ delta / len(X)", "self.h.T @ delta")
    assert wrong != source
    found = check(tmp_path, wrong)
    assert found.word == "disagree"
    assert found.report is not None
    assert [each.name for each in found.report.arrays if each.counts["disagree"]] == ["W2"]


def test_one_array_that_is_not_divided_by_the_outputs_is_wrong(tmp_path: Path) -> None:
    right = SQUARES.replace("/ len(X)", "/ y.size")
    found = check(tmp_path, right.replace("self.h.T @ delta / y.size", "self.h.T @ delta / len(X)"))
    assert found.word == "disagree"
    assert found.sizes is not None
    assert found.sizes[-1] == 4


def test_of_a_file_with_several_costs_it_stays_open(tmp_path: Path) -> None:
    with_other = f"{TWO_CLASSES}\n\ndef mse(y, a):\n    return np.mean((y - a) ** 2)\n"
    assert check(tmp_path, with_other).word == "undecided"
