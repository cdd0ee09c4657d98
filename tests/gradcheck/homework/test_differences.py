"""A backward pass that takes differences is found in any format; a real one is not."""

from pathlib import Path

import pytest

from gradcheck.homework.finding import DIFFERENCES
from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.task import Task
from gradcheck.homework.submission import Submission
from tests.conftest import ROOT

RIGHT = ROOT / "tests" / "gradcheck" / "homework" / "corpus" / "right"
PAIR = """
import numpy as np

def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)

def affine_backward(dout, cache):
    found = []
    for array in cache:
        gradient = np.zeros(array.shape)
        for i in np.ndindex(array.shape):
            old = array[i]
            array[i] = old + 1e-6
            more = np.sum(affine_forward(*cache)[0] * dout)
            array[i] = old - 1e-6
            gradient[i] = (more - np.sum(affine_forward(*cache)[0] * dout)) / 2e-6
            array[i] = old
        found.append(gradient)
    return tuple(found)
"""
COMPLEX_STEP = """
import numpy as np

class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = 1 / (1 + np.exp(-(w @ a + b)))
        return a

    def backprop(self, x, y):
        found = ([], [])
        for arrays, gradients in zip((self.weights, self.biases), found):
            for k, array in enumerate(arrays):
                gradient = np.zeros(array.shape)
                for i in np.ndindex(array.shape):
                    arrays[k] = array.astype(complex)
                    arrays[k][i] += 1e-20j
                    gradient[i] = (0.5 * np.sum((self.feedforward(x) - y) ** 2)).imag / 1e-20
                arrays[k] = array
                gradients.append(gradient)
        return found[1], found[0]
"""


def differences_in(folder: Path, text: str, name: str | None, sizes: tuple[int, ...] | None) -> str:
    """The finding on differences in a submission whose gradients are right."""
    (folder / "homework.py").write_text(text)
    task = Task.of(Submission(folder, name, sizes), sample=3)
    (graded,) = grade(find_submissions(folder)[0], task)
    (part,) = graded.parts
    assert graded.row.verdict == "agree", graded.row
    found = [each.text for each in part.found.findings if each.kind == DIFFERENCES]
    assert part.takes_differences == bool(found)
    return " ".join(found)


def test_a_pair_of_functions(tmp_path: Path, in_this_process: None) -> None:
    assert "affine_backward seems to move" in differences_in(tmp_path, PAIR, None, None)


def test_a_class_whose_gradient_is_its_numerical_gradient(
    tmp_path: Path, in_this_process: None
) -> None:
    text = (RIGHT / "two_layer_params.py").read_text("utf-8")
    assert differences_in(tmp_path, text, None, (5, 4, 3)) == ""
    name = text[text.index("class ") + 6 :].partition("(")[0].partition(":")[0].strip()
    text += f"\n\n{name}.gradient = {name}.numerical_gradient\n"
    assert "differences: gradient " in differences_in(tmp_path, text, None, (5, 4, 3))


def test_the_complex_step(tmp_path: Path, in_this_process: None) -> None:
    assert "differences: backprop " in differences_in(tmp_path, COMPLEX_STEP, "Network", (5, 4, 3))


@pytest.mark.parametrize("name", ["scalar_engine", "conv_naive", "nielsen_plain", "lstm_step_pair"])
def test_a_backward_pass_that_is_one(tmp_path: Path, in_this_process: None, name: str) -> None:
    """The control: loops over entries, examples and scalars are no differences."""
    text = (RIGHT / f"{name}.py").read_text("utf-8")
    assert differences_in(tmp_path, text, None, None) == ""
