"""A submission is compared with the lecturer's own solution, in any format."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.solution import Solution
from gradcheck.homework.submission import Submission
from tests.conftest import ROOT

RIGHT = ROOT / "tests" / "gradcheck" / "homework" / "corpus" / "right"
RELU = """
import numpy as np

def relu_forward(x):
    return np.maximum(0, x), x

def relu_backward(dout, x):
    return dout * (x > 0)
"""
# Its gradient is right, but it is no ReLU.
TWICE = RELU.replace("np.maximum(0, x), x", "2 * np.maximum(0, x), x").replace(
    "dout * (x > 0)", "2 * dout * (x > 0)"
)
OTHER_NAMES = """
import numpy as np

def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
"""


def unlike(folder: Path, text: str, solution: str, name: str) -> str:
    """Why a submission does not compute what a solution does, although its gradients are right."""
    (folder / "homework.py").write_text(text)
    (folder / "solution.py").write_text(solution)
    asked = Submission(folder / "homework.py", name)
    found = check_submission(asked, sample=4, reference=Solution(folder / "solution.py"))
    assert found.word == "agree", found.failure
    return found.unlike_reference


def test_the_same_function_is_the_same(tmp_path: Path, in_this_process: None) -> None:
    assert (
        unlike(tmp_path, RELU, RELU.replace("np.maximum(0, x)", "x * (x > 0)"), "relu_forward")
        == ""
    )


def test_another_function_is_found(tmp_path: Path, in_this_process: None) -> None:
    assert "that of the solution with the same arrays" in unlike(
        tmp_path, TWICE, RELU, "relu_forward"
    )


def test_arrays_under_other_names_go_by_their_order(tmp_path: Path, in_this_process: None) -> None:
    renamed = OTHER_NAMES.replace("x, w, b", "inp, kern, shift").replace(
        "x @ w + b", "inp @ kern + shift"
    )
    renamed = renamed.replace("dout @ w.T, x.T", "dout @ kern.T, inp.T")
    (tmp_path / "homework.py").write_text(OTHER_NAMES)
    (tmp_path / "solution.py").write_text(renamed)
    asked = Submission(tmp_path / "homework.py", "affine_forward")
    found = check_submission(asked, sample=4, reference=Solution(tmp_path / "solution.py"))
    assert (found.word, found.unlike_reference) == ("agree", "")


@pytest.mark.parametrize("name", ["two_layer_params", "deep_columns"])
def test_networks_of_other_formats(tmp_path: Path, in_this_process: None, name: str) -> None:
    text = (RIGHT / f"{name}.py").read_text("utf-8")
    (tmp_path / "homework.py").write_text(text)
    (tmp_path / "solution.py").write_text(text)
    asked = Submission(tmp_path / "homework.py", None)
    reference = Solution(tmp_path / "solution.py")
    assert check_submission(asked, sample=3, reference=reference).unlike_reference == ""
    seeded = check_submission(replace(asked, seed=1), sample=3, reference=reference)
    assert seeded.unlike_reference == ""


def test_arrays_of_other_shapes(tmp_path: Path, in_this_process: None) -> None:
    both = RELU + "\n\ndef shift_forward(x, b):\n    return x + b, x\n"
    both += "\n\ndef shift_backward(dout, x):\n    return dout, dout.sum(axis=0)\n"
    solution = both.replace("(x, b):", "(x):").replace("x + b, x", "x + 1.0, x")
    solution = solution.replace("dout, dout.sum(axis=0)", "dout")
    told = unlike(tmp_path, both, solution, "shift_forward")
    assert told.startswith("its arrays are x (")
    assert "and those of the solution x (" in told
