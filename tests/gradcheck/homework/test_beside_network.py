"""Mistakes beside a right network are found, and right pieces are never accused."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

pytestmark = pytest.mark.usefixtures("in_this_process")

SOURCE = """
import numpy as np


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out**2)


class Relu:
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def backward(self, grad):
        return grad * self.on


def centred(h):
    return h - h.mean(axis=0)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, use_batchnorm=False):
        self.params = {
            "W1": np.random.randn(input_size, hidden_size),
            "W2": np.random.randn(hidden_size, output_size),
        }
        self.use_batchnorm = use_batchnorm

    def loss(self, x, y):
        relu = Relu()
        h = x @ self.params["W1"]
        a = relu.forward(centred(h) if self.use_batchnorm else h)
        diff = a @ self.params["W2"] - y
        d = diff / len(x)
        dh = relu.backward(d @ self.params["W2"].T)
        if self.use_batchnorm:
            dh = centred(dh)
        grads = {"W1": x.T @ dh, "W2": a.T @ d}
        return 0.5 * np.sum(diff**2) / len(x), grads
"""


def check(folder: Path, source: str, name: str | None = None) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(source, encoding="utf-8")
    return check_submission(Submission(path, name))


def test_right_pieces_are_named_and_add_no_part(tmp_path: Path) -> None:
    found = check(tmp_path, SOURCE)
    assert found.word == "agree"
    assert [part.name for part in found.parts] == ["TwoLayerNet"]
    texts = " ".join(each.text for each in found.findings)
    assert "TwoLayerNet(use_batchnorm=True), Tanh" in texts


@pytest.mark.parametrize(
    ("right", "wrong", "part"),
    [
        ("(1 - self.out**2)", "(1 - self.out)", "Tanh"),
        ("dh = centred(dh)", "pass", "TwoLayerNet(use_batchnorm=True)"),
    ],
)
def test_a_mistake_that_the_network_does_not_reach_is_a_part(
    tmp_path: Path, right: str, wrong: str, part: str
) -> None:
    source = SOURCE.replace(right, wrong)
    found = check(tmp_path, source)
    assert [(each.name, each.verdict.word) for each in found.parts] == [
        ("TwoLayerNet", "agree"),
        (part, "disagree"),
    ]
    assert found.word == "disagree"
    assert check(tmp_path, source, "TwoLayerNet").word == "agree"  # only this was asked for


def test_a_backward_that_leaves_its_derivative_to_the_cost_is_not_accused(tmp_path: Path) -> None:
    found = check(tmp_path, SOURCE.replace("grad * (1 - self.out**2)", "grad"))
    assert found.word == "agree"
    assert "Tanh was not checked by itself" in " ".join(each.text for each in found.findings)


def test_a_cost_as_for_new_examples_does_not_accuse_an_option(tmp_path: Path) -> None:
    source = SOURCE.replace("def loss(self, x, y):", "def gradient(self, x, y):").replace(
        "return 0.5 * np.sum(diff**2) / len(x), grads",
        "return grads\n\n    def loss(self, x, y):\n"
        "        a = Relu().forward(x @ self.params['W1'])\n"
        "        return 0.5 * np.sum((a @ self.params['W2'] - y) ** 2) / len(x)",
    )
    found = check(tmp_path, source)
    assert found.word == "agree", found.failure
    assert len(found.parts) == 1


CHOICES = """
import numpy as np


class MLP:
    def __init__(self, n_in, n_hidden, n_out, act="tanh", loss="squares"):
        self.W1, self.W2 = np.random.randn(n_in, n_hidden), np.random.randn(n_hidden, n_out)
        self.act, self.kind = act, loss

    def loss(self, x, y):
        z = x @ self.W1
        if self.act == "tanh":
            h = np.tanh(z)
            dh = 1 - h**2
        elif self.act == "softplus":
            h = np.log1p(np.exp(z))
            dh = 1 / (1 + np.exp(-z))
        a = h @ self.W2
        if self.kind == "squares":
            value, d = 0.5 * np.sum((a - y) ** 2), a - y
        elif self.kind == "cross_entropy":
            a = 1 / (1 + np.exp(-a))
            value, d = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)), a - y
        return value, {"W1": x.T @ (d @ self.W2.T * dh), "W2": h.T @ d}
"""


def test_other_activations_and_losses_are_tried(tmp_path: Path) -> None:
    found = check(tmp_path, CHOICES)
    assert (found.word, len(found.parts)) == ("agree", 1), found.failure
    texts = " ".join(each.text for each in found.findings)
    assert "MLP(act='softplus'), MLP(loss='cross_entropy')" in texts


@pytest.mark.parametrize(
    ("right", "wrong", "part"),
    [
        ("dh = 1 / (1 + np.exp(-z))", "dh = h", "MLP(act='softplus')"),
        ("np.log(1 - a)), a - y", "np.log(1 - a)), 2 * (a - y)", "MLP(loss='cross_entropy')"),
    ],
)
def test_a_mistake_in_another_choice_is_a_part(
    tmp_path: Path, right: str, wrong: str, part: str
) -> None:
    source = CHOICES.replace(right, wrong)
    assert source != CHOICES
    found = check(tmp_path, source)
    assert [(each.name, each.verdict.word) for each in found.parts[1:]] == [(part, "disagree")]


def test_choices_that_are_meant_together_are_not_accused(tmp_path: Path) -> None:
    # This derivative is right with the other activation alone.
    found = check(
        tmp_path,
        CHOICES.replace(
            "return value, {",
            'if self.act != "tanh" and self.kind == "squares":\n'
            "            d = 3 * d\n        return value, {",
        ),
    )
    assert (found.word, len(found.parts)) == ("agree", 1), found.failure
    texts = " ".join(each.text for each in found.findings)
    assert "MLP(act='softplus') was not checked by itself" in texts


def test_a_choice_whose_cost_is_not_known_is_not_accused(tmp_path: Path) -> None:
    # Without a cost of its own, the class may mean any cost with the other choice.
    plain = CHOICES.replace("def loss(self, x, y):", "def backprop(self, x, y):").replace(
        "return value, {", "self.a = a\n        return {"
    )
    plain += """
    def forward(self, x):
        self.backprop(x, 0.0)
        return self.a
"""
    found = check(tmp_path, plain.replace("np.log(1 - a)), a - y", "np.log(1 - a)), (a - y) ** 3"))
    assert (found.word, len(found.parts)) == ("agree", 1), found.failure
    texts = " ".join(each.text for each in found.findings)
    assert "MLP(act='softplus')" in texts
    assert "MLP(loss='cross_entropy') was not checked by itself" in texts


def test_a_choice_for_one_output_is_not_accused(tmp_path: Path) -> None:
    source = CHOICES.replace("-np.sum(y * np.log(a)", "-len(x) * np.mean(y * np.log(a)")
    assert source != CHOICES
    assert check(tmp_path, source).word == "agree"
