"""Which lines of a student's files run in a call, and what the names there stand for."""

import ast
import sys
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of

__all__ = ["Scope", "WatchedRun", "ran", "watched"]

# Expressions of one function that may stand in the place of another one, at most.
MOST_NAMES = 60
PLAIN_NODES = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.Tuple),
    *(ast.expr_context, ast.operator, ast.unaryop, ast.Compare, ast.cmpop, ast.Slice),
)
PLAIN_CALLS = ("len", "float", "int")


@dataclass(frozen=True, eq=False)
class Scope:
    """The values of the names in a function, at the end of the first call that had them.

    Attributes:
        names: its variables, and those outside of it that it uses.
        own_globals: of its module.

    """

    names: Mapping[str, Any]
    own_globals: Mapping[str, Any]

    def values(self) -> dict[str, Any]:
        """Arrays, numbers and lists by the expressions that give them, such as ``self.W``."""
        found: dict[str, Any] = {}
        for name, value in self.names.items():
            _collect(name, value, found)
            if not isinstance(value, type | ModuleType | FunctionType):
                for attribute, held in attributes_of(value).items():
                    if attribute.isidentifier():
                        _collect(f"{name}.{attribute}", held, found)
        return dict(list(found.items())[:MOST_NAMES])

    def value_of(self, node: ast.expr) -> Any:
        """What a plain expression stood for; None if it is not plain, or has no value."""
        for each in ast.walk(node):
            is_plain = isinstance(each, PLAIN_NODES)
            if isinstance(each, ast.Call):
                is_plain = isinstance(each.func, ast.Name) and each.func.id in PLAIN_CALLS
            if not is_plain:
                return None
        code = compile(ast.fix_missing_locations(ast.Expression(node)), "<value>", "eval")
        try:
            with np.errstate(all="ignore"):
                return eval(code, {**self.own_globals, **self.names})
        except Exception:
            return None


def _collect(text: str, value: Any, found: dict[str, Any]) -> None:
    """Keep a value, and what a dict of arrays holds, by their expressions."""
    if isinstance(value, np.ndarray | int | float | np.number | list) or _is_tensor(value):
        found[text] = value
    elif isinstance(value, Mapping):
        for key, held in list(value.items()):
            if isinstance(key, str | int) and isinstance(held, np.ndarray | float):
                found[f"{text}[{key!r}]"] = held


def _is_tensor(value: Any) -> bool:
    """Whether a value has a shape and a dtype, as arrays of other libraries have."""
    return hasattr(value, "shape") and hasattr(value, "dtype")


@dataclass(frozen=True, eq=False)
class WatchedRun:
    """What ran.

    Attributes:
        lines: by file, the lines that ran.
        scopes: by file, name and first line of a function, what its names stood for.

    """

    lines: dict[str, set[int]] = field(default_factory=dict)
    scopes: dict[tuple[str, str, int], Scope] = field(default_factory=dict)


def watched(call: Callable[[], Any], files: Iterable[Path]) -> WatchedRun:
    """Run something, and watch the lines of some files.

    Args:
        call: what is run; its errors are not caught.
        files: the student's.

    """
    found = WatchedRun({str(path): set() for path in files})

    def in_function(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if event == "line":
            found.lines[code.co_filename].add(frame.f_lineno)
        elif event == "return":
            key = _key(code)
            own = frame.f_globals
            used = {name: own[name] for name in code.co_names if name in own}
            # A later call may take other branches, and have names that the first one did not have.
            before = found.scopes[key].names if key in found.scopes else {}
            names = {**used, **frame.f_locals, **before}
            found.scopes[key] = Scope(names, own)
        return in_function

    def on_call(frame: FrameType, event: str, argument: Any) -> Any:
        return in_function if frame.f_code.co_filename in found.lines else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        call()
    finally:
        sys.settrace(before)
    return found


def ran(node: ast.stmt | ast.Lambda, lines: Container[int]) -> bool:
    """Whether a statement ran; for a loop, a condition and the like, whether its first line ran.

    Args:
        node: the statement.
        lines: of its file, those that ran.

    """
    last = node.lineno
    if not hasattr(node, "body"):
        last = node.end_lineno or last
    return any(line in lines for line in range(node.lineno, last + 1))


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_name, code.co_firstlineno
