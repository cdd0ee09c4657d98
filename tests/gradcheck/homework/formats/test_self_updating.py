"""Classes that train themselves: right ones pass as they are, wrong ones are found out."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

CORPUS = Path(__file__).parents[1] / "corpus" / "right"
FORMAT = "a class that trains itself"


def check(name: str, file: str = "steps.py") -> SubmissionReport:
    return check_submission(Submission(FOLDER / file, name), sample=40)


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


@pytest.mark.parametrize(
    "name",
    [
        *("EtaIsAnAttribute", "EtaIsAnArgument", "OneByOne", "Pairs", "Momentum", "OwnLoss"),
        "Adds",
    ],
)
def test_right_steps_agree(name: str) -> None:
    found = check(name)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


@pytest.mark.parametrize(
    "name", ["TwiceTheLoss", "Climbs", "TooEarly", "NoDerivative", "Turned", "LastPair"]
)
def test_wrong_steps_disagree(name: str) -> None:
    found = check(name)
    assert found.word == "disagree", (found.failure, texts(found))


def test_what_depends_on_the_rate_is_told() -> None:
    assert "not in proportion to the learning rate" in texts(check("TooEarly"))
    assert "not in proportion" not in texts(check("EtaIsAnArgument"))


def test_examples_one_after_the_other_are_handed_over_one_by_one() -> None:
    assert "one example at a time" in texts(check("OneByOne"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SignOnly", "All steps of train have the same size"),
        ("Stands", "changes none of the arrays"),
        ("ManySteps", "makes many steps in one call"),
    ],
)
def test_what_is_no_step_along_a_gradient_is_refused(name: str, words: str) -> None:
    found = check(name)
    assert found.word == "failed"
    assert words in found.failure


@pytest.mark.parametrize("name", ["LeavesAnything", "GivenOutput", "HoldsExamples"])
def test_arrays_and_calls_of_any_kind_are_read(name: str) -> None:
    found = check(name, "free_names.py")
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


@pytest.mark.parametrize("name", ["LeavesOld", "HoldsExamplesWrong"])
def test_wrong_ones_of_any_kind_are_found_out(name: str) -> None:
    assert check(name, "free_names.py").word == "disagree"


def test_a_class_that_gives_no_gradients_is_refused_in_one_line() -> None:
    found = check("Nothing", "free_names.py")
    assert found.word == "failed"
    assert "\n" not in found.failure


def test_a_step_without_a_known_rate_is_taken_as_it_is() -> None:
    assert "No learning rate was found" in texts(check("HoldsExamples", "free_names.py"))


def test_what_is_returned_beside_the_gradients_is_left_alone() -> None:
    found = check("ReturnsThree", "broken.py")
    assert (found.word, found.format) == ("agree", FORMAT), found.failure


PRINTS_A_MEAN = """
import numpy as np


class Network:
    def __init__(self, n_input, n_hidden, n_output):
        self.w1 = np.random.randn(n_input, n_hidden)
        self.w2 = np.random.randn(n_hidden, n_output)
        self.lr = 0.01

    def mse(self, y, output):
        return np.mean((y - output) ** 2)

    def forward(self, X):
        self.hidden = np.tanh(X @ self.w1)
        return self.hidden @ self.w2

    def fit(self, X, y):
        error = y - self.forward(X)
        below = error @ self.w2.T * (1 - self.hidden ** 2)
        self.w2 += self.lr * self.hidden.T @ error
        self.w1 += self.lr * X.T @ below
"""
LETTERS = """
import numpy as np


class Reader:
    def __init__(self, vocab_size, hidden_size, learning_rate):
        self.vocab_size, self.learning_rate = vocab_size, learning_rate
        self.Wxh = np.random.randn(hidden_size, vocab_size)
        self.Whh = np.random.randn(hidden_size, hidden_size)
        self.Why = np.random.randn(vocab_size, hidden_size)

    def study(self, inputs, targets, hprev):
        states, shares, loss = {-1: hprev}, {}, 0.0
        for t in range(len(inputs)):
            states[t] = np.tanh(self.Wxh[:, [inputs[t]]] + self.Whh @ states[t - 1])
            powers = np.exp(self.Why @ states[t])
            shares[t] = powers / powers.sum()
            loss -= np.log(shares[t][targets[t], 0])
        dWxh, dWhh, dWhy = (np.zeros_like(each) for each in (self.Wxh, self.Whh, self.Why))
        later = np.zeros_like(hprev)
        for t in reversed(range(len(inputs))):
            dy = shares[t].copy()
            dy[targets[t]] -= 1
            dWhy += dy @ states[t].T
            raw = (self.Why.T @ dy + later) * (1 - states[t] ** 2)
            dWxh[:, [inputs[t]]] += raw
            dWhh += raw @ states[t - 1].T
            later = self.Whh.T @ raw
        return loss, dWxh, dWhh, dWhy, states[len(inputs) - 1]
