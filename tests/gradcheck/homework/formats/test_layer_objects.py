"""Layers: right ones pass as they stand, wrong ones are found out, alone and in chains."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.homework.students import FOLDER, PASSES_OF_A_CHAIN

pytestmark = pytest.mark.usefixtures("in_this_process")

FILE = FOLDER / "layers.py"
STACK = (
    """
class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y**2)


class Sequential:
    def __init__(self, layers):
        self.layers = layers
"""
    + PASSES_OF_A_CHAIN
    + """


class Net(Sequential):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__([Dense(n_in, n_hidden), Tanh(), Dense(n_hidden, n_out)])
"""
)


def check(name: str | None, path: Path = FILE) -> SubmissionReport:
    return check_submission(Submission(path, name), sample=20)


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


def arrays(found: SubmissionReport) -> list[str]:
    assert found.report is not None, found.failure
    return [each.name for each in found.report.arrays]


def changed(tmp_path: Path, old: str, new: str, more: str = "") -> Path:
    """The layers with a mistake in one of them, and more classes after them."""
    text = FILE.read_text("utf-8") + more
    assert text.count(old) >= 1
    path = tmp_path / "layers.py"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def stack(tmp_path: Path, old: str = "", new: str = "") -> Path:
    """A file with a dense layer, an activation, and networks of them."""
    dense = FILE.read_text("utf-8").partition("class LeftBehind")[0]
    text = dense + STACK
    assert old in text
    path = tmp_path / "homework.py"
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Dense", ["x", "W", "b"]),
        ("LeftBehind", ["x", "weights", "biases"]),
        ("Updating", ["x", "weights", "bias"]),
        ("ThroughOptimizer", ["x", "w", "b"]),
        ("Lazy", ["x", "W['val']", "b['val']"]),
        ("Adding", ["x", "weight.value", "bias.value"]),
        ("LinearMean", ["x", "w", "b"]),
        ("ListOfGradients", ["x", "params[0]", "params[1]"]),
        ("TwoArguments", ["x"]),
        ("DropoutLayer", ["x"]),
        ("MeanSquaredLoss", ["x"]),
        ("LossOfEach", ["x"]),
        ("SoftmaxWithGetLoss", ["x"]),
        ("SigmoidActivation", ["x"]),
        ("AnyActivation", ["x"]),
    ],
)
def test_right_layers_are_read_as_they_stand(name: str, names: list[str]) -> None:
    found = check(name)
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert found.format == "layers with forward and backward"
    assert arrays(found) == names


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("Dense", "return grad @ self.W.T", "return -grad @ self.W.T", {"x"}),
        ("Dense", "self.db = grad.sum(axis=0)", "self.db = grad.mean(axis=0)", {"b"}),
        ("Dense", "self.dW = self.x.T @ grad", "self.dW = 2 * self.x.T @ grad", {"W"}),
        ("LeftBehind", "self.dinputs = dvalues", "self.dinputs = 0 * dvalues", {"x"}),
        (
            "Updating",
            "self.bias -= learning_rate *",
            "self.bias -= 0.5 * learning_rate *",
            {"bias"},
        ),
        ("Updating", "input_gradient = np", "input_gradient = 2 * np", {"x"}),
        ("ThroughOptimizer", "grad_w, grad_b = self.x.T", "grad_w, grad_b = -self.x.T", {"w"}),
        ("Lazy", 'self.b["grad"] = d_out.sum', 'self.b["grad"] = d_out[1:].sum', {"b['val']"}),
        ("Adding", "+= grad.T @ self.x", "-= grad.T @ self.x", {"weight.value"}),
        ("LinearMean", "keepdims=True) / y.shape[0]", "keepdims=True)", {"w"}),
        ("ListOfGradients", "= self.x.T @ dout", "= self.x.T @ dout / 2", {"params[0]"}),
        ("TwoArguments", "np.tanh(input) ** 2", "np.tanh(input)", {"x"}),
        ("DropoutLayer", "return grad * self.mask", "return grad", {"x"}),
        ("MeanSquaredLoss", "2 * self.diff / self", "self.diff / self", {"x"}),
        ("LossOfEach", "-y_true / dvalues / len(dvalues)", "-y_true / len(dvalues)", {"x"}),
        ("SoftmaxWithGetLoss", "(self.p - self.label) / len", "(self.label - self.p) / len", {"x"}),
        ("SigmoidActivation", "self(x) * (1 - self(x))", "1 - self(x)", {"x"}),
    ],
)
def test_wrong_layers_are_found_out(
    tmp_path: Path, name: str, old: str, new: str, wrong: set[str]
) -> None:
    found = check(name, changed(tmp_path, old, new))
    assert found.word == "disagree", found.failure
    assert found.report is not None
    assert {each.name for each in found.report.arrays if each.counts["disagree"]} == wrong


def test_what_is_unusual_is_said() -> None:
    assert "divided by 10, the numbers that they are summed over" in texts(check("LinearMean"))
    assert "adds to the gradients of the call before" in texts(check("Adding"))
    assert "adds to" not in texts(check("Dense"))
    assert "one example, as a column (5 x 1)" in texts(check("Updating"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Shortcut", "leaves out the derivative of the softmax: that is right only if"),
        (
            "NoGradientOfBias",
            "backward leaves no gradient of b. Keep it in an attribute such as db",
        ),
        ("UnsummedBias", "For b UnsummedBias.backward left shape (10, 4); it should be (4,)"),
        ("Unknown", "no meaning is known for table, callback. Give table a default"),
        ("Parameter", "Add backward(gradient) that returns the gradient of the input"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_one_line(name: str, words: str) -> None:
    found = check(name)
    assert found.word == "failed"
    assert words in found.failure
    assert "\n" not in found.failure


def test_each_layer_of_a_library_is_a_part() -> None:
    found = check(None)
    # Every part is right, and yet some layers could not be checked: a mistake may be there.
    assert found.word == "undecided"
    assert {part.verdict.word for part in found.parts} == {"agree"}
    assert found.is_library
    names = [part.name for part in found.parts]
    assert names[:3] == ["Dense", "LeftBehind", "Updating"]
    assert "Shortcut" not in names
    assert "Shortcut" in [each.name for each in found.left_out]


def test_a_library_with_a_layer_that_raises_an_error_is_undecided(tmp_path: Path) -> None:
    path = changed(tmp_path, "1 - np.tanh(input) ** 2", "self.nowhere")
    found = check(None, path)
    assert found.word == "undecided"
    assert any(each.is_open and "nowhere" in each.line for each in found.left_out)


def test_one_wrong_layer_makes_a_library_wrong(tmp_path: Path) -> None:
    found = check(None, changed(tmp_path, "1 - np.tanh(input) ** 2", "1"))
    assert found.word == "disagree"
    wrong = [part.name for part in found.parts if not part.report.ok]
    assert wrong == ["TwoArguments"]


def test_a_chain_is_checked_as_a_whole_and_each_layer_by_itself(tmp_path: Path) -> None:
    found = check(None, stack(tmp_path))
    assert found.word == "agree"
    assert found.layers == len(found.parts) - 1
    assert [part.name for part in found.parts] == [
        "Net",
        "layer 1 (Dense)",
        "layer 2 (Tanh)",
        "layer 3 (Dense)",
    ]
    assert arrays(found) == ["x", "layers[0].W", "layers[0].b", "layers[2].W", "layers[2].b"]
    assert found.first_wrong_layer is None


def test_a_class_that_takes_layers_receives_the_file_s_own(tmp_path: Path) -> None:
    found = check("Sequential", stack(tmp_path))
    assert found.word == "agree"
    assert len(found.parts) == 4


def test_the_first_wrong_layer_on_the_way_back_is_named(tmp_path: Path) -> None:
    found = check("Net", stack(tmp_path, "(1 - self.y**2)", "(1 - self.y)"))
    assert found.word == "disagree"
    layer = found.first_wrong_layer
    assert layer is not None
    assert (layer.layer, layer.wrong, layer.right_after) == ("layer 2 (Tanh)", ("x",), 1)
    assert found.to_dict()["first_wrong_layer"]["layer"] == "layer 2 (Tanh)"


def test_a_chain_that_joins_right_layers_wrongly(tmp_path: Path) -> None:
    old, new = "in reversed(self.layers)", "in reversed(self.layers[1:])"
    found = check("Net", stack(tmp_path, old, new))
    # Its input has another size than the gradient that it returns, so nothing can be checked.
    assert found.word == "failed"
    halved = stack(tmp_path, "grad = layer.backward(grad)\n        return grad",
                   "grad = layer.backward(grad)\n        return grad + 1.0")  # fmt: skip
    found = check("Net", halved)
    assert found.first_wrong_layer is not None
    assert found.first_wrong_layer.layer is None
    assert found.likely_cause is not None
    assert "return grad + 1.0" in found.likely_cause.evidence


LOSS = """


