"""Functions that use arrays of their module: right ones pass as they are, wrong ones do not."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMAT = "functions over arrays of their module"
LAYERS = """
import numpy as np

np.random.seed(1)
first, second = 0.5 * np.random.randn(4, 5), 0.5 * np.random.randn(3, 4)
shift_1, shift_2 = np.zeros((4, 1)), np.zeros((3, 1))


def forward(x):
    global hidden
    hidden = np.tanh(first @ x + shift_1)
    return second @ hidden + shift_2


def loss(x, y):
    return 0.5 * np.sum((forward(x) - y) ** 2)


def backward(x, y):
    delta = forward(x) - y
    below = second.T @ delta * (1 - hidden ** 2)
    d_first, d_second = below @ x.T, delta @ hidden.T
    d_shift_1, d_shift_2 = below.sum(axis=1, keepdims=True), delta.sum(axis=1, keepdims=True)
    return d_first, d_shift_1, d_second, d_shift_2
"""
LETTERS = """
import numpy as np

text = open("a book that is not there.txt").read()
letters = sorted(set(text))
number_of = {letter: number for number, letter in enumerate(letters)}
n_letters, n_hidden = len(letters), 7
Wxh = 0.3 * np.random.randn(n_hidden, n_letters)
Whh = 0.3 * np.random.randn(n_hidden, n_hidden)
Why = 0.3 * np.random.randn(n_letters, n_hidden)
bh, by = np.zeros((n_hidden, 1)), np.zeros((n_letters, 1))


