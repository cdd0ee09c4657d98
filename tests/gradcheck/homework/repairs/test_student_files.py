"""The files of a student, and the places in them that run backward."""

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.repairs.repair import Repair, Sizes
from gradcheck.homework.repairs.student_files import repairs_of, student_files
from tests.gradcheck.homework.parts import part_of

CODE = """
def cost(w):
    return scaled(w).sum() + 0

def scaled(w):
    return w * w

def gradient(w):
    back = 2 * scaled(w) / w
    return back

def never(w):
    return w / 3
"""


def module_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    module = ModuleType(f"student_files_{path.stem}")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_modules_beside_the_file_are_the_students(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "homework.py"
    paths = [tmp_path / "layers.py", tmp_path / "adapter.py", tmp_path / "lib" / "deep.py"]
    installed = tmp_path / "site-packages" / "numbers_of_others.py"
    for path in (own, *paths, installed):
        module_at(path, monkeypatch)
    assert student_files(own, paths[1]) == [own, paths[0], paths[2]]
    assert set(student_files(own, None)) == {own, *paths}


def test_a_file_in_a_package_has_the_whole_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = tmp_path / "net" / "homework.py", tmp_path / "costs.py"
    for path in (own, other):
        module_at(path, monkeypatch)
    assert student_files(own, None) == [own]
    (own.parent / "__init__.py").write_text("", encoding="utf-8")
    assert student_files(own, None) == [own, other]


def repairs_of_code(path: Path) -> list[Repair]:
    """All changes of a cost and its gradient that were loaded from a file."""
    names: dict[str, Any] = {}
    exec(compile(CODE, str(path), "exec"), names)
    part = part_of(names["cost"], names["gradient"])
    return list(repairs_of(part, [np.arange(1.0, 4.0)], [path], Sizes()))


def test_lines_that_run_only_backward_come_first(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(CODE, encoding="utf-8")
    lines = [ast.unparse(repair.place.node) for repair in repairs_of_code(path)]
    first_shared = lines.index("return w * w")
    assert set(lines[:first_shared]) == {"back = 2 * scaled(w) / w", "return back"}
    assert set(lines[first_shared:]) == {"return w * w"}


def test_a_file_that_is_gone_has_no_places(tmp_path: Path) -> None:
    assert not repairs_of_code(tmp_path / "gone.py")