class SquaredError:
    def forward(self, prediction, target):
        self.difference = prediction - target
        return np.mean(np.sum(self.difference**2, axis=1))

    def backward(self):
        return 2 * self.difference / len(self.difference)
"""


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("2 * self", "self", ["SquaredError"]),
        ("(1 - self.y**2)", "(1 - self.y)", ["Net", "layer 2 (Tanh)"]),
        ("2 * self", "2 * self", []),
    ],
)
def test_a_loss_beside_a_chain_is_checked_too(
    tmp_path: Path, old: str, new: str, wrong: list[str]
) -> None:
    path = stack(tmp_path)
    source = path.read_text(encoding="utf-8") + LOSS
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")
    found = check(None, path)
    assert [part.name for part in found.pieces] == ["Net", "SquaredError"]
    assert [part.name for part in found.parts if part.verdict.word == "disagree"] == wrong
    layer = found.first_wrong_layer
    assert (layer is not None) == ("Net" in wrong)


def test_hints_do_not_name_the_mistake(tmp_path: Path) -> None:
    found = check("Net", stack(tmp_path, "(1 - self.y**2)", "(1 - self.y)")).as_hints(1)
    assert found.likely_cause is None
    assert found.first_wrong_layer is not None
    assert found.first_wrong_layer.lines() == [
        "Hint 1: Look at layer 2 (Tanh). The layer after it is right by itself."
    ]
    assert len(found.parts) == 1


def test_several_networks_are_listed(tmp_path: Path) -> None:
    more = "\n\nclass Wide(Net):\n    pass\n"
    path = stack(tmp_path)
    library = tmp_path / "parts.py"
    library.write_text(path.read_text("utf-8"), encoding="utf-8")
    path.write_text(
        "from parts import Net\n\n\nclass Deep(Net):\n    pass\n" + more, encoding="utf-8"
    )
    found = check(None, path)
    assert found.is_unread
    assert "has 2 networks of layers: Deep, Wide. Choose one" in found.failure


COUNTED = """
import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_out, n_in), np.zeros((n_out, 1))

    def forward(self, x, batch_size=1):
        self.x = x
        return self.W @ x + self.b

    def backward(self, grad, batch_size=1):
        self.dW = grad @ self.x.T / batch_size
        self.db = grad.mean(axis=1, keepdims=True)
        return self.W.T @ grad