"""


def check_source(folder: Path, source: str) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(source, encoding="utf-8")
    return check_submission(Submission(path, None))


def test_a_mean_of_squares_that_is_printed_is_no_other_cost(tmp_path: Path) -> None:
    found = check_source(tmp_path, PRINTS_A_MEAN)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    assert "the learning rate takes up the constant" in texts(found)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("self.w2 += self.lr", "self.w2 += 2 * self.lr"),
        ("error = y - self.forward(X)", "error = 3 * (y - self.forward(X))"),
        (" * (1 - self.hidden ** 2)", ""),
    ],
)
def test_other_constants_are_mistakes(tmp_path: Path, right: str, wrong: str) -> None:
    assert PRINTS_A_MEAN.count(right) == 1
    assert check_source(tmp_path, PRINTS_A_MEAN.replace(right, wrong)).word == "disagree"


def test_a_class_that_reads_letters(tmp_path: Path) -> None:
    found = check_source(tmp_path, LETTERS)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    wrong = LETTERS.replace("states[t - 1].T", "states[t].T")
    assert check_source(tmp_path, wrong).word == "disagree"


HOLDS_ITS_EXAMPLES = """
import numpy as np


class Network:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.first = np.random.rand(x.shape[1], 4)
        self.last = np.random.rand(4, 1)

    def feedforward(self):
        self.hidden = np.tanh(self.x @ self.first)
        self.output = np.tanh(self.hidden @ self.last)

    def backprop(self):
        delta = 2 * (self.y - self.output) * (1 - self.output**2)
        below = delta @ self.last.T * (1 - self.hidden**2)
        self.last += self.hidden.T @ delta
        self.first += self.x.T @ below
"""
MADE_IN_FIT = """
import numpy as np


class Perceptron:
    def __init__(self, hidden=7, lr=0.1, n_iter=50):
        self.hidden, self.lr, self.n_iter = hidden, lr, n_iter

    def fit(self, X, y):
        self.W1 = np.random.randn(X.shape[1], self.hidden)
        self.W2 = np.random.randn(self.hidden, y.shape[1])
        for _ in range(self.n_iter):
            d_W1, d_W2 = self.backward(X, y, self.forward(X))
            self.W1 -= self.lr * d_W1
            self.W2 -= self.lr * d_W2

    def forward(self, X):
        self.h = np.tanh(X @ self.W1)
        return self.h @ self.W2

    def backward(self, X, y, out):
        delta = (out - y) / len(X)
        return X.T @ (delta @ self.W2.T * (1 - self.h**2)), self.h.T @ delta
"""
STEP_BY_STEP = """
import numpy as np


class Recurrent:
    def __init__(self, vocab_size, hidden_size=8):
        self.vocab_size = vocab_size
        self.U = np.random.randn(hidden_size, vocab_size)
        self.W = np.random.randn(hidden_size, hidden_size)
        self.V = np.random.randn(vocab_size, hidden_size)

    def forward(self, inputs, hprev):
        xs, hs, ps = {}, {-1: hprev}, {}
        for t, letter in enumerate(inputs):
            xs[t] = np.eye(self.vocab_size)[:, [letter]]
            hs[t] = np.tanh(self.U @ xs[t] + self.W @ hs[t - 1])
            powers = np.exp(self.V @ hs[t])
            ps[t] = powers / powers.sum()
        return xs, hs, ps

    def loss(self, ps, targets):
        return -sum(np.log(ps[t][letter, 0]) for t, letter in enumerate(targets))

    def backward(self, xs, hs, ps, targets):
        dU, dW, dV = np.zeros_like(self.U), np.zeros_like(self.W), np.zeros_like(self.V)
        later = 0
        for t in reversed(range(len(targets))):
            dy = ps[t].copy()
            dy[targets[t]] -= 1
            dV += dy @ hs[t].T
            raw = (self.V.T @ dy + later) * (1 - hs[t] ** 2)
            dU += raw @ xs[t].T
            dW += raw @ hs[t - 1].T
            later = self.W.T @ raw
        return dU, dW, dV
