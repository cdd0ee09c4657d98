"""What a student's file defines, and what it only imports."""

import sys
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

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


def test_what_files_beside_it_define_may_count() -> None:
    beside = replace(
        MODULE, path=Path(__file__).parent / "homework.py", module_name="of another module"
    )
    assert (beside.classes, beside.functions) == ({}, {})
    assert beside.with_imported is not None
    assert beside.with_imported.functions == {"train": train}
    assert beside.with_imported.classes == {"Net": Net}
    elsewhere = replace(beside, path=Path("elsewhere", "homework.py"))
    assert elsewhere.with_imported is None


def test_so_may_what_is_in_a_module_that_it_imports() -> None:
    names = {"layers": sys.modules[__name__], "np": np, "rate": 0.5}
    found = StudentModule(Path(__file__).parent / "homework.py", names, "homework").with_imported
    assert found is not None
    assert found.functions["train"] is train
    # Its own names come first, and what is installed does not count.
    assert found.names["rate"] == 0.5
    assert "array" not in found.names
    assert StudentModule(Path("elsewhere", "homework.py"), names).with_imported is None