"""


def test_a_layer_is_told_how_many_examples_there_are(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(COUNTED, encoding="utf-8")
    found = check_submission(Submission(path, None))
    assert found.word == "agree", (found.failure, found.likely_cause)
    path.write_text(COUNTED.replace(" / batch_size", ""), encoding="utf-8")
    assert check_submission(Submission(path, None)).word == "disagree"


TWO_METHODS = """
import numpy as np


class MSELoss:
    def forward(self, y, yhat):
        return np.sum((y - yhat) ** 2, axis=1)

    def backward(self, y, yhat):
        return -2 * (y - yhat)


class Linear:
    def __init__(self, input_size, output_size):
        self._parameters = np.random.randn(input_size, output_size)
        self._gradient = np.zeros((input_size, output_size))

    def forward(self, X):
        return X @ self._parameters

    def backward_update_gradient(self, input, delta):
        self._gradient += input.T @ delta

    def backward_delta(self, input, delta):
        return delta @ self._parameters.T
"""


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("", "", set()),
        ("+= input.T", "+= 2 * input.T", {"_parameters"}),
        ("delta @ self._parameters.T", "delta @ self._parameters.T / 2", {"x"}),
        ("-2 * (y", "2 * (y", {"x"}),
    ],
)
def test_the_backward_pass_may_be_two_methods(
    tmp_path: Path, old: str, new: str, wrong: set[str]
) -> None:
    assert old in TWO_METHODS
    file = tmp_path / "modules.py"
    file.write_text(TWO_METHODS.replace(old, new) if old else TWO_METHODS, encoding="utf-8")
    found = check(None, file)
    assert len(found.parts) == 2
    reports = [array for part in found.parts for array in part.report.arrays]
    assert {each.name for each in reports if each.counts["disagree"]} == wrong


ONE_AXIS = """
import numpy as np


