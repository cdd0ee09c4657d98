"""Functions over a dict of parameters: right ones pass as they are, wrong ones are found out."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMAT = "functions over a dict of parameters"


def check(
    name: str | None, file: str = "functions.py", sizes: tuple[int, ...] | None = None
) -> SubmissionReport:
    return check_submission(Submission(FOLDER / file, name, sizes))


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


@pytest.mark.parametrize("name", [None, "L_model_backward", "L_model_backward_with_regularization"])
@pytest.mark.parametrize("sizes", [None, (7, 4, 3, 2)])
def test_right_functions_are_read_as_they_stand(
    name: str | None, sizes: tuple[int, ...] | None
) -> None:
    found = check(name, sizes=sizes)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


def test_regularisation_is_checked_with_the_cost_that_has_it() -> None:
    found = texts(check("L_model_backward_with_regularization"))
    assert "compute_cost_with_regularization" in found
    assert "compute_cost_with_regularization" not in texts(check("L_model_backward"))


@pytest.mark.parametrize("name", ["backward_without_m", "backward_b1_zero"])
def test_wrong_functions_are_found_out(name: str) -> None:
    assert check(name).word == "disagree"


def test_missing_gradients_are_told_in_one_line() -> None:
    found = check("backward_without_weights")
    assert found.word == "failed"
    assert "gradients of the shapes" in found.failure
    assert "\n" not in found.failure


def test_parameters_that_are_arguments_are_made_up() -> None:
    found = check("backprop", "by_arguments.py")
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    assert check("backprop_forgets_relu", "by_arguments.py").word == "disagree"


LISTED = """
import numpy as np


def init_params(sizes, rng):
    return [LAYER for n, m in zip(sizes[:-1], sizes[1:])]


def forward(params, x):
    held = [x]
    for layer in params:
        held.append(np.tanh(held[-1] @ layer[W] + layer[B]))
    return held[-1], held


def loss(params, x, y):
    return 0.5 * np.sum((forward(params, x)[0] - y) ** 2) / len(x)


def backward(params, x, y):
    out, held = forward(params, x)
    grads, d = [], (out - y) / len(x)
    for layer, a, below in zip(params[::-1], held[::-1], held[-2::-1]):
        d = d * (1 - a ** 2)
        dW, db = below.T @ d, d.sum(axis=0)
        grads.insert(0, GRADS)
        d = d @ layer[W].T
    return grads
"""
LAYER = "{'W': rng.standard_normal((n, m)), 'b': np.zeros(m)}"


@pytest.mark.parametrize(
    ("layer", "weights", "biases", "gradients"),
    [
        (LAYER, "'W'", "'b'", "{'W': dW, 'b': db}"),
        ("(rng.standard_normal((n, m)), np.zeros(m))", "0", "1", "(dW, db)"),
        ("[rng.randn(n, m), np.zeros(m)]", "0", "1", "[dW, db]"),
    ],
)
@pytest.mark.parametrize(("factor", "word"), [("(1 - a ** 2)", "agree"), ("(1 - a)", "disagree")])
def test_parameters_in_a_list_with_an_item_for_each_layer(
    tmp_path: Path,
    layer: str,
    weights: str,
    biases: str,
    gradients: str,
    factor: str,
    word: str,
) -> None:
    source = LISTED.replace("LAYER", layer).replace("GRADS", gradients)
    source = source.replace("[W]", f"[{weights}]").replace("[B]", f"[{biases}]")
    path = tmp_path / "listed.py"
    path.write_text(source.replace("(1 - a ** 2)", factor), encoding="utf-8")
    found = check_submission(Submission(path, None))
    assert (found.word, found.format) == (word, FORMAT), found.failure
    assert found.report is not None
    assert len(found.report.arrays) == 4


APART = """
import numpy as np


def forward(x, W1, W2):
    return W2 @ np.tanh(W1 @ x)


def loss(y, out):
    return 0.5 * np.sum((y - out) ** 2)


def W2_grad(x, y, out, W1):
    return (out - y) @ np.tanh(W1 @ x).T


def W1_grad(x, y, out, W1, W2):
    return (W2.T @ (out - y) * (1 - np.tanh(W1 @ x) ** 2)) @ x.T
"""


def test_a_function_for_each_gradient(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(APART, encoding="utf-8")
    found = check_submission(Submission(path, None))
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    path.write_text(APART.replace("W2.T @ (out - y)", "W2.T @ (y - out)"), encoding="utf-8")
    assert check_submission(Submission(path, None)).word == "disagree"


DIGITS = """
import numpy as np
import pandas as pd

table = np.array(pd.read_csv("a table that is not there.csv"))
m, n = table.shape


def init_params():
    W1, b1 = np.random.rand(10, 784) - 0.5, np.random.rand(10, 1) - 0.5
    W2, b2 = np.random.rand(10, 10) - 0.5, np.random.rand(10, 1) - 0.5
    return W1, b1, W2, b2


def forward_prop(W1, b1, W2, b2, X):
    A1 = np.tanh(W1 @ X + b1)
    powers = np.exp(W2 @ A1 + b2)
    return A1, powers / powers.sum(axis=0)


def backward_prop(A1, A2, W1, W2, X, Y):
    dZ2 = A2 - np.eye(len(A2))[:, Y]
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    dW2, db2 = dZ2 @ A1.T / m, dZ2.sum(axis=1, keepdims=True) / m
    dW1, db1 = dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2
"""


def test_functions_of_digits_whose_table_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(DIGITS, encoding="utf-8")
    found = check_submission(Submission(path, None), sample=20)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    path.write_text(DIGITS.replace(" * (1 - A1**2)", ""), encoding="utf-8")
    assert check_submission(Submission(path, None), sample=20).word == "disagree"


ONE_OUTPUT = """
import numpy as np

def init_params(dims):
    return {f"W{k}": np.random.randn(m, n) for k, (m, n) in enumerate(zip(dims, dims[1:]), 1)}

def forward(X, params):
    A = [X]
    for k in range(1, len(params) + 1):
        A.append(1.0 / (1.0 + np.exp(-A[-1] @ params[f"W{k}"])))
    return A[-1], A

def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1.0 - Y) * np.log(1.0 - AL))

def backward(AL, Y, params, cache):
    grads, delta = {}, (AL - Y) / len(Y)
    for k in range(len(params), 0, -1):
        grads[f"dW{k}"] = cache[k - 1].T @ delta
        delta = delta @ params[f"W{k}"].T * cache[k - 1] * (1.0 - cache[k - 1])
    return grads

def main():
    return init_params(SIZES)
"""


@pytest.mark.parametrize(("sizes", "word"), [("[2, 5, 1]", "agree"), ("[2, 5, 3]", "disagree")])
def test_a_file_with_one_output_is_checked_with_one(tmp_path: Path, sizes: str, word: str) -> None:
    """With several outputs the mean over all of them would divide by their number too."""
    path = tmp_path / "homework.py"
    path.write_text(ONE_OUTPUT.replace("SIZES", sizes), encoding="utf-8")
    assert check_submission(Submission(path, None)).word == word
