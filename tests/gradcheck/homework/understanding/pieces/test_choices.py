"""The other values of options that choose an activation, a loss or a class."""

import ast
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.understanding.pieces.choices import choices_of

SOURCE = """
class Quadratic:
    def fn(self, a): pass
    def delta(self, a): pass

class Entropy:
    def fn(self, a): pass
    def delta(self, a): pass

class Data:
    def load(self): pass

class Net:
    def __init__(self, n, act="relu", cost=Entropy, loss="logistic", init="he", solver="relu"):
        self._act = act

    def f(self):
        if self._act == "relu" or self._act in ("tanh", "softmax"):
            pass
        match self.loss:
            case "hinge" | "sqhinge":
                pass
        if self.init == "xavier":
            pass
        if self.solver == "adam":
            pass
"""


def found_in(source: str) -> list[str]:
    names: dict[str, Any] = {"__name__": "homework"}
    exec(source, names)
    module = StudentModule(Path("homework.py"), names, "homework")
    return [each.text for each in choices_of(names["Net"], module, ast.parse(source))]


def test_texts_that_are_compared_and_classes_with_the_same_methods() -> None:
    wanted = ["act='tanh'", "cost=Quadratic", "loss='hinge'", "loss='sqhinge'"]
    assert found_in(SOURCE.replace('solver="relu"', 'solver="sgd"')) == wanted


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ('act="relu"', 'act="he"', "act='tanh'"),
        ("    def delta(self, a): pass\n\nclass Entropy", "\nclass Entropy", "cost=Quadratic"),
        ('loss="logistic"', "loss=None", "loss='hinge'"),
    ],
)
def test_others_are_no_choices(old: str, new: str, missing: str) -> None:
    plain = SOURCE.replace('solver="relu"', 'solver="sgd"')
    source = plain.replace(old, new)
    if old.startswith("act"):
        source = source.replace('"relu" or', '"xavier" or').replace('"tanh", "softmax"', '"zero"')
    assert source != plain
    assert missing in found_in(plain)
    assert missing not in found_in(source)