class Conv1d:
    def __init__(self, in_channels, out_channels, kernel_size):
        self.weight = np.random.randn(out_channels, in_channels, kernel_size)
        self.k = kernel_size

    def forward(self, x):
        self.x = x
        n, c, steps = x.shape
        found = [np.tensordot(x[:, :, t:t + self.k], self.weight, axes=([1, 2], [1, 2]))
                 for t in range(steps - self.k + 1)]
        return np.stack(found, axis=2)

    def backward(self, g):
        self.dweight, dx = np.zeros_like(self.weight), np.zeros_like(self.x)
        for t in range(g.shape[2]):
            part = self.x[:, :, t:t + self.k]
            self.dweight += np.einsum("no,nck->ock", g[:, :, t], part)
            dx[:, :, t:t + self.k] += np.einsum("no,ock->nck", g[:, :, t], self.weight)
        return dx
"""


def test_a_convolution_over_one_axis(tmp_path: Path) -> None:
    file = tmp_path / "signals.py"
    file.write_text(ONE_AXIS, encoding="utf-8")
    assert check(None, file).word == "agree"
    file.write_text(ONE_AXIS.replace("self.k] += np", "self.k] = np"), encoding="utf-8")
    assert check(None, file).word == "disagree"


NOTEBOOK = """import numpy as np


class LayerDense:
    def __init__(self, n_inputs, n_neurons, l2_strength=0):
        self.weights = np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
        self.l2_strength = l2_strength

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        if self.l2_strength > 0:
            self.dweights += 2 * self.l2_strength * self.weights
        self.dbiases = dvalues.sum(axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T


class Softmax:
    def forward(self, inputs):
        powers = np.exp(inputs)
        self.output = powers / powers.sum(axis=1, keepdims=True)

    def backward(self, dvalues):
        inner = np.sum(dvalues * self.output, axis=1, keepdims=True)
        self.dinputs = self.output * (dvalues - inner)


class Loss:
    def regularization_loss(self, layer):
        return layer.l2_strength * (layer.weights ** 2).sum() + 0 * layer.biases.sum()

    def calculate(self, output, y):
        return np.mean(self.forward(output, y))


class CrossEntropy(Loss):
    def forward(self, y_pred, y_true):
        return -np.log(y_pred[range(len(y_pred)), y_true])

    def backward(self, dvalues, y_true):
        self.dinputs = -np.eye(dvalues.shape[1])[y_true] / dvalues / len(dvalues)


class SoftmaxWithCost:
    def __init__(self):
        self.activation = Softmax()
        self.loss = CrossEntropy()

    def forward(self, inputs, y_true):
        self.activation.forward(inputs)
        self.output = self.activation.output
        return self.loss.calculate(self.output, y_true)

    def backward(self, dvalues, y_true):
        self.dinputs = dvalues.copy()
        self.dinputs[range(len(dvalues)), y_true] -= 1
        self.dinputs /= len(dvalues)


last = SoftmaxWithCost()
"""
SMALL_NET = """

class SmallNet:
    def __init__(self, n_inputs, n_hidden, n_classes, l2=5e-3):
        self.dense1 = LayerDense(n_inputs, n_hidden, l2)
        self.dense2 = LayerDense(n_hidden, n_classes)
        self.last = SoftmaxWithCost()

    def forward(self, X, y):
        self.dense1.forward(X)
        self.dense2.forward(self.dense1.output)
        return self.last.forward(self.dense2.output, y) + self.penalty()

    def penalty(self):
        return self.last.loss.regularization_loss(self.dense1)

    def backward(self, y):
        self.last.backward(self.last.output, y)
        self.dense2.backward(self.last.dinputs)
        self.dense1.backward(self.dense2.dinputs)
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "homework.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_layers_that_leave_all_behind_are_parts_and_their_losses_too(tmp_path: Path) -> None:
    found = check(None, written(tmp_path, NOTEBOOK))
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert [part.name for part in found.parts] == [
        *("LayerDense", "Softmax", "CrossEntropy", "SoftmaxWithCost"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 * self.l2_strength * self", "self.l2_strength * self"),
        ("(dvalues - inner)", "dvalues"),
        ("/ dvalues / len(dvalues)", "/ dvalues"),
        ("] -= 1", "] -= 2"),
    ],
)
def test_one_that_is_wrong_among_them_is_found(tmp_path: Path, old: str, new: str) -> None:
    assert old in NOTEBOOK
    found = check(None, written(tmp_path, NOTEBOOK.replace(old, new)))
    assert found.word == "disagree", found.failure


def test_a_network_of_them_is_right_with_a_regularised_layer_inside(tmp_path: Path) -> None:
    found = check(None, written(tmp_path, NOTEBOOK + SMALL_NET))
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert found.parts[0].name == "SmallNet"


PLAIN = """import math
import random


class Dense:
    def __init__(self, n_in, n_out):
        self.w = [[random.gauss(0, 1) for _ in range(n_in)] for _ in range(n_out)]
        self.b = [0.0] * n_out
        self.gw = [[0.0] * n_in for _ in range(n_out)]
        self.gb = [0.0] * n_out

    def run(self, x):
        self.x = x
        return [b + sum(w * v for w, v in zip(row, x)) for row, b in zip(self.w, self.b)]

    def backprop(self, gout):
        gx = [0.0] * len(self.x)
        for j, g in enumerate(gout):
            self.gb[j] += g
            for i, v in enumerate(self.x):
                self.gw[j][i] += g * v
                gx[i] += g * self.w[j][i]
        return gx


class Tanh:
    def run(self, x):
        self.out = [math.tanh(v) for v in x]
        return self.out

    def backprop(self, gout):
        return [g * (1.0 - t * t) for g, t in zip(gout, self.out)]


class Twice:
    def run(self, x):
        return x * 2.0

    def backprop(self, gout):
        return gout * 2.0
"""


def test_layers_of_plain_lists_are_read_and_arrays_are_tried_after_lists(tmp_path: Path) -> None:
    found = check(None, written(tmp_path, PLAIN))
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert [part.name for part in found.parts] == ["Dense", "Tanh", "Twice"]
    assert arrays(found) == ["x", "w", "b"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gx[i] += g * self", "gx[i] += self"),
        ("self.gb[j] += g", "self.gb[j] += 3 * g"),
        ("1.0 - t * t", "1.0 - t"),
    ],
)
def test_wrong_layers_of_plain_lists_are_found(tmp_path: Path, old: str, new: str) -> None:
    found = check(None, written(tmp_path, PLAIN.replace(old, new)))
    assert found.word == "disagree", found.failure


