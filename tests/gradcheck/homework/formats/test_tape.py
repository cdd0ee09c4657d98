"""Tape engines: right ones pass as they stand, wrong ones are found out, operator by operator."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("in_this_process")

CORPUS = ROOT / "tests" / "gradcheck" / "homework" / "corpus"
ENTRIES = {
    each["name"]: each
    for each in tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["submission"]
    if each["format"] == 7 and "torch" not in each["note"]
}
WRONG = [(name, number) for name, each in ENTRIES.items() for number in range(len(each["wrong"]))]
ENGINE = """
class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = data, 0.0
        self.parents, self.push = parents, lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out.push = push
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.push = push
        return out

    def relu(self):
        out = Value(max(self.data, 0.0), (self,))

        def push():
            self.grad += (self.data > 0) * out.grad

        out.push = push
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.push()
"""
NO_ORDER = ENGINE[: ENGINE.index("    def backward(self)")] + (
    """
    def backward(self, first=True):
        if first:
            self.grad = 1.0
        self.push()
        for parent in self.parents:
            parent.backward(False)
"""
)


def check(path: Path, entry: dict[str, Any]) -> SubmissionReport:
    sizes = tuple(map(int, entry["sizes"].split(",")))
    return check_submission(Submission(path, entry["object"], sizes))


def check_text(folder: Path, text: str, name: str | None = None) -> SubmissionReport:
    path = folder / "engine.py"
    path.write_text(text, "utf-8")
    return check_submission(Submission(path, name))


def wrong_parts(found: SubmissionReport) -> list[str]:
    return [
        part.name
        for part in found.parts
        if any(array.counts["disagree"] for array in part.report.arrays)
    ]


@pytest.mark.parametrize("name", ENTRIES)
def test_right_networks_are_read_as_they_stand(name: str) -> None:
    found = check(CORPUS / "right" / ENTRIES[name]["file"], ENTRIES[name])
    assert found.word == "agree", (found.failure, wrong_parts(found))
    assert found.format == "a tape engine"


@pytest.mark.parametrize(("name", "number"), WRONG)
def test_wrong_networks_are_found_out(name: str, number: int, tmp_path: Path) -> None:
    entry = ENTRIES[name]
    wrong, right = entry["wrong"][number], CORPUS / "right" / entry["file"]
    path = tmp_path / right.name
    path.write_text(right.read_text("utf-8").replace(wrong["replace"], wrong["with"]), "utf-8")
    found = check(path, entry)
    assert found.report is not None, found.failure
    where = {each.name for each in found.report.arrays if each.counts["disagree"]}
    assert where == set(wrong["where"])


def test_an_engine_alone_is_checked_operator_by_operator(tmp_path: Path) -> None:
    found = check_text(tmp_path, ENGINE)
    assert found.word == "agree", wrong_parts(found)
    assert found.name == "Value"
    assert [part.name for part in found.parts] == [
        "Value: nodes that are used more than once",
        "Value: a + b",
        "Value: a * b",
        "Value: a + a",
        "Value: a * a",
        "Value: a.relu()",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "parts"),
    [
        (
            "self.grad += (self.data > 0)",
            "self.grad = (self.data > 0)",
            ["Value: a.relu(), used twice"],
        ),
        ("(self.data > 0) * out.grad", "(self.data > 0)", ["Value: a.relu()"]),
        (
            "self.grad += out.grad\n            other.grad += out.grad",
            "self.grad = out.grad\n            other.grad = out.grad",
            [
                "Value: nodes that are used more than once",
                "Value: a + a",
                "Value: a + b, used twice",
            ],
        ),
    ],
)
def test_the_wrong_operator_is_named(
    tmp_path: Path, right: str, wrong: str, parts: list[str]
) -> None:
    assert right in ENGINE
    assert wrong_parts(check_text(tmp_path, ENGINE.replace(right, wrong))) == parts


def test_a_backward_in_the_wrong_order_is_found_where_nodes_are_used_twice(tmp_path: Path) -> None:
    found = wrong_parts(check_text(tmp_path, NO_ORDER))
    assert found[0] == "Value: nodes that are used more than once"
    assert "Value: a + b" not in found


def test_an_operator_that_raises_is_left_out_and_named(tmp_path: Path) -> None:
    text = ENGINE.replace("max(self.data, 0.0)", "max(self.dat, 0.0)")
    found = check_text(tmp_path, text)
    assert found.word == "agree"
    assert "Left out, because they do not work with these inputs: a.relu() (a.relu() raised" in (
        found.findings[0].text
    )


def test_a_backward_that_raises_ends_the_check(tmp_path: Path) -> None:
    text = ENGINE.replace("(self.data > 0) * out.grad", "(self.data > 0) * out.gradient")
    found = check_text(tmp_path, text)
    assert found.word == "failed"
    assert "backward of a.relu() raised AttributeError" in found.failure


def test_a_network_asked_for_by_name_answers_only_for_what_it_uses(tmp_path: Path) -> None:
    network = """

class Weighted:
    def __init__(self, n_in, n_out):
        self.w = [[Value(0.3 * i - 0.5 * j + 0.2) for i in range(n_in)] for j in range(n_out)]

    def __call__(self, x):
        return [sum((w * v for w, v in zip(row, x)), Value(0.0)) for row in self.w]

    def parameters(self):
        return [w for row in self.w for w in row]
"""
    text = (ENGINE + network).replace("(self.data > 0) * out.grad", "2.0 * out.grad")
    text = text.replace("w * v", "w * Value(v) if not isinstance(v, Value) else w * v")
    assert wrong_parts(check_text(tmp_path, text)) == ["Value: a.relu()"]
    named = check_text(tmp_path, text, "Weighted")
    assert named.word == "agree"
    assert named.name == "Weighted"
    assert "Value: a.relu()" not in [part.name for part in named.parts]


def test_an_engine_without_operators_is_refused(tmp_path: Path) -> None:
    text = """
class Node:
    def __init__(self, data):
        self.data, self.grad = data, 0.0

    def backward(self):
        self.grad = 1.0
"""
    found = check_text(tmp_path, text)
    assert found.is_unread
    assert "Node has data, grad and backward(), but no operator that is known" in found.failure
