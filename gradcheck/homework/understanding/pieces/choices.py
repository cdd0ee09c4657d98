"""Options of a student's network that choose one of several, such as ``activation="relu"``.

The values that a text may have are those that the file compares it with. In place of a class, as in
``cost=CrossEntropyCost``, another class of the file with the same methods may be given.
"""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.understanding.pieces.switches import Switch, arguments_of

__all__ = ["choices_of"]

# What a text chooses: an activation or a loss. Others choose how weights are drawn, or how a step
# is made from gradients, and the gradients are not concerned.
OF_GRADIENTS = re.compile(
    r"(leaky_?)?relu|[gs]?elu|tan_?h|sigm(oid)?|logistic|soft_?(plus|max|sign)|linear|identity|"
    r"swish|.*hinge|mse|mae|.*squared?.*|quadratic|.*entropy|[bc]?ce|huber|nll",
    re.IGNORECASE,
)
# A softmax is one of several outputs together: it belongs to a cost, and to the last layer.
OF_THE_LAST = re.compile(r".*soft_?max.*", re.IGNORECASE)
MOST = 4  # values that are tried for one argument, beside the default. Chosen: each takes a check.


def choices_of(kind: type, module: StudentModule, tree: ast.Module) -> list[Switch]:
    """The other values of the arguments that choose an activation, a loss or a class.

    Args:
        kind: the class of a network.
        module: its file.
        tree: of the file.

    """
    compared = _compared_texts(tree)
    found = []
    for name, argument in arguments_of(kind).items():
        default = argument.default
        others: Iterator[Any] = iter(())
        if isinstance(default, str):
            others = _other_texts(name, default, compared)
        elif inspect.isclass(default) and default in module.classes.values():
            others = _other_classes(kind, default, module)
        found += [Switch(name, value) for value, _ in zip(others, range(MOST), strict=False)]
    return found


def _other_texts(name: str, default: str, compared: Mapping[str, list[str]]) -> Iterator[str]:
    """The texts that an argument is compared with, under its own name or that of an attribute."""
    values = dict.fromkeys(
        text
        for expression, texts in compared.items()
        if default in texts or expression.rpartition(".")[2].strip("_") == name.strip("_")
        for text in texts
    )
    if any(map(OF_GRADIENTS.fullmatch, (*values, default))):
        for each in values:
            if each != default and not OF_THE_LAST.fullmatch(each):
                yield each


def _other_classes(kind: type, default: type, module: StudentModule) -> Iterator[type]:
    """The classes of a file that have the same methods as another one."""
    wanted = _methods(default)
    for other in module.classes.values():
        if other not in (kind, default) and wanted and _methods(other) == wanted:
            yield other


def _methods(kind: type) -> set[str]:
    listed = inspect.getmembers(kind, inspect.isfunction)
    return {name for name, _ in listed if not name.startswith("_")}


def _compared_texts(tree: ast.Module) -> dict[str, list[str]]:
    """What each expression of a file is compared with: ``{"self.act": ["relu", "tanh"]}``."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, ops=[ast.Eq() | ast.In()], comparators=[right]):
                found[ast.unparse(left)] += _texts(right)
            case ast.Match(subject=subject, cases=cases):
                for case in cases:
                    found[ast.unparse(subject)] += _texts(case.pattern)
    return found


def _texts(node: ast.AST) -> list[str]:
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
