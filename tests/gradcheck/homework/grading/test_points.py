"""What looks right and is not, and what a submission earns."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.grading.grade import Graded, grade
from gradcheck.homework.grading.gradescope import gradescope_results
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.task import Earned, PartTask, Task
from gradcheck.homework.reference import Reference
from gradcheck.homework.submission import Submission
from tests.gradcheck.homework.students import FOLDER

BOOK = (FOLDER / "book.py").read_text("utf-8")
SIZES = (5, 4, 3)
BOOK_REFERENCE = Reference("sigmoid", "sigmoid", "quadratic")
OWN_COST = """
    def cost(self, x, y):
        return SIGN * 0.5 * np.sum((self.feedforward(x) - y) ** 2) / x.shape[1]
"""
RETURN = "        return nabla_b, nabla_w\n"
DEFINED = "    def backprop(self, x, y):\n"
NEXT = "    def cost_derivative(self, output_activations, y):\n"
HEAD, TAIL = BOOK[: BOOK.index(DEFINED)], BOOK[BOOK.index(NEXT) :]
SETUP = """
    def backprop(self, x, y):
        gw = [np.zeros_like(w) for w in self.weights]
        gb = [np.zeros_like(b) for b in self.biases]
        for arrays, gradients in ((self.weights, gw), (self.biases, gb)):
            for p, g in zip(arrays, gradients):
                for i in np.ndindex(p.shape):
"""
BY_CALLS = (
    """
    def at(self, x, y):
        return 0.5 * np.sum((self.feedforward(x) - y) ** 2)
"""
    + SETUP
    + """
                    old = p[i]
                    p[i] = old + 1e-5
                    more = self.at(x, y)
                    p[i] = old - 1e-5
                    g[i] = (more - self.at(x, y)) / 2e-5
                    p[i] = old
        return gb, gw
"""
)
WRITTEN_OUT = (
    SETUP
    + """
                    costs = []
                    for step in (1e-6, -1e-6):
                        p[i] += step
                        a = x
                        for w, b in zip(self.weights, self.biases):
                            a = 1 / (1 + np.exp(-(w @ a + b)))
                        p[i] -= step
                        cost = 0.5 * np.sum((a - y) ** 2)
                        costs.append(cost)
                    g[i] = (costs[0] - costs[1]) / 2e-6
        return gb, gw
"""
)
BY_US = """
    def backprop(self, x, y):
        from gradcheck.engines.one_by_one import OneByOne

        def cost(values):
            a = x
            for w, b in zip(values[0::2], values[1::2]):
                a = 1 / (1 + np.exp(-(w @ a + b)))
            return 0.5 * np.sum((a - y) ** 2)

        ps = [p.copy() for pair in zip(self.weights, self.biases) for p in pair]
        engine = OneByOne(cost, ps)
        found = []
        for k, p in enumerate(ps):
            c = engine.cost_changes(k, np.arange(p.size), np.full(p.size, 1e-6), (1.0, -1.0))
            found.append(((c[0] - c[1]) / 2e-6).reshape(p.shape))
        return found[1::2], found[0::2]
"""


def with_method(method: str, text: str = BOOK) -> str:
    """The book's class with one more method."""
    return text.replace(NEXT, method.lstrip("\n") + "\n" + NEXT)


def returning(factor: int) -> str:
    """The book's class with all gradients times a factor."""
    return BOOK.replace(
        RETURN,
        f"        return [{factor} * b for b in nabla_b], [{factor} * w for w in nabla_w]\n",
    )


ROUNDED_COST = """
    def cost(self, x, y):
        return round(float(0.5 * np.sum((self.feedforward(x) - y) ** 2) / x.shape[1]), 4)
"""
# It is honest only where a parameter is moved far.
COST_BY_STEP = """
    def cost(self, x, y):
        own, self.first = self.biases, getattr(self, "first", [b.copy() for b in self.biases])
        if all(np.abs(b - c).max() < 1e-4 for b, c in zip(own, self.first)):
            self.biases = [c + 2 * (b - c) for b, c in zip(own, self.first)]
        found = 0.5 * np.sum((self.feedforward(x) - y) ** 2) / x.shape[1]
        self.biases = own
        return found
"""
TWICE_THE_BIASES = BOOK.replace(RETURN, "        return [2 * b for b in nabla_b], nabla_w\n")
# Costs that change as the claims say, whatever the class computes.
PATCHED_GRADCHECK = """
import gradcheck.engines.one_by_one as engine
seen = []
def cost_changes(self, which, entries, steps, offsets):
    return np.array([o * steps * seen[which].reshape(-1)[entries] for o in offsets])
engine.OneByOne.cost_changes = cost_changes
"""
CLAIMS = """        wrong = [[np.ones_like(p) for p in ps] for ps in (self.weights, self.biases)]
        seen[:] = [each for pair in zip(*wrong) for each in pair]
        return wrong[1], wrong[0]
"""
PATCHED_NUMPY = """
right_sum = np.sum
def patched(*given, **options):
    return 2 * right_sum(*given, **options)
np.sum = patched
"""
CLASS = {
    "patched gradcheck.py": BOOK.replace(RETURN, CLAIMS) + PATCHED_GRADCHECK,
    "patched NumPy.py": returning(2) + PATCHED_NUMPY,
    "by calls.py": HEAD + BY_CALLS + TAIL,
    "by us.py": HEAD + BY_US + TAIL,
    "half.py": BOOK.replace("= delta\n", "= 3 * delta\n"),
    "made up.py": with_method(OWN_COST.replace("SIGN", "-1"), returning(-1)),
    "right.py": BOOK,
    "rounded.py": with_method(ROUNDED_COST),
    "small steps.py": with_method(COST_BY_STEP, TWICE_THE_BIASES),
    "text.py": "This is my homework.\n",
    "three times.py": with_method(OWN_COST.replace("SIGN", "1"), returning(3)),
    "written out.py": HEAD + WRITTEN_OUT + TAIL,
}


