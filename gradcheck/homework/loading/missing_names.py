"""Names that a student's files use and do not define, if it is clear what they mean.

A file without ``import numpy as np`` means NumPy by ``np``. A file that takes ``softmax`` from a
module that was not handed in, as ``from functions import *``, means the usual softmax.
"""

import ast
import builtins
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.loading.usual_functions import USUAL_FUNCTIONS

__all__ = ["count_of_missing", "fill_missing_names", "give_modules"]

# The number of examples by its usual name, and the number that it gets if nothing defines it. Any
# other number would do.
COUNT, SOME = "m", 10
MODULES = {"np": "numpy", "numpy": "numpy", "math": "math", "random": "random"}


def give_modules(tree: ast.Module, names: dict[str, Any]) -> list[Finding]:
    """Give a module the modules that it uses and nowhere imports.

    Args:
        tree: of the student's file.
        names: the module's namespace, which is changed.

    """
    found = [name for name in MODULES if name in _used_as_module(tree) and name not in _bound(tree)]
    if _takes_all_of_a_module(tree):
        return []  # they may come from there
    for name in found:
        names[name] = np if MODULES[name] == "numpy" else __import__(name)
    return [
        oddity(f"{name} is used and nowhere imported; it was taken for {MODULES[name]}.")
        for name in found
    ]


def fill_missing_names(path: Path, tree: ast.Module, names: dict[str, Any]) -> list[Finding]:
    """Give the student's files the usual functions that a missing module should give them.

    Args:
        path: of the student's file.
        tree: of it.
        names: its namespace, which is changed.

    """
    filled = set[str]()
    for each, space in [(tree, names), *_beside(path)]:
        if not _takes_all_of_a_module(each):
            continue
        for name in _loaded(each) & set(USUAL_FUNCTIONS):
            if name not in space and not hasattr(builtins, name):
                space[name] = USUAL_FUNCTIONS[name]
                filled.add(name)
    if not filled:
        return []
    listed = ", ".join(sorted(filled))
    return [oddity(f"Nothing defines {listed}; the usual meaning was taken. Check it.")]


def count_of_missing(tree: ast.Module, names: dict[str, Any]) -> list[Finding]:
    """Give ``m`` a number if it is the number of examples in a data file that is missing.

    Args:
        tree: of the student's file.
        names: its namespace, which is changed.

    """
    if COUNT in names or COUNT not in _bound(tree) or COUNT not in _loaded(tree):
        return []
    names[COUNT] = SOME
    return [oddity(f"The value of {COUNT} could not be found; {SOME} was taken.")]


def _beside(path: Path) -> Iterator[tuple[ast.Module, dict[str, Any]]]:
    """The modules that were imported from the folder of the student's file."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) if isinstance(module, ModuleType) else None
        if file is None or Path(file) == path or Path(file).suffix != ".py":
            continue
        if Path(file).is_relative_to(path.parent):
            try:
                yield ast.parse(Path(file).read_bytes()), vars(module)
            except (OSError, SyntaxError, ValueError):
                continue


def _used_as_module(tree: ast.Module) -> set[str]:
    return {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def _loaded(tree: ast.Module) -> set[str]:
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _bound(tree: ast.Module) -> set[str]:
    """All names that a file binds somewhere."""
    found = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
    return found


def _takes_all_of_a_module(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
        for node in ast.walk(tree)
    )
