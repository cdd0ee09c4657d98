"""Classes with a dict of parameters: right ones pass as they are, wrong ones are found out."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

Sizes = tuple[int, ...] | None


def check(name: str, sizes: Sizes = None) -> SubmissionReport:
    return check_submission(Submission(FOLDER / "params.py", name, sizes))


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


@pytest.mark.parametrize(
    ("name", "sizes", "words"),
    [
        ("TwoLayerNet", None, "an example in each row, one-hot targets"),
        ("TwoLayerNet", (7, 4, 2), "an example in each row, one-hot targets"),
        ("FullyConnectedNet", None, "class numbers as targets"),
        ("FullyConnectedNet", (7, 6, 5, 3), "strength of its regularisation was set to 0.13"),
        ("DropoutNet", None, "class numbers as targets"),
    ],
)
def test_right_classes_are_read_as_they_stand(name: str, sizes: Sizes, words: str) -> None:
    found = check(name, sizes)
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert found.format == "a class with a dict of parameters"
    assert words in texts(found)
    assert "were replaced by random numbers for the check" in texts(found)
    assert found.report is not None
    assert [array.name for array in found.report.arrays][:2] == ["W1", "b1"]
    assert found.sizes == (sizes or (6, 5, 4))


@pytest.mark.parametrize(
    ("name", "wrong", "cause"),
    [
        ("SignFlipped", {"W1", "b1", "W2", "b2"}, "sign-flipped"),
        ("NotDivided", {"W1", "b1", "W2", "b2"}, "not-divided-by-batch"),
        ("RegularisationForgotten", {"W1", "W2"}, None),
        ("RegularisationDoubled", {"W1", "W2"}, None),
    ],
)
def test_wrong_classes_are_found_out(name: str, wrong: set[str], cause: str | None) -> None:
    found = check(name)
    assert found.word == "disagree"
    assert found.report is not None
    assert {each.name for each in found.report.arrays if each.counts["disagree"]} == wrong
    assert found.likely_cause is not None
    assert cause is None or found.likely_cause.name == cause


def test_a_gradient_that_is_missing_is_told() -> None:
    found = check("BiasMissing")
    assert found.word == "failed"
    assert "no gradient of b2: the keys of the gradients are W1, b1, W2" in found.failure


def test_too_many_sizes_are_told() -> None:
    found = check("TwoLayerNet", (6, 5, 4, 3))
    assert "takes input_size, hidden_size, output_size: 3 sizes" in found.failure
    assert "such as --sizes 6,5,4" in found.failure


def test_a_class_that_uses_params_and_has_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text("class Net:\n    def fit(self):\n        return self.params\n")
    found = check_submission(Submission(path, None))
    assert found.is_unread
    assert "Net uses params, but has no method loss; its methods are: fit" in found.failure


IMAGES = """
import numpy as np


class ImageNet:
    def __init__(self, input_dim=(2, 28, 28), num_filters=16, filter_size=3, num_classes=4):
        channels, height, width = input_dim
        count = num_filters * (height - filter_size + 1) * (width - filter_size + 1)
        self.size = filter_size
        self.params = {
            "W1": 0.1 * np.random.randn(num_filters, channels, filter_size, filter_size),
            "W2": 0.1 * np.random.randn(count, num_classes),
            "b2": np.zeros(num_classes),
        }

    def patches(self, x):
        views = np.lib.stride_tricks.sliding_window_view(x, (self.size, self.size), axis=(2, 3))
        return views.transpose(0, 2, 3, 1, 4, 5)

    def loss(self, x, t):
        W1, W2, b2 = self.params["W1"], self.params["W2"], self.params["b2"]
        patches = self.patches(x)
        maps = np.tanh(np.tensordot(patches, W1, axes=([3, 4, 5], [1, 2, 3])))
        flat = maps.reshape(len(x), -1)
        apart = flat @ W2 + b2 - t
        below = (apart @ W2.T).reshape(maps.shape) * (1 - maps**2)
        return 0.5 * np.sum(apart**2), {
            "W1": np.tensordot(below, patches, axes=([0, 1, 2], [0, 1, 2])),
            "W2": flat.T @ apart,
            "b2": apart.sum(axis=0),
        }
"""
SEQUENCES = """
import numpy as np


class Reader:
    def __init__(self, input_dim, hidden_dim, num_classes):
        self.params = {
            "Wx": np.random.randn(input_dim, hidden_dim) / 2,
            "Wh": np.random.randn(hidden_dim, hidden_dim) / 2,
            "Wy": np.random.randn(hidden_dim, num_classes),
        }

    def loss(self, x, t):
        Wx, Wh, Wy = self.params["Wx"], self.params["Wh"], self.params["Wy"]
        states = [np.zeros((len(x), len(Wh)))]
        for step in range(x.shape[1]):
            states.append(np.tanh(x[:, step] @ Wx + states[-1] @ Wh))
        apart = states[-1] @ Wy - t
        grads = {"Wx": 0, "Wh": 0, "Wy": states[-1].T @ apart}
        back = apart @ Wy.T
        for step in reversed(range(x.shape[1])):
            back = back * (1 - states[step + 1] ** 2)
            grads["Wx"] = grads["Wx"] + x[:, step].T @ back
            grads["Wh"] = grads["Wh"] + states[step].T @ back
            back = back @ Wh.T
        return 0.5 * np.sum(apart**2), grads
"""


def check_source(folder: Path, source: str) -> SubmissionReport:
    path = folder / "homework.py"
    path.write_text(source, encoding="utf-8")
    return check_submission(Submission(path, None), sample=30)


@pytest.mark.parametrize(
    ("source", "words"), [(IMAGES, "takes images"), (SEQUENCES, "takes sequences")]
)
def test_images_and_sequences_are_handed_over(tmp_path: Path, source: str, words: str) -> None:
    found = check_source(tmp_path, source)
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert words in texts(found)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (IMAGES, " * (1 - maps**2)", ""),
        (IMAGES, "apart.sum(axis=0)", "apart.mean(axis=0)"),
        (SEQUENCES, "back = back @ Wh.T", "back = back @ Wh"),
    ],
)
def test_mistakes_with_images_and_sequences_are_found_out(
    tmp_path: Path, source: str, right: str, wrong: str
) -> None:
    assert source.count(right) == 1
    assert check_source(tmp_path, source.replace(right, wrong)).word == "disagree"
