"""A training loop that is written out: right ones pass as they are, wrong ones do not."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMAT = "a training loop"
SCRIPT = """
import numpy as np

np.random.seed(2)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
into_hidden, into_output = np.random.randn(3, 4), np.random.randn(4, 1)
learning_rate = 0.5

for round in range(200):
    hidden = 1 / (1 + np.exp(-X @ into_hidden))
    output = 1 / (1 + np.exp(-hidden @ into_output))
    difference = y - output
    if round % 50 == 0:
        print("mean difference", np.mean(np.abs(difference)))
    delta = difference * output * (1 - output)
    below = delta @ into_output.T * hidden * (1 - hidden)
    into_output += learning_rate * hidden.T @ delta
    into_hidden += learning_rate * X.T @ below
"""
WITH_LOSS = SCRIPT.replace("    delta =", "    loss = np.mean(difference ** 2)\n    delta =")
ONE_BY_ONE = """
import numpy as np

rng = np.random.default_rng(3)
points = rng.normal(size=(6, 2))
targets = rng.normal(size=(6, 3))

if __name__ == "__main__":
    W, b = rng.normal(size=(3, 2)), np.zeros(3)
    for epoch in range(10):
        for x, target in zip(points, targets):
            out = np.tanh(W @ x + b)
            slope = (out - target) * (1 - out ** 2)
            W = W - 0.05 * np.outer(slope, x)
            b = b - 0.05 * slope
"""
IN_A_FUNCTION = """
import numpy as np

rng = np.random.default_rng(4)
X, y = rng.normal(size=(20, 2)), rng.integers(0, 3, 20)
strength = 0.1


def whole_loss(model):
    scores = np.tanh(X @ model["W1"] + model["b1"]) @ model["W2"] + model["b2"]
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    decay = sum(np.sum(model[key] ** 2) for key in ("W1", "W2"))
    return (-np.log(shares[range(20), y]).sum() + strength / 2 * decay) / 20


def build_model(nn_hdim, passes=1000, print_loss=False):
    W1, b1 = rng.normal(size=(2, nn_hdim)), np.zeros((1, nn_hdim))
    W2, b2 = rng.normal(size=(nn_hdim, 3)), np.zeros((1, 3))
    epsilon, model = 0.01, {}
    for number in range(passes):
        hidden = np.tanh(X @ W1 + b1)
        scores = hidden @ W2 + b2
        delta = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        delta[range(20), y] -= 1
        below = delta @ W2.T * (1 - hidden ** 2)
        W1 += -epsilon * (X.T @ below + strength * W1)
        b1 += -epsilon * below.sum(axis=0, keepdims=True)
        W2 += -epsilon * (hidden.T @ delta + strength * W2)
        b2 += -epsilon * delta.sum(axis=0, keepdims=True)
        model = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        if print_loss and number % 100 == 0:
            print(whole_loss(model))
    return model
"""


def check(folder: Path, source: str, name: str | None = None) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(source, encoding="utf-8")
    return check_submission(Submission(path, name))


@pytest.mark.parametrize("source", [SCRIPT, WITH_LOSS, ONE_BY_ONE, IN_A_FUNCTION])
def test_right_loops_are_read_as_they_stand(tmp_path: Path, source: str) -> None:
    found = check(tmp_path, source)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


def test_the_function_that_the_loop_is_in_is_a_name(tmp_path: Path) -> None:
    found = check(tmp_path, IN_A_FUNCTION, "build_model")
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (SCRIPT, " * hidden * (1 - hidden)", ""),
        (WITH_LOSS, " * output * (1 - output)", ""),
        (SCRIPT, "+= learning_rate * X.T", "-= learning_rate * X.T"),
        (ONE_BY_ONE, " * (1 - out ** 2)", " * (1 - out)"),
        (ONE_BY_ONE, "b - 0.05", "b - 0.1"),
        (IN_A_FUNCTION, "delta + strength * W2", "delta"),
        (IN_A_FUNCTION, "(1 - hidden ** 2)", "(1 - hidden)"),
    ],
)
def test_wrong_loops_are_found_out(tmp_path: Path, source: str, right: str, wrong: str) -> None:
    assert source.count(right) == 1
    assert check(tmp_path, source.replace(right, wrong)).word == "disagree"


def test_weights_that_change_before_they_pass_the_gradient_back(tmp_path: Path) -> None:
    first = "    into_output += learning_rate * hidden.T @ delta\n"
    wrong = SCRIPT.replace(first, "").replace("    below =", f"{first}    below =")
    found = check(tmp_path, wrong)
    assert found.word == "disagree"
    assert any("not in proportion" in each.text for each in found.findings)


def test_a_loop_without_output_and_targets_is_told_in_one_line(tmp_path: Path) -> None:
    source = "import numpy as np\nW = np.ones((2, 2))\nfor i in range(3):\n    W = W - 0.1 * W\n"
    found = check(tmp_path, source)
    assert found.word == "failed"
    assert "has no variable such as loss" in found.failure
    assert "\n" not in found.failure


ADAM = """
import numpy as np

rng = np.random.default_rng(5)
X, y = rng.normal(size=(8, 3)), rng.normal(size=(8, 2))
W, mean, spread, lr, step = rng.normal(size=(3, 2)), 0.0, 0.0, 0.1, 0
for epoch in range(20):
    for start in range(0, 8, 2):
        out = X[start : start + 2] @ W
        gradient = X[start : start + 2].T @ (out - y[start : start + 2])
        step += 1
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        W -= lr * mean / (1 - 0.9**step) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-12)
"""


def test_steps_of_another_kind_are_no_mistake(tmp_path: Path) -> None:
    found = check(tmp_path, ADAM)
    assert found.word == "failed"
    assert "as those of Adam have" in found.failure
    plain = ADAM[: ADAM.index("        step += 1")] + "        W -= lr * gradient\n"
    assert check(tmp_path, plain).word == "agree"
    wrong = plain.replace("lr * gradient", "lr * gradient**3")
    assert check(tmp_path, wrong).word == "disagree"


LINE = """
import numpy as np

rng = np.random.default_rng(5)
X = rng.normal(size=(30, 3))
y = X @ np.array([1.0, -2.0, 0.5]) + 0.3
w, b, lr = np.zeros(3), 0.0, 0.1
for epoch in range(20):
    guess = X @ w + b
    loss = np.mean((guess - y) ** 2)
    dw = 2 * X.T @ (guess - y) / len(X)
    db = 2 * np.mean(guess - y)
    w = w - lr * dw
    b = b - lr * db
    print(f"{epoch} {b:.3f}")
"""


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("", "", "agree"), ("db = 2 *", "db = 4 *", "disagree")],
)
def test_a_plain_number_with_a_gradient_is_learned(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    path = tmp_path / "line.py"
    path.write_text(LINE.replace(old, new), encoding="utf-8")
    found = check_submission(Submission(path, None), sample=20)
    assert found.word == word, found.failure
    assert found.report is not None
    assert [each.name for each in found.report.arrays] == ["w", "b"]