def lossFun(inputs, targets, hprev):
    states, shares, loss = {-1: hprev}, {}, 0.0
    for t, (one, following) in enumerate(zip(inputs, targets)):
        states[t] = np.tanh(Wxh[:, [one]] + Whh @ states[t - 1] + bh)
        powers = np.exp(Why @ states[t] + by)
        shares[t] = powers / powers.sum()
        loss -= np.log(shares[t][following, 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby, later = np.zeros_like(bh), np.zeros_like(by), np.zeros_like(bh)
    for t in reversed(range(len(inputs))):
        dy = shares[t].copy()
        dy[targets[t]] -= 1
        dWhy += dy @ states[t].T
        dby += dy
        raw = (Why.T @ dy + later) * (1 - states[t] ** 2)
        dbh += raw
        dWxh[:, [inputs[t]]] += raw
        dWhh += raw @ states[t - 1].T
        later = Whh.T @ raw
    return loss, dWxh, dWhh, dWhy, dbh, dby, states[len(inputs) - 1]
"""
TOGETHER = """
import numpy as np

vocab_size, n_hidden = 5, 7
W = 0.3 * np.random.randn(n_hidden, n_hidden + vocab_size)
Wy = 0.3 * np.random.randn(vocab_size, n_hidden)
b, by = np.zeros((n_hidden, 1)), np.zeros((vocab_size, 1))


def lossFun(inputs, targets, h_prev):
    h, above, shares, loss = {-1: h_prev}, {}, {}, 0.0
    for t, (one, following) in enumerate(zip(inputs, targets)):
        above[t] = np.vstack((h[t - 1], np.eye(vocab_size)[:, [one]]))
        h[t] = np.tanh(W @ above[t] + b)
        powers = np.exp(Wy @ h[t] + by)
        shares[t] = powers / powers.sum()
        loss -= np.log(shares[t][following, 0])
    dW, dWy, db, dby = (np.zeros_like(each) for each in (W, Wy, b, by))
    later = np.zeros_like(b)
    for t in reversed(range(len(inputs))):
        dy = shares[t].copy()
        dy[targets[t]] -= 1
        dWy += dy @ h[t].T
        dby += dy
        raw = (Wy.T @ dy + later) * (1 - h[t] ** 2)
        dW += raw @ above[t].T
        db += raw
        later = (W.T @ raw)[:n_hidden]
    return loss, dW, dWy, db, dby


state = np.zeros((n_hidden, 1))
"""
COLUMNS = """
import numpy as np

W = np.random.randn(3, 5)


def output_of(x):
    powers = np.exp(W @ x)
    return powers / powers.sum(axis=0)


def loss(x, t):
    return -np.sum(t * np.log(output_of(x))) / x.shape[1]


def gradients(x, t):
    return (output_of(x) - t) @ x.T / x.shape[1]
"""


def check(folder: Path, source: str, name: str | None = None) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(source, encoding="utf-8")
    return check_submission(Submission(path, name), sample=20)


def test_weights_are_global_variables(tmp_path: Path) -> None:
    found = check(tmp_path, LAYERS)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    names = {each.name for each in found.parts[0].report.arrays}
    assert names == {"first", "shift_1", "second", "shift_2"}
    wrong = LAYERS.replace("below @ x.T", "below @ x.T / 2")
    assert check(tmp_path, wrong).word == "disagree"


@pytest.mark.parametrize("name", [None, "lossFun"])
def test_a_recurrent_network_reads_letters_of_a_text_that_is_not_there(
    tmp_path: Path, name: str | None
) -> None:
    found = check(tmp_path, LETTERS, name)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    assert "An invented text was read in place of a book that is not there.txt" in " ".join(
        each.text for each in found.findings
    )


def test_a_state_that_is_forgotten_on_the_way_back_is_found_out(tmp_path: Path) -> None:
    found = check(tmp_path, LETTERS.replace("@ dy + later", "@ dy"), "lossFun")
    assert found.word == "disagree"


# What is left after training: larger weights, and the state after the last letter.
TRAINED = (
    LETTERS.replace('open("a book that is not there.txt").read()', '"abacade bed dace"')
    .replace("0.3 *", "1.5 *")
    .replace(
        "    return loss, dWxh",
        "    for each in (dWxh, dWhh, dWhy, dbh, dby):\n"
        "        np.clip(each, -BOUND, BOUND, out=each)\n"
        "    return loss, dWxh",
    )
    .replace("text =", "np.random.seed(3)\ntext =")
    + "\n\nhprev = 0.1 * np.random.randn(n_hidden, 1)\n"
)


@pytest.mark.parametrize(
    ("bound", "line", "word"),
    [
        ("5", "dby += dy", "agree"),
        ("5", "dby += 2 * dy", "disagree"),
        ("0.05", "dby += dy", "disagree"),
    ],
)
def test_a_trained_recurrent_network_may_cut_large_gradients_off(
    tmp_path: Path, bound: str, line: str, word: str
) -> None:
    found = check(tmp_path, TRAINED.replace("BOUND", bound).replace("dby += dy", line))
    assert found.word == word, found.failure
    assert found.report is not None
    # The state is handed over, and not learned.
    assert {array.name for array in found.report.arrays} == {"Wxh", "Whh", "Why", "bh", "by"}
    assert any("are cut off at 5" in each.text for each in found.findings) == (bound == "5")


def test_the_number_of_letters_may_be_said_by_a_variable_alone(tmp_path: Path) -> None:
    found = check(tmp_path, TOGETHER)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    wrong = TOGETHER.replace("(W.T @ raw)[:n_hidden]", "0 * later")
    assert check(tmp_path, wrong).word == "disagree"


def test_functions_without_arrays_are_not_read(tmp_path: Path) -> None:
    found = check(tmp_path, "def back(x, y):\n    return x - y\n")
    assert found.word == "failed"
    assert "\n" not in found.failure


def test_targets_have_the_size_of_the_output_where_examples_are_columns(tmp_path: Path) -> None:
    found = check(tmp_path, COLUMNS)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    assert "class numbers" not in " ".join(each.text for each in found.findings)
    assert check(tmp_path, COLUMNS.replace(") @ x.T", ") / 2 @ x.T")).word == "disagree"
