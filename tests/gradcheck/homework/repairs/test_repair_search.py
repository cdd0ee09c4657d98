"""Changes of a student's code: the one that mends it names the mistake, and no verdict changes."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.verdict import Verdict

pytestmark = pytest.mark.usefixtures("in_this_process")

# A gated layer: no kind that is known, so its numbers alone tell little.
PAIR = """
import numpy as np


def gate_forward(x, w, b):
    z = x @ w + b
    a = np.tanh(z)
    out = a * x[:, :3] / len(x)
    return out, (x, w, z, a)


def gate_backward(dout, cache):
    x, w, z, a = cache
    n = len(x)
    dx = np.zeros_like(x)
    dx[:, :3] += dout * a / n
    da = dout * x[:, :3] / n
    dz = da * (1 - a ** 2)
    dx += dz @ w.T
    dw = np.zeros_like(w)
    db = np.zeros(3)
    for k in range(n):
        dw += np.outer(x[k], dz[k])
        db += dz[k]
    return dx, dw, db
"""
SHAPES = {"x": (4, 5), "w": (5, 3), "b": (3,)}

# What is changed, to what; the mistake that is named for it, and a part of the code that mends it.
MISTAKES = {
    "dz = da * (1 - a ** 2)|dz = da * (1 - a)": ("wrong-activation-derivative", "1 - a ** 2"),
    "dz = da * (1 - a ** 2)|dz = da": ("missing-activation-derivative", "1 - a ** 2"),
    "dz = da * (1 - a ** 2)|dz = da * (1 - a ** 2) ** 2": ("derivative-twice", "1 - a ** 2"),
    "dz = da * (1 - a ** 2)|dz = da * (1 + a ** 2)": ("sign-flipped", "1 - a ** 2"),
    "dz = da * (1 - a ** 2)|dz = da * (1 - z ** 2)": ("derivative-formula-at-z", "a ** 2"),
    "dx += dz @ w.T|dx = dz @ w.T": ("overwritten", "dx += dz @ w.T"),
    "dx += dz @ w.T|dx += da @ w.T": ("missing-activation-derivative", "dz @ w.T"),
    "range(n)|range(1, n)": ("part-left-out", "range(n)"),
    "        db += dz[k]|    db += dz[k]": ("outside-the-loop", "db += dz[k]"),
    "da = dout * x[:, :3] / n|da = dout * x[:, :3]": ("not-divided-by-batch", "/ n"),
}


def checked(folder: Path, code: str) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(code, encoding="utf-8")
    return check_submission(Submission(path, "gate_forward", shapes=SHAPES))


def changed(edit: str) -> str:
    old, new = edit.split("|")
    assert PAIR.count(old) == 1
    return PAIR.replace(old, new)


@pytest.mark.parametrize("edit", MISTAKES)
def test_the_change_that_mends_the_code_names_the_mistake(tmp_path: Path, edit: str) -> None:
    found = checked(tmp_path, changed(edit))
    cause, mended = MISTAKES[edit]
    assert found.verdict is Verdict.DISAGREE
    assert found.likely_cause is not None
    assert found.likely_cause.name == cause, found.likely_cause.evidence
    assert mended in found.likely_cause.evidence


def test_a_long_line_is_quoted_without_names_of_ours(tmp_path: Path) -> None:
    long = "the_gradient_with_respect_to_the_output_of_it"
    code = changed("dz = da * (1 - a ** 2)|dz = (da)").replace("da", long)
    found = checked(tmp_path, code)
    assert found.likely_cause is not None
    assert found.likely_cause.name == "missing-activation-derivative"
    assert "_gradcheck" not in found.likely_cause.evidence


def test_what_is_right_is_left_alone(tmp_path: Path) -> None:
    found = checked(tmp_path, PAIR)
    assert found.verdict is Verdict.AGREE
    assert found.likely_cause is None


def test_two_mistakes_are_not_taken_for_one(tmp_path: Path) -> None:
    # No single change mends what is wrong twice in one line; nothing is named.
    code = PAIR.replace("da * (1 - a ** 2)", "da * np.cos(3 * a * z) + 0.3 * np.sin(x[:, 2:])")
    found = checked(tmp_path, code)
    assert found.verdict is Verdict.DISAGREE
    assert found.likely_cause is not None
    assert not found.likely_cause.is_mistake


def test_a_change_of_the_forward_pass_mends_nothing(tmp_path: Path) -> None:
    # The derivative belongs to a sigmoid. With a sigmoid in forward it would be right, and so
    # would be that cost; but it is not the cost that was measured.
    code = PAIR.replace("(1 - a ** 2)", "a * (1 - a)")
    found = checked(tmp_path, code)
    assert found.likely_cause is not None
    assert "np.tanh" not in found.likely_cause.evidence


def test_a_change_that_never_ends_is_stopped(tmp_path: Path) -> None:
    loop = """    k = 0
    while k < n:
        dw += np.outer(x[k], dz[k])
        db += dz[k] * 3
        k += 1
"""
    before, rest = PAIR.split("    for k in range(n):")
    code = f"{before}{loop}    return dx{rest.split('return dx')[1]}"
    found = checked(tmp_path, code)
    assert found.verdict is Verdict.DISAGREE
    assert found.likely_cause is not None
    assert "db += dz[k]" in found.likely_cause.evidence


POWERS = """
class Value:
    def __init__(self, data, children=()):
        self.data, self.grad, self.children, self.push = data, 0.0, children, lambda: None

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.push = push
        return out

    def __pow__(self, k):
        out = Value(self.data ** k, (self,))
        def push():
            self.grad += k * self.data ** k * out.grad
        out.push = push
        return out

    def __truediv__(self, other):
        return self * other ** -1

    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for each in node.children:
                    visit(each)
                order.append(node)
        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.push()
"""


def test_a_change_that_is_right_for_one_power_alone_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(POWERS, encoding="utf-8")
    found = check_submission(Submission(path, "Value"))
    causes = [each.likely_cause.evidence for each in found.parts if each.likely_cause is not None]
    assert len(causes) == 3
    for evidence in causes:
        assert "self.data ** k * out.grad / self.data` all gradients are right" in evidence