def test_a_layer_that_adds_to_one_gradient_and_overwrites_another_is_no_right_one(
    tmp_path: Path,
) -> None:
    found = check(None, written(tmp_path, PLAIN.replace("self.gw[j][i] += g", "self.gw[j][i] = g")))
    assert found.word == "undecided"
    assert "adds to the gradient of b and overwrites that of w" in found.left_out[0].line


MODULES = """import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, grad):
        self.dW = self.x.T @ grad
        return grad @ self.W.T


class Residual:
    def __init__(self, f):
        self.f = f

    def forward(self, x):
        return x + self.f.forward(x)

    def backward(self, grad):
        return grad + self.f.backward(grad)


class Embedding:
    def __init__(self, vocab_size, dim):
        self.W = np.random.randn(vocab_size, dim)

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, grad):
        self.dW = np.zeros_like(self.W)
        np.add.at(self.dW, self.ids, grad)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, x):
        return np.reshape(x, (len(x), *self.output_shape))

    def backward(self, grad):
        return np.reshape(grad, (len(grad), *self.input_shape))


class WidthError(Exception):
    pass


class Heads:
    def __init__(self, d_model, num_heads):
        if d_model % num_heads:
            raise WidthError
        self.n = num_heads

    def forward(self, x):
        self.shape = (*x.shape[:-1], self.n, x.shape[-1] // self.n)
        self.mean = x.reshape(self.shape).mean(axis=-1)
        return self.mean

    def backward(self, grad):
        parts = np.repeat(grad[..., None], self.shape[-1], axis=-1)
        return (parts / self.shape[-1]).reshape(*self.shape[:-2], -1)
"""


