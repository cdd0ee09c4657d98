"""What classes earn whose arrays, costs or files are partly wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.homework.grading.assignment import read_assignment
from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.gradescope import gradescope_results
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.mistakes import mistakes_of
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.homework.solution import Solution
from gradcheck.homework.submission import Submission
from tests.gradcheck.homework.grading.test_points import (
    BOOK,
    OWN_COST,
    RETURN,
    returning,
    task_of,
    with_method,
)
from tests.gradcheck.homework.grading.test_points_of_pairs import ONE_MISSING, graded_text

ADAPTER = """
def build(module, sizes):
    import numpy as np
    net, x, y = module.Network(sizes), np.ones((sizes[0], 1)), np.zeros((sizes[-1], 1))
    arrays = dict(w1=net.weights[0], b1=net.biases[0], w2=net.weights[1], b2=net.biases[1])
    def gradients():
        b, w = net.backprop(x, y)
        return dict(w1=w[0], b1=b[0], w2=w[1])
    cost = lambda: np.sum((net.feedforward(x) - y) ** 2) / 2
    return dict(arrays=arrays, cost=cost, gradients=gradients)
"""


def corpus(name: str) -> str:
    """A right submission of the corpus."""
    path = Path(__file__).parents[1] / "corpus" / "right" / name
    return path.read_text("utf-8")


TWO_LAYERS = corpus("two_layer_params.py")
ONE_OF_A_WRONG_SHAPE = {
    "affine_forward": (
        "arrays = { x = [4, 5], w = [5, 3], b = [3] }",
        ONE_MISSING.replace("FOUND", "dout @ w.T, dout.T @ x, dout.sum(axis=0)"),
        ("w", "For w affine_backward returned shape (3, 5); it should be (5, 3).", 0.6667),
    ),
    "Layer_Linear": (
        "",
        corpus("dense_layer_alone.py").replace("dvalues.sum(axis=0, keepdims=True)", "dvalues"),
        ("biases", "For biases Layer_Linear.backward left shape (10, 4); it should be", 0.6667),
    ),
    "Net": (
        "",
        corpus("array_engine.py")
        .replace(
            "other.grad += unbroadcast(out.grad, other.shape)",
            "other.grad = other.grad + (out.grad if other is getattr(Tensor, 'bias', None) else "
            "unbroadcast(out.grad, other.shape))",
        )
        .replace("return [self.W1,", "Tensor.bias = self.b1; return [self.W1,"),
        ("Net: b1", "The gradient of b1 has shape (10, 5); it should be (1, 5).", 0.9375),
    ),
    "Network of an adapter": (
        "sizes = [5, 4, 3]\nadapter = 'adapter.py'",
        BOOK,
        ("b2", "There is no gradient of b2: gradients of the adapter returned None", 0.75),
    ),
    "TwoLayerNet": (
        "sizes = [8, 6, 3]",
        TWO_LAYERS.replace("return grads", "del grads['b1']; return grads"),
        ("b1", "There is no gradient of b1: the keys of the gradients are W", 0.75),
    ),
    "Network": (
        "sizes = [5, 4, 3]",
        BOOK.replace(
            RETURN, "        return nabla_b, [nabla_w[0], nabla_w[1].dot(np.ones((4, 2)))]\n"
        ),
        (
            "layer 2 weights",
            "For the weights of layer 2 backprop returned shape (3, 2); it should be (3, 4).",
            0.75,
        ),
    ),
}


@pytest.mark.parametrize("name", ONE_OF_A_WRONG_SHAPE)
def test_one_array_of_a_wrong_shape_costs_its_own_share_only(
    name: str, tmp_path: Path, in_this_process: None
) -> None:
    key, text, (array, said, share) = ONE_OF_A_WRONG_SHAPE[name]
    (tmp_path / "adapter.py").write_text(ADAPTER)
    (tmp_path / "hw.toml").write_text(
        f"[[part]]\nname = '{name.split()[0]}'\npoints = 12\n{key}\n"
        "earns = { arrays_right = 1.0 }\n"
    )
    task = read_assignment(tmp_path / "hw.toml").task
    graded = graded_text(tmp_path / "in", text, task)
    row = graded.row
    assert (row.verdict, row.arrays_right, row.first_wrong) == ("disagree", share, array)
    assert row.points == round(12 * share, 2)
    assert f"wrong-shape: {said}" in row.likely_cause
    assert "NaN" not in row.remarks + row.likely_cause
    assert said in gradescope_results(graded, task)["tests"][0]["output"]
    assert mistakes_of([row]).counts == (("wrong-shape", 1),)


def with_own_cost(factor: int, of_gradients: int) -> str:
    """The book's class with a cost of its own: the quadratic one times a factor."""
    return with_method(OWN_COST.replace("SIGN", str(factor)), returning(of_gradients))


