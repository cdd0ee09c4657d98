"""A second look at a few examples: the mistakes that only single examples show."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import submission

pytestmark = pytest.mark.usefixtures("in_this_process")

# In place of the cost and of the last layer: softmax and the log-likelihood.
SOFTMAX = {
    "np.sum(np.cosh(self.feedforward(x) - y)) / x.shape[1]": (
        "np.mean(np.log(np.sum(np.exp(self.scores(x)), axis=0))"
        " - np.sum(self.scores(x) * y, axis=0))"
    ),
    "np.sinh(a[-1] - y) / m / (1 + zs[-1] ** 2)": (
        "(np.exp(zs[-1]) / np.sum(np.exp(zs[-1]), axis=0) - y) / m"
    ),
    "    def cost(": """    def scores(self, x):
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            x = np.arctan(w @ x + b)
        return self.weights[-1] @ x + self.biases[-1]

    def cost(""",
}
# Arctan is in none of our networks, and the cost is none of ours.
CODE = """
import numpy as np


class Network:
    def __init__(self, sizes):
        g = np.random.default_rng(1)
        self.weights = [g.standard_normal((n, m)) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [g.standard_normal((n, 1)) for n in sizes[1:]]

    def feedforward(self, x):
        for w, b in zip(self.weights, self.biases):
            x = np.arctan(w @ x + b)
        return x

    def cost(self, x, y):
        return np.sum(np.cosh(self.feedforward(x) - y)) / x.shape[1]

    def backprop(self, x, y):
        zs, a = [], [x]
        for w, b in zip(self.weights, self.biases):
            zs.append(w @ a[-1] + b)
            a.append(np.arctan(zs[-1]))
        m = x.shape[1]
        delta = np.sinh(a[-1] - y) / m / (1 + zs[-1] ** 2)
        dw, db = [], []
        for k in range(len(self.weights) - 1, -1, -1):
            dw.insert(0, delta @ a[k].T)
            db.insert(0, delta.sum(axis=1, keepdims=True))
            if k:
                delta = (self.weights[k].T @ delta) / (1 + zs[k - 1] ** 2)
        return dw, db
"""
SIZES = (6, 5, 4, 3)
HIDDEN = "delta = (self.weights[k].T @ delta) / (1 + zs[k - 1] ** 2)"
MISTAKES = {
    "no derivative": (HIDDEN, "delta = self.weights[k].T @ delta", "missing-activation-derivative"),
    "twice": (HIDDEN, HIDDEN + " ** 2", "derivative-twice"),
    "no square": (
        HIDDEN,
        "delta = (self.weights[k].T @ delta) / (1 + np.abs(zs[k - 1]))",
        "wrong-activation-derivative",
    ),
    "none at the end": (" / m / (1 + zs[-1] ** 2)", " / m", "missing-activation-derivative"),
    "first example lost": ("delta @ a[k].T", "delta[:, 1:] @ a[k][:, 1:].T", "example-lost"),
    "every third example": (
        "delta @ a[k].T",
        "delta[:, ::3] @ a[k][:, ::3].T",
        "examples-left-out",
    ),
    "last example only": (
        "delta @ a[k].T",
        "delta[:, -1:] @ a[k][:, -1:].T",
        "weights-last-example-only",
    ),
    # Negative controls: these have no name.
    "other weights": (HIDDEN, HIDDEN.replace("weights[k].T", "weights[k][::-1].T"), None),
    "noise at the end": (
        "np.sinh(a[-1] - y) / m",
        "np.sin(9 * np.arange(3.0)[:, None] + zs[-1]) / m",
        None,
    ),
}


@pytest.fixture(autouse=True)
def no_changes_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look alone: what it does not name, a change of the code may name after it."""
    monkeypatch.setattr("gradcheck.homework.explanation.mending_change", lambda *_: None)


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str], SubmissionReport]:
    """Check a class, in a file of its own."""

    def check(code: str) -> SubmissionReport:
        path = tmp_path / "homework.py"
        path.write_text(code, encoding="utf-8")
        return check_submission(submission(path, "Network", SIZES))

    return check


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_that_single_examples_show(
    checked: Callable[[str], SubmissionReport], name: str
) -> None:
    before, after, cause = MISTAKES[name]
    assert CODE.count(before) == 1
    found = checked(CODE.replace(before, after))
    assert found.word == "disagree"
    likely = found.likely_cause
    assert likely is not None
    if cause is None:
        assert not likely.is_mistake, likely
    else:
        assert (likely.name, likely.is_mistake) == (cause, True), likely


def test_what_is_right_is_not_looked_at_again(
    checked: Callable[[str], SubmissionReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradcheck.homework.explanation.second_look", lambda *_: 1 / 0)
    assert checked(CODE).word == "agree"


def test_code_that_fails_with_fewer_examples_is_still_reported(
    checked: Callable[[str], SubmissionReport],
) -> None:
    code = CODE.replace("m = x.shape[1]\n", "m = x.shape[1]\n        assert m == 5\n", 1)
    found = checked(code.replace(*MISTAKES["no derivative"][:2]))
    assert found.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "passing-back"


@pytest.mark.parametrize(
    ("used", "cause"),
    [
        ("- y)", None),
        ("- y * (np.arange(m) != 1))", "targets-left-out"),
        ("- y * (np.arange(m) < 2))", "targets-left-out"),
        ("- 0 * y)", "targets-left-out"),
        ("- y * (np.arange(m) * 0.37))", "no mistake that is known"),
    ],
)
def test_targets_that_are_left_out(
    checked: Callable[[str], SubmissionReport], used: str, cause: str | None
) -> None:
    code = CODE
    for before, after in SOFTMAX.items():
        code = code.replace(before, after)
    found = checked(code.replace("- y)", used))
    likely = found.likely_cause
    if cause is None:
        assert found.word == "agree"
        return
    assert likely is not None
    assert likely.is_mistake is (cause == "targets-left-out")
    assert not likely.is_mistake or likely.name == cause
