"""What a student's file defines, and what it only imports."""

from collections import OrderedDict
from pathlib import Path
from typing import Any

from gradcheck.homework.loading.student_module import StudentModule


class Net:
    pass


def train() -> None:
    pass


NAMES: dict[str, Any] = {"Net": Net, "train": train, "OrderedDict": OrderedDict, "rate": 0.1}
MODULE = StudentModule(Path("homework.py"), NAMES, __name__)


def test_what_it_defines_is_told_from_what_it_imports() -> None:
    assert MODULE.classes == {"Net": Net}
    assert MODULE.functions == {"train": train}
    assert MODULE.listed == "the class Net and the function train"
    assert StudentModule(Path("homework.py"), {}).listed == "no class and no function"


def test_a_class_that_is_named_may_be_imported() -> None:
    assert MODULE.classes_named(None) == {"Net": Net}
    assert MODULE.classes_named("OrderedDict") == {"OrderedDict": OrderedDict}
    assert MODULE.classes_named("train") == {}
    assert MODULE.classes_named("missing") == {}