def test_modules_with_ids_inner_layers_and_heads_are_read(tmp_path: Path) -> None:
    found = check(None, written(tmp_path, MODULES))
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert not found.left_out
    names = ["Dense", "Residual", "Embedding", "Reshape", "Heads"]
    assert [part.name for part in found.parts] == names


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("return grad + self.f", "return self.f", "Residual"),
        ("np.add.at(self.dW, self.ids, grad)", "self.dW[self.ids] = grad", "Embedding"),
        ("parts / self.shape[-1]", "parts", "Heads"),
    ],
)
def test_wrong_modules_are_found(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    assert old in MODULES
    found = check(None, written(tmp_path, MODULES.replace(old, new)))
    assert [part.name for part in found.parts if part.report.verdict.word == "disagree"] == [wrong]


SLOTTED = """
import numpy as np


class Parameter:
    __slots__ = ("data", "grad")

    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)


class Linear:
    def __init__(self, n_in, n_out):
        self.weight = Parameter(np.random.randn(n_in, n_out))
        self.bias = Parameter(np.zeros(n_out))

    def forward(self, x):
        self.x = x
        return x @ self.weight.data + self.bias.data

    def backward(self, grad):
        self.weight.grad += self.x.T @ grad
        self.bias.grad += grad.sum(axis=0)
        return grad @ self.weight.data.T
"""


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [("", "", Verdict.AGREE), ("self.x.T @ grad", "2 * self.x.T @ grad", Verdict.DISAGREE)],
)
def test_parameters_in_slots_are_checked(
    tmp_path: Path, old: str, new: str, verdict: Verdict
) -> None:
    path = tmp_path / "layers.py"
    path.write_text(SLOTTED.replace(old, new), encoding="utf-8")
    found = check("Linear", path)
    assert arrays(found) == ["x", "weight.data", "bias.data"]
    assert found.verdict is verdict


def test_a_network_that_holds_an_embedding_gets_ids(tmp_path: Path) -> None:
    path = tmp_path / "layers.py"
    path.write_text(
        SLOTTED
        + """

class Embedding:
    def __init__(self, n_in, n_out):
        self.weight = Parameter(np.random.randn(n_in, n_out))

    def forward(self, ids):
        self.ids = ids
        return self.weight.data[ids]

    def backward(self, grad):
        np.add.at(self.weight.grad, self.ids, grad)


class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.tokens, self.head = Embedding(n_in, n_hidden), Linear(n_hidden, n_out)

    def forward(self, ids):
        return self.head.forward(self.tokens.forward(ids).sum(axis=1))

    def backward(self, grad):
        dx = self.head.backward(grad)
        self.tokens.backward(np.stack([dx] * self.tokens.ids.shape[1], axis=1))
""",
        encoding="utf-8",
    )
    found = check("Net", path)
    assert arrays(found)[0] == "tokens.weight.data"
    assert found.verdict is Verdict.AGREE


UNUSUAL = {
    "a tuple": """
    def __init__(self, n_in, n_out):
        self.params, self.grads = (rng.standard_normal((n_in, n_out)), np.zeros(n_out)), ()

    def forward(self, x):
        self.x = x
        return x @ self.params[0] + self.params[1]

    def backward(self, grad):
        self.grads = (FACTOR * self.x.T @ grad, grad.sum(axis=0))
        return grad @ self.params[0].T
""",
    "an array of the class": """
    W = rng.standard_normal((5, 4))

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, grad):
        self.dW = FACTOR * self.x.T @ grad
        return grad @ self.W.T
""",
    "a plain number": """
    def __init__(self):
        self.gain = 1.5

    def forward(self, x):
        self.x = x
        return x * self.gain

    def backward(self, grad):
        self.dgain = FACTOR * (self.x * grad).sum()
        return grad * self.gain
""",
    "a private attribute": """
    def __init__(self, n_in, n_out):
        self.__W = rng.standard_normal((n_in, n_out))

    def forward(self, x):
        self.__x = x
        return x @ self.__W

    def backward(self, grad):
        self.__dW = FACTOR * self.__x.T @ grad
        return grad @ self.__W.T
""",
}


@pytest.mark.parametrize("held", UNUSUAL)
@pytest.mark.parametrize(("factor", "verdict"), [(1, Verdict.AGREE), (2, Verdict.DISAGREE)])
def test_parameters_in_unusual_places_are_checked(
    tmp_path: Path, held: str, factor: int, verdict: Verdict
) -> None:
    path = tmp_path / "layers.py"
    head = "import numpy as np\n\nrng = np.random.default_rng(0)\n\n\nclass Layer:"
    path.write_text(head + UNUSUAL[held].replace("FACTOR", str(factor)), encoding="utf-8")
    found = check("Layer", path)
    assert len(arrays(found)) > 1
    assert found.verdict is verdict