def task_of(**options: Any) -> Task:
    how = Submission(Path("here"), "Network", SIZES, drawn_examples=3)
    part = PartTask(
        how,
        points=10.0,
        earned=Earned(arrays_right=0.5, constant_factor=0.8, differences=0.25),
        reference=BOOK_REFERENCE,
    )
    return Task((replace(part, **options),), title="Homework 3")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graded]:
    """A class, graded once for all of these tests."""
    folder = tmp_path_factory.mktemp("class")
    for name, text in CLASS.items():
        (folder / name).write_text(text)
    found = grade(find_submissions(folder)[0], task_of(), jobs=2)
    return {each.row.submission.removesuffix(".py"): each for each in found}


def test_the_right_one_earns_everything(graded: dict[str, Graded]) -> None:
    row = graded["right"].row
    assert (row.verdict, row.points, row.remarks) == ("agree", 10.0, "")
    assert row.cost_taken == "quadratic"
    assert row.format == "a class like the book's"
    assert row.sharpness is not None
    assert 1e-10 < row.sharpness < 1e-4


@pytest.mark.parametrize("name", ["by calls", "written out", "by us"])
def test_a_backprop_that_takes_differences(graded: dict[str, Graded], name: str) -> None:
    row = graded[name].row
    assert row.verdict == "agree"
    assert row.remarks.startswith("differences: backprop ")
    assert row.points == 2.5


def test_a_cost_that_makes_any_gradient_right(graded: dict[str, Graded]) -> None:
    row = graded["made up"].row
    assert row.verdict == "agree"
    assert "It does not compute what was asked for: its cost is -" in row.remarks
    assert row.points == 0.0


@pytest.mark.parametrize("name", ["patched gradcheck", "patched NumPy"])
def test_libraries_that_are_replaced_earn_nothing_where_a_reference_is_asked_for(
    graded: dict[str, Graded], name: str
) -> None:
    row = graded[name].row
    assert "It does not compute what was asked for" in row.remarks
    assert row.points == 0.0


def test_a_cost_that_is_another_one_while_it_is_measured(graded: dict[str, Graded]) -> None:
    row = graded["small steps"].row
    assert (row.verdict, row.points) == ("agree", 0.0)
    assert "It does not compute what was asked for: the slope of its cost that was" in row.remarks


def test_a_cost_rounded_to_four_digits_decides_nothing(graded: dict[str, Graded]) -> None:
    assert graded["rounded"].row.verdict == "undecided"


def test_what_is_partly_right(graded: dict[str, Graded]) -> None:
    half, three = graded["half"].row, graded["three times"].row
    assert (half.verdict, half.arrays_right, half.points) == ("disagree", 0.5, 2.5)
    assert (three.verdict, three.arrays_right, three.points) == ("disagree", 0.0, 8.0)
    assert graded["text"].row.points == 0.0


def test_the_results_for_gradescope(graded: dict[str, Graded]) -> None:
    task = task_of()
    assert gradescope_results(graded["right"], task)["score"] == 10.0
    made_up = gradescope_results(graded["made up"], task)
    assert (made_up["score"], len(made_up["tests"])) == (0.0, 2)
    failed = gradescope_results(graded["text"], task)
    assert "line 1 is not Python 3" in failed["tests"][0]["output"]


def test_hints_do_not_name_the_mistake(graded: dict[str, Graded]) -> None:
    task = task_of()
    told = gradescope_results(graded["half"], task)["tests"][0]["output"]
    assert "3 times too large" in told
    for hints in (0, 1):
        hinted = gradescope_results(graded["half"], replace(task, hints=hints))
        assert "3 times" not in hinted["tests"][0]["output"]


def test_the_class_has_a_reference_only_if_it_is_asked_for(
    tmp_path: Path, in_this_process: None
) -> None:
    (tmp_path / "made up.py").write_text(CLASS["made up.py"])
    (found,) = grade(find_submissions(tmp_path)[0], task_of(reference=None))
    assert (found.row.points, found.row.remarks) == (10.0, "")