@pytest.mark.parametrize("factor", [2, 7])
def test_an_honest_cost_may_have_another_factor(
    factor: int, tmp_path: Path, in_this_process: None
) -> None:
    row = graded_text(tmp_path / "in", with_own_cost(factor, factor), task_of()).row
    assert (row.verdict, row.points) == ("agree", 10.0)
    assert row.remarks == (
        f"Its cost is {factor} times that of the reference. That is another convention, and no "
        "mistake."
    )
    (tmp_path / "solution.py").write_text(with_own_cost(1, 1))
    solved = task_of(reference=Solution(tmp_path / "solution.py"))
    row = graded_text(tmp_path / "in", with_own_cost(factor, factor), solved).row
    assert row.points == 10.0
    assert f"Its cost is {factor} times that of the solution." in row.remarks


def test_the_cost_of_an_assignment_and_an_honest_cost_of_the_class(
    tmp_path: Path, in_this_process: None
) -> None:
    how = replace(task_of().parts[0].how, cost="quadratic")
    task = task_of(how=how, reference=None, is_assigned=True)
    row = graded_text(tmp_path / "in", with_own_cost(2, 2), task).row
    assert (row.verdict, row.points, row.arrays_right) == ("agree", 10.0, 1.0)
    assert "Its own cost is 2 times the quadratic cost" in row.remarks
    # Its own cost says otherwise, or it is another cost, or there is none.
    for text in (with_own_cost(1, 2), returning(2)):
        row = graded_text(tmp_path / "in", text, task).row
        assert (row.verdict, row.points) == ("disagree", 8.0)
    row = graded_text(tmp_path / "in", with_own_cost(-2, -2), task).row
    assert (row.verdict, row.points) == ("disagree", 0.0)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("affine_forward", "from layers import *"),
        (None, "from layers import *"),
        ("affine_forward", "from own.layers import affine_backward"),
        ("affine_forward", "import layers"),
        (None, "import own.layers as own"),
    ],
)
def test_functions_of_a_second_file_are_seen(
    name: str | None, line: str, tmp_path: Path, in_this_process: None
) -> None:
    text = ONE_MISSING.replace("FOUND", "dout @ w.T, x.T @ dout, dout.sum(axis=0)")
    forward, backward = text[: text.index("def affine_backward")], text
    own = tmp_path / "in" / "ann"
    (own / "own").mkdir(parents=True)
    for folder in (own, own / "own"):
        (folder / "layers.py").write_text(backward)
    (own / "homework.py").write_text(f"{line}\n{forward if line.endswith('ward') else ''}")
    part = PartTask(Submission(Path("here"), name), points=6.0, is_assigned=True)
    (found,) = grade(find_submissions(tmp_path / "in")[0], Task((part,)))
    assert (found.row.verdict, found.row.points, found.row.error) == ("agree", 6.0, "")


def test_functions_of_a_second_file_do_not_stand_for_a_class_that_fails(
    tmp_path: Path, in_this_process: None
) -> None:
    own = tmp_path / "in" / "ann"
    own.mkdir(parents=True)
    (own / "layers.py").write_text(ONE_MISSING.replace("FOUND", "dout @ w.T, x.T @ dout, 1"))
    (own / "homework.py").write_text("from layers import *\n\nclass Network:\n    pass\n")
    (found,) = grade(find_submissions(tmp_path / "in")[0], task_of())
    assert (found.row.verdict, found.row.points) == ("failed", 0.0)


def test_homework_of_an_older_editor_is_graded_with_a_remark(
    tmp_path: Path, in_this_process: None
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "homework.py").write_bytes(b"# Andr\xe9\n" + BOOK.encode())
    (found,) = grade(find_submissions(tmp_path / "in")[0], task_of())
    assert (found.row.verdict, found.row.points) == ("agree", 10.0)
    assert "line 1 is not UTF-8 (byte 0xe9). It was read as cp1252." in found.row.remarks
