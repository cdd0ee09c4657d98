"""Layers: right ones pass as they stand, wrong ones are found out, alone and in chains."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
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
    assert found.word == "agree"
    assert found.is_library
    names = [part.name for part in found.parts]
    assert names[:3] == ["Dense", "LeftBehind", "Updating"]
    assert "Shortcut" not in names
    assert "Shortcut was not checked." in texts(found)


def test_one_wrong_layer_makes_a_library_wrong(tmp_path: Path) -> None:
    found = check(None, changed(tmp_path, "1 - np.tanh(input) ** 2", "1"))
    assert found.word == "disagree"
    wrong = [part.name for part in found.parts if not part.report.ok]
    assert wrong == ["TwoArguments"]


def test_a_chain_is_checked_as_a_whole_and_each_layer_by_itself(tmp_path: Path) -> None:
    found = check(None, stack(tmp_path))
    assert found.word == "agree"
    assert found.is_chain
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
