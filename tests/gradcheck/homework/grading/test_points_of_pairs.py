"""What pairs of functions earn: wrong forwards, missing gradients, and remarks."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.grading.grade import Graded, grade
from gradcheck.homework.grading.gradescope import gradescope_results
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.mistakes import mistakes_of
from gradcheck.homework.grading.task import Earned, PartTask, Task
from gradcheck.homework.submission import Submission

ONE_MISSING = """
import numpy as np

def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return FOUND
"""


def test_a_missing_gradient_is_wrong_in_an_assignment(
    tmp_path: Path, in_this_process: None
) -> None:
    (tmp_path / "in").mkdir()
    dx, dw, db = "dout @ w.T", "x.T @ dout", "dout.sum(axis=0)"
    for name, found in {"all": f"{dx}, {dw}, {db}", "no x": f"{dw}, {db}"}.items():
        (tmp_path / "in" / f"{name}.py").write_text(ONE_MISSING.replace("FOUND", found))
    how = Submission(Path("here"), "affine_forward", shapes={"x": (4, 5), "w": (5, 3), "b": (3,)})
    earned = Earned(arrays_right=0.6, constant_factor=0.9)
    part = PartTask(how, points=10.0, earned=earned, is_assigned=True)
    handed_in, _ = find_submissions(tmp_path / "in")
    graded = {each.row.submission: each for each in grade(handed_in, Task((part,)))}
    right, wrong = graded["all.py"].row, graded["no x.py"].row
    assert (right.verdict, right.arrays_right, right.points) == ("agree", 1.0, 10.0)
    assert (wrong.verdict, wrong.arrays_right, wrong.points) == ("disagree", 0.6667, 4.0)
    assert (wrong.first_wrong, wrong.likely_cause) == ("x", "x: missing")
    assert mistakes_of([wrong]).counts == (("a gradient is missing", 1),)
    told = gradescope_results(graded["no x.py"], Task((part,)))["tests"][0]
    assert told["status"] == "failed"
    assert "x: missing" in told["output"]
    # Without an assignment it is a remark.
    alone = Task((replace(part, is_assigned=False),))
    kept = {each.row.submission: each.row for each in grade(handed_in, alone)}["no x.py"]
    assert kept.verdict == "agree"
    assert kept.remarks.startswith("affine_backward returns no gradient of x.")


WRONG_FORWARD = """
import numpy as np

def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)

def relu_forward(x):
    return np.maximum(0, x), x

def relu_backward(dout, cache):
    return dout * (cache > 0)