"""

ENDS_IN_ITS_COST = """
import numpy as np


class Plane:
    def __init__(self, n_in, n_out):
        self.W, self.b = 0.5 * np.random.randn(n_in, n_out), np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.grad_W, self.grad_b = self.x.T @ grad, grad.sum(axis=0)
        return grad @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out**2)


class Model:
    def __init__(self, n_in, n_hidden, n_out):
        self.first, self.bend, self.last = Plane(n_in, n_hidden), Tanh(), Plane(n_hidden, n_out)

    def forward(self, x, y):
        self.out, self.y = self.last.forward(self.bend.forward(self.first.forward(x))), y
        return 0.5 * np.sum((self.out - y) ** 2) / len(x)

    def backward(self):
        grad = self.last.backward((self.out - self.y) / len(self.y))
        self.first.backward(self.bend.backward(grad))
"""
COST_AND_ITS_PRIME = """
import numpy as np


class Net:
    def __init__(self):
        self.n_in, self.n_hidden, self.n_out = 2, 3, 1
        self.W1 = np.random.randn(self.n_in, self.n_hidden)
        self.W2 = np.random.randn(self.n_hidden, self.n_out)

    def forward(self, X):
        self.a = np.tanh(X @ self.W1)
        return self.a @ self.W2

    def costFunction(self, X, y):
        return 0.5 * sum((y - self.forward(X)) ** 2)

    def costFunctionPrime(self, X, y):
        delta = self.forward(X) - y
        return X.T @ (delta @ self.W2.T * (1 - self.a**2)), self.a.T @ delta
"""


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (ENDS_IN_ITS_COST, " / len(self.y)", ""),
        (ENDS_IN_ITS_COST, "grad.sum(axis=0)", "grad.mean(axis=0)"),
        (COST_AND_ITS_PRIME, " * (1 - self.a**2)", ""),
        (HOLDS_ITS_EXAMPLES, " * (1 - self.hidden**2)", ""),
        (MADE_IN_FIT, " * (1 - self.h**2)", ""),
        (STEP_BY_STEP, "self.V.T @ dy + later", "self.V.T @ dy"),
    ],
)
def test_other_manners_are_read_and_their_mistakes_found(
    tmp_path: Path, source: str, right: str, wrong: str
) -> None:
    found = check_source(tmp_path, source)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    assert source.count(right) == 1
    assert check_source(tmp_path, source.replace(right, wrong)).word == "disagree"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("", "", "agree"),
        ("1 - np.tanh(x) ** 2", "1 - np.tanh(x)", "disagree"),
        ("2 * (given - wanted)", "2 * (wanted - given)", "disagree"),
    ],
)
def test_layers_and_costs_are_given_the_functions_of_the_file(
    old: str, new: str, word: str, tmp_path: Path
) -> None:
    text = (CORPUS / "stacked_rows.py").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "stacked_rows.py"
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    assert check_submission(Submission(file, "Network"), sample=10).word == word


NUMBERS = {
    # Its bias is a number that forward adds to: an array there would change with each call.
    "Neuron": (
        """
class Neuron:
    def __init__(self, n):
        self.w = [0.1 * (i + 1) for i in range(n)]
        self.b = 0.2

    def forward(self, x):
        s = self.b
        for weight, number in zip(self.w, x):
            s += weight * number
        return 1 / (1 + np.exp(-s))

    def train(self, x, y, lr=0.1):
        out = self.forward(x)
        d = (out - y) * out * (1 - out)
        for i in range(len(self.w)):
            self.w[i] -= lr * d * x[i]
        self.b -= lr * FACTOR * d
""",
        ["w", "b"],
    ),
    # Its alpha is the slope of the activation, and learned; the learning rate is an argument.
    "Leaky": (
        """
class Leaky:
    def __init__(self, n_in, n_out):
        self.A, self.c = rng.standard_normal((n_in, n_out)), np.zeros(n_out)
        self.alpha = 0.25

    def predict(self, x):
        self.z = x @ self.A + self.c
        return np.where(self.z > 0, self.z, self.alpha * self.z)

    def train_step(self, x, y, lr=0.1):
        out = self.predict(x)
        d = (out - y) / len(x)
        dalpha = FACTOR * np.sum(d * np.where(self.z > 0, 0, self.z))
        dz = d * np.where(self.z > 0, 1, self.alpha)
        self.A -= lr * x.T @ dz
        self.c -= lr * dz.sum(0)
        self.alpha -= lr * dalpha
        return 0.5 * np.sum((out - y) ** 2) / len(x)
