"""A cost of one long vector of parameters: right ones pass as they are, wrong ones do not."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMAT = "a cost of one long vector"
PARTS = """
import numpy as np


def parts(theta, n_in, n_hidden, n_out):
    border = n_hidden * (n_in + 1)
    return theta[:border].reshape(n_hidden, n_in + 1), theta[border:].reshape(n_out, n_hidden + 1)


def with_ones(a):
    return np.hstack([np.ones((len(a), 1)), a])
"""
BOTH = (
    PARTS
    + """
def cost_function(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_):
    one, two = parts(nn_params, input_layer_size, hidden_layer_size, num_labels)
    m = len(X)
    hidden = with_ones(np.tanh(with_ones(X) @ one.T))
    scores = hidden @ two.T
    wanted = np.eye(num_labels)[np.ravel(y).astype(int) - 1]
    J = np.sum((scores - wanted) ** 2) / (2 * m) + lambda_ / (2 * m) * np.sum(two[:, 1:] ** 2)
    delta = (scores - wanted) / m
    d_two = delta.T @ hidden
    d_two[:, 1:] += lambda_ / m * two[:, 1:]
    below = delta @ two[:, 1:] * (1 - hidden[:, 1:] ** 2)
    return J, np.concatenate([np.ravel(below.T @ with_ones(X)), np.ravel(d_two)])
"""
)
APART = (
    PARTS
    + """
def forward(params, dims, data):
    one, two = parts(params, *dims)
    hidden = with_ones(np.tanh(with_ones(data) @ one.T))
    return hidden, hidden @ two.T


def error(params, dims, data, labels):
    return 0.5 * np.sum((forward(params, dims, data)[1] - labels) ** 2)


def error_gradient(params, dims, data, labels):
    hidden, scores = forward(params, dims, data)
    one, two = parts(params, *dims)
    delta = scores - labels
    below = delta @ two[:, 1:] * (1 - hidden[:, 1:] ** 2)
    grad = np.concatenate([np.ravel(below.T @ with_ones(data)), np.ravel(delta.T @ hidden)])
    return grad[:, None]
"""
)


def check(folder: Path, source: str, name: str | None = None) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(source, encoding="utf-8")
    return check_submission(Submission(path, name))


@pytest.mark.parametrize(("source", "name"), [(BOTH, "cost_function"), (APART, "error")])
@pytest.mark.parametrize("named", [True, False])
def test_right_functions_are_read_as_they_stand(
    tmp_path: Path, source: str, name: str, named: bool
) -> None:
    found = check(tmp_path, source, name if named else None)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (BOTH, "d_two[:, 1:] += lambda_ / m", "d_two[:, 1:] += lambda_"),
        (BOTH, "(1 - hidden[:, 1:] ** 2)", "(1 - hidden[:, 1:])"),
        (APART, "delta = scores - labels", "delta = labels - scores"),
    ],
)
def test_wrong_functions_are_found_out(tmp_path: Path, source: str, right: str, wrong: str) -> None:
    assert source.count(right) == 1
    assert check(tmp_path, source.replace(right, wrong)).word == "disagree"


def test_a_gradient_of_another_size_is_told_in_one_line(tmp_path: Path) -> None:
    found = check(tmp_path, BOTH.replace(", np.ravel(d_two)])", "])"), "cost_function")
    assert found.word == "failed"
    assert "returned a gradient of 35 numbers; the vector has 59" in found.failure


TWO_MODELS = """
import numpy as np


def cost_function(theta, X, y):
    return float(np.sum((X @ theta - y) ** 2) / (2 * len(y)))


def gradient(theta, X, y):
    return X.T @ (X @ theta - y) / len(y)


def shares(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_cost(Theta, X, y, lam=0.1):
    P = shares(X @ Theta)
    return -np.mean(np.log(P[np.arange(len(y)), y])) + lam / 2 * np.sum(Theta**2)


def softmax_gradient(Theta, X, y, lam=0.1):
    P = shares(X @ Theta)
    P[np.arange(len(y)), y] -= 1
    return X.T @ P / len(y) + lam * Theta
"""


def test_each_cost_of_a_file_is_a_part_with_its_own_gradient(tmp_path: Path) -> None:
    found = check(tmp_path, TWO_MODELS)
    assert [(part.name, part.verdict.word) for part in found.parts] == [
        ("cost_function", "agree"),
        ("softmax_cost", "agree"),
    ], found.failure
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("right", "wrong"), [("X.T @ P / len(y)", "X.T @ P"), ("lam * Theta", "lam / 2 * Theta")]
)
def test_a_mistake_in_the_second_model_of_a_file_is_found(
    tmp_path: Path, right: str, wrong: str
) -> None:
    found = check(tmp_path, TWO_MODELS.replace(right, wrong))
    assert [part.verdict.word for part in found.parts] == ["agree", "disagree"]
    assert found.word == "disagree"


def test_a_gradient_that_belongs_to_no_cost_is_named(tmp_path: Path) -> None:
    more = "\n\ndef ridge_gradient(theta, X, y):\n    return 2 * theta\n"
    found = check(tmp_path, TWO_MODELS + more)
    assert found.word == "agree"
    assert [each.name for each in found.left_out] == ["ridge_gradient"]


NEURON = """
import numpy as np


def compute_cost(X, y, w, b):
    f = 1 / (1 + np.exp(-(X @ w + b)))
    return -np.mean(y * np.log(f) + (1 - y) * np.log(1 - f))


def compute_gradient(X, y, w, b):
    error = 1 / (1 + np.exp(-(X @ w + b))) - y
    return np.mean(error), X.T @ error / len(y)
"""
ONE_NUMBER = """
def compute_cost(x, y, w, b):
    return sum((w * x[i] + b - y[i]) ** 2 for i in range(len(x))) / (2 * len(x))


def compute_gradient(x, y, w, b):
    dj_dw = sum((w * x[i] + b - y[i]) * x[i] for i in range(len(x))) / len(x)
    dj_db = sum(w * x[i] + b - y[i] for i in range(len(x))) / len(x)
    return dj_dw, dj_db
"""


@pytest.mark.parametrize(
    ("source", "right", "wrong", "array"),
    [
        (NEURON, "return np.mean(error)", "return np.sum(error)", "b"),
        (NEURON, "X.T @ error / len(y)", "X.T @ error", "w"),
        (ONE_NUMBER, "b - y[i]) * x[i]", "b - y[i])", "w"),
        (ONE_NUMBER, "return dj_dw, dj_db", "return dj_dw, -dj_db", "b"),
        (ONE_NUMBER, "return dj_dw, dj_db", "return dj_db, dj_dw", ""),
    ],
)
def test_a_bias_may_be_an_argument_of_its_own(
    tmp_path: Path, source: str, right: str, wrong: str, array: str
) -> None:
    def checked(text: str) -> SubmissionReport:
        file = tmp_path / "homework.py"
        file.write_text(text, encoding="utf-8")
        return check_submission(Submission(file, None))

    found = checked(source)
    assert (found.word, found.format) == ("agree", FORMAT), found.failure
    assert found.report is not None
    assert [each.name for each in found.report.arrays] == ["w", "b"]
    assert source.count(right) == 1
    found = checked(source.replace(right, wrong))
    assert found.report is not None
    bad = [each.name for each in found.report.arrays if each.counts["disagree"]]
    # The names in the return statement tell two numbers apart, in either order.
    assert bad == ([array] if array else [])