def conv_forward(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    n, f, h, v = len(x), len(w), w.shape[2], w.shape[3]
    rows, cols = (padded.shape[2] - h) // s + 1, (padded.shape[3] - v) // s + 1
    out = np.zeros((n, f, rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = padded[:, :, i * s : i * s + h, j * s : j * s + v]
            out[:, :, i, j] = np.tensordot(window, w, ((1, 2, 3), (1, 2, 3))) + b
    return out, (x, w, b, conv_param)

def conv_backward(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    h, v = w.shape[2:]
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = padded[:, :, i * s : i * s + h, j * s : j * s + v]
            dw += np.tensordot(dout[:, :, i, j], window, (0, 0))
            dpadded[:, :, i * s : i * s + h, j * s : j * s + v] += np.tensordot(
                dout[:, :, i, j], w, (1, 0))
    end = [-p or None] * 2
    return dpadded[:, :, p : end[0], p : end[1]], dw, dout.sum(axis=(0, 2, 3))
"""
WRONG_FORWARDS = {
    "affine_forward": WRONG_FORWARD.replace("x @ w + b,", "x @ w + 2 * b,").replace(
        "dout.sum(axis=0)", "2 * dout.sum(axis=0)"
    ),
    "relu_forward": WRONG_FORWARD.replace("np.maximum(0, x)", "np.maximum(0, 3 * x)").replace(
        "return dout * (", "return 3 * dout * ("
    ),
    "conv_forward": WRONG_FORWARD.replace("out, (x, w, b, c", "out + 1, (x, w, b, c"),
}


def pairs_task(**options: Any) -> Task:
    names = ("affine_forward", "relu_forward", "conv_forward")
    return Task(
        tuple(
            PartTask(Submission(Path("here"), name), points=4.0, is_assigned=True, **options)
            for name in names
        )
    )


def graded_text(folder: Path, text: str, task: Task) -> Graded:
    folder.mkdir(exist_ok=True)
    (folder / "homework.py").write_text(text)
    (found,) = grade(find_submissions(folder)[0], task)
    return found


def test_a_right_forward_pass_earns_everything(tmp_path: Path, in_this_process: None) -> None:
    found = graded_text(tmp_path / "right", WRONG_FORWARD, pairs_task())
    assert (found.row.verdict, found.row.points) == ("agree", 12.0)
    assert "asked for" not in found.row.remarks


@pytest.mark.parametrize("wrong", WRONG_FORWARDS)
def test_a_wrong_forward_pass_of_a_known_pair_earns_nothing(
    wrong: str, tmp_path: Path, in_this_process: None
) -> None:
    found = graded_text(tmp_path / "in", WRONG_FORWARDS[wrong], pairs_task())
    assert (found.row.verdict, found.row.points) == ("agree", 8.0)
    said = f"{wrong}: It does not compute what was asked for: the output of {wrong} is not "
    assert said in found.row.remarks
    assert mistakes_of([found.row]).counts == (("right, but not what was asked for", 1),)
    unnamed = Task((PartTask(Submission(Path("here"), None), points=4.0, is_assigned=True),))
    # A file with several pairs: the others earn their share.
    several = replace(unnamed.parts[0], earned=Earned(arrays_right=1.0))
    row = graded_text(tmp_path / "in", WRONG_FORWARDS[wrong], replace(unnamed, parts=(several,)))
    arrays = {"affine_forward": 3, "relu_forward": 1, "conv_forward": 3}
    assert row.row.points == round(4 * (7 - arrays[wrong]) / 7, 2)


HIGHWAY = """
import numpy as np

def highway_forward(x, gate, extra):
    return x @ gates, (x, gate)

def highway_backward(dout, cache):
    return dout, dout, dout
"""


def test_the_exception_of_a_student_is_shown_with_its_line(
    tmp_path: Path, in_this_process: None
) -> None:
    part = PartTask(Submission(Path("here"), "highway_forward"), points=4.0, is_assigned=True)
    graded = graded_text(tmp_path / "in", HIGHWAY, Task((part,)))
    error = graded.row.error
    assert "NameError: name 'gates' is not defined" in error
    assert error.endswith("(homework.py, line 5)")
    assert "such as arrays = { x = [4, 5], gate = [5], extra = [5] } in the assignment" in error
    assert "--arrays" not in error
    assert "return x @ gates" in graded.parts[0].found.traceback
    known = HIGHWAY.replace("highway", "affine")
    part = replace(part, how=replace(part.how, class_name="affine_forward"))
    error = graded_text(tmp_path / "in", known, Task((part,))).row.error
    assert "NameError: name 'gates' is not defined" in error
    assert error.endswith("(homework.py, line 5)")


BATCH_NORM = """
import numpy as np

def batchnorm_forward(x, gamma, beta, running_mean, running_var, momentum=0.9):
    mean, var = x.mean(axis=0), x.var(axis=0)
    std = np.sqrt(var + 1e-5)
    hat = (x - mean) / std
    running_mean = momentum * running_mean + (1 - momentum) * mean
    running_var = momentum * running_var + (1 - momentum) * var
    return gamma * hat + beta, (hat, gamma, std, np.sqrt(running_var))

def batchnorm_backward(dout, cache):
    hat, gamma, std, _ = cache
    dhat = dout * gamma
    dx = (dhat - dhat.mean(axis=0) - hat * (dhat * hat).mean(axis=0)) / std
    return dx, (dout * hat).sum(axis=0), dout.sum(axis=0)
"""


def test_running_averages_need_no_gradient(tmp_path: Path, in_this_process: None) -> None:
    names = {"gamma": (5,), "beta": (5,), "running_mean": (5,), "running_var": (5,)}
    how = Submission(Path("here"), "batchnorm_forward", shapes={"x": (6, 5), **names})
    task = Task((PartTask(how, points=5.0, is_assigned=True),))
    row = graded_text(tmp_path / "in", BATCH_NORM, task).row
    assert (row.verdict, row.arrays_right, row.points, row.error) == ("agree", 1.0, 5.0, "")
    # What has a gradient still needs one, and must be what the name says.
    text = BATCH_NORM.replace("return dx, (dout * hat).sum(axis=0),", "return dx, None,")
    row = graded_text(tmp_path / "in", text, task).row
    assert row.likely_cause.endswith("gamma: missing")
    row = graded_text(tmp_path / "in", BATCH_NORM.replace("+ beta,", "+ beta + 1,"), task).row
    assert (row.verdict, row.points) == ("agree", 0.0)


PRINTS = WRONG_FORWARD.replace("import numpy as np", "import numpy as np\nprint('hello')")


def test_a_remark_is_said_once_in_a_row(tmp_path: Path, in_this_process: None) -> None:
    text = PRINTS.replace("np.maximum(0, x), x", "np.maximum(0, x) + 1, x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "homework.py").write_bytes(f"# Andr\xe9\n{text}".encode("cp1252"))
    (found,) = grade(find_submissions(tmp_path / "in")[0], pairs_task())
    row = found.row
    assert row.remarks.count("It was read as cp1252") == 1
    assert row.remarks.startswith("homework.py, line 1 is not UTF-8")
    assert row.remarks.count("asked for") == 1
    assert "relu_forward: It does not compute what was asked for" in row.remarks