""",
        ["A", "c", "alpha"],
    ),
}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(("factor", "word"), [(1, "agree"), (2, "disagree")])
def test_plain_numbers_are_learned(tmp_path: Path, name: str, factor: int, word: str) -> None:
    source, arrays = NUMBERS[name]
    path = tmp_path / "numbers.py"
    head = "import numpy as np\n\nrng = np.random.default_rng(6)\n"
    path.write_text(head + source.replace("FACTOR", str(factor)), encoding="utf-8")
    found = check_submission(Submission(path, None), sample=20)
    assert found.word == word, found.failure
    assert found.report is not None
    assert [each.name for each in found.report.arrays] == arrays


def test_the_number_of_an_inner_object_is_not_learned(tmp_path: Path) -> None:
    """Here dp is any gradient, and the p of dropout has none."""
    path = tmp_path / "inner.py"
    path.write_text(
        """
import numpy as np

rng = np.random.default_rng(7)


class Dropout:
    def __init__(self):
        self.p = 0.5

    def fprop(self, x):
        self.mask = (np.random.rand(*x.shape) < self.p) / self.p
        return x * self.mask

    def params(self):
        return []


class Linear:
    def __init__(self, n_in, n_out):
        self.W, self.b = rng.standard_normal((n_in, n_out)), np.zeros(n_out)

    def fprop(self, x):
        self.x = x
        return x @ self.W + self.b

    def params(self):
        return [("W", "dW"), ("b", "db")]


class Net:
    def __init__(self, n_in, n_out):
        self.layers = [Linear(n_in, n_out), Dropout()]

    def fprop(self, x):
        for layer in self.layers:
            x = layer.fprop(x)
        return x

    def cost(self, x, t):
        self.error = (self.fprop(x) - t) / len(x)
        return 0.5 * np.sum(self.error**2) * len(x)

    def bprop(self):
        linear, dropout = self.layers
        d = self.error * dropout.mask
        linear.dW, linear.db = linear.x.T @ d, d.sum(axis=0)

    def sgd(self, lr):
        for layer in self.layers:
            for p, dp in layer.params():
                setattr(layer, p, getattr(layer, p) - lr * getattr(layer, dp))
""",
        encoding="utf-8",
    )
    found = check_submission(Submission(path, "Net"), sample=20)
    assert found.word == "agree", found.failure
    assert found.report is not None
    assert [each.name for each in found.report.arrays] == ["layers[0].W", "layers[0].b"]


ANEW = """
import numpy as np


class LogisticRegression:
    def __init__(self, lr=0.1, n_iters=100):
        self.lr, self.n_iters = lr, n_iters

    def fit(self, X, y):
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0
        for _ in range(self.n_iters):
            apart = self.predict_proba(X) - y
            self.w -= self.lr * X.T @ apart / n
            self.b -= self.lr * apart.mean()

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))
"""
WITH_LOSS = (
    ANEW
    + """
    def loss(self, X, y):
        p = self.predict_proba(X)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
"""
)


@pytest.mark.parametrize("source", [ANEW, WITH_LOSS])
def test_fit_may_make_its_arrays_anew(tmp_path: Path, source: str) -> None:
    path = tmp_path / "regression.py"
    path.write_text(source, encoding="utf-8")
    found = check_submission(Submission(path, None))
    assert found.word == "agree", found.failure
    assert found.report is not None
    assert [array.name for array in found.report.arrays] == ["w", "b"]


def test_fit_is_judged_by_the_cost_of_its_class_and_by_no_guess_that_does_not_fit(
    tmp_path: Path,
) -> None:
    path = tmp_path / "regression.py"
    wrong = "apart.sum()"
    path.write_text(WITH_LOSS.replace("apart.mean()", wrong), encoding="utf-8")
    found = check_submission(Submission(path, None))
    assert found.word == "disagree", found.failure
    path.write_text(ANEW.replace("apart.mean()", wrong), encoding="utf-8")
    found = check_submission(Submission(path, None))
    assert found.word == "failed"
    assert "Add a method loss(X, y)" in found.failure
