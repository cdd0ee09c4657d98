"""The functions of a student's files as code that can be replaced while Python runs."""

import __future__

import ast
import gc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType

__all__ = ["LOOP_TREE", "CodeUnit", "units_of"]

# The attribute of a function that holds the code of a loop outside of functions: its syntax tree.
LOOP_TREE = "loop_tree"

FUTURE_FLAGS = sum(
    getattr(__future__, name).compiler_flag
    for name in __future__.all_feature_names
    if name == "annotations"
)
Key = tuple[str, int, tuple[int, int] | None]
Outermost = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, eq=False)
class CodeUnit:
    """A function or a lambda that is in no other, with all that are inside of it.

    Attributes:
        path: of its file.
        node: in the syntax tree of the file.
        holder: the tree to compile: the function inside of its classes, and nothing else.
        live: for each of its codes, in the order of ``codes_in``, the functions that run it.
        before: the codes that they ran before any change, function by function.
        flags: of ``from __future__`` in the file.

    """

    path: Path
    node: Outermost
    holder: ast.Module
    live: Sequence[Sequence[FunctionType]]
    before: Sequence[CodeType]
    flags: int

    @property
    def functions(self) -> list[FunctionType]:
        """All of them that are alive."""
        return [function for functions in self.live for function in functions]

    @cached_property
    def has_while(self) -> bool:
        """Whether a change may let it run for ever."""
        return any(isinstance(each, ast.While) for each in ast.walk(self.node))

    def compiled(self) -> list[CodeType]:
        """The codes of the tree as it is now.

        Raises:
            SyntaxError: (or ``ValueError``) it is no Python.

        """
        code = compile(self.holder, str(self.path), "exec", flags=self.flags, dont_inherit=True)
        return list(codes_in(code))

    def run_from_now(self, codes: Sequence[CodeType]) -> None:
        """Let all functions of the unit run these codes, one for each of its own.

        A function that reads other variables of the functions around it keeps its code.
        """
        if len(codes) != len(self.live):
            return
        for code, functions in zip(codes, self.live, strict=True):
            for function in functions:
                with suppress(ValueError):
                    if function.__code__.co_freevars == code.co_freevars:
                        function.__code__ = code

    def run_as_before(self) -> None:
        """Take all changes back."""
        for function, code in zip(self.functions, self.before, strict=True):
            function.__code__ = code


@dataclass(frozen=True, eq=False)
class LoopUnit(CodeUnit):
    """A loop outside of functions, whose code a function holds for us."""

    def compiled(self) -> list[CodeType]:
        """The code of the loop as it is now.

        Raises:
            SyntaxError: (or ``ValueError``) it is no Python.

        """
        return [compile(self.holder, str(self.path), "exec", dont_inherit=True)]


def _loop_units(path: Path, functions: Sequence[FunctionType]) -> Iterator[CodeUnit]:
    """The loops of a file that some function holds the code of."""
    for each in functions:
        tree = vars(each).get(LOOP_TREE)
        if each.__code__.co_filename == str(path) and isinstance(tree, ast.Module):
            code = each.__code__
            nothing = ast.arguments([], [], None, [], [], None, [])
            node = ast.FunctionDef(code.co_name, nothing, tree.body, [], lineno=code.co_firstlineno)
            yield LoopUnit(path, node, tree, [[each]], [code], 0)


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """The codes of functions inside of a code, the outer ones first; classes are looked into."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from codes_in(constant)


def units_of(path: Path, tree: ast.Module) -> list[CodeUnit]:
    """All functions of a file that are in no other function.

    Args:
        path: of the file.
        tree: its syntax.

    """
    functions = [each for each in gc.get_objects() if type(each) is FunctionType]
    alive: dict[Key, list[FunctionType]] = {}
    flags = 0
    for each in functions:
        if each.__code__.co_filename == str(path):
            alive.setdefault(_key(each.__code__), []).append(each)
            flags |= each.__code__.co_flags & FUTURE_FLAGS
    units = []
    for node, holder in _outermost(tree, []):
        code = compile(holder, str(path), "exec", flags=flags, dont_inherit=True)
        live = [alive.get(_key(each), []) for each in codes_in(code)]
        before = [function.__code__ for functions in live for function in functions]
        if before:
            units.append(CodeUnit(path, node, holder, live, before, flags))
    return [*units, *_loop_units(path, functions)]


def _key(code: CodeType) -> Key:
    """What identifies a code in its file: its name, its lines, and where it begins.

    Two codes of the same lines may differ: Python changes code that ran, and looks names up in
    another way if other imports are near.
    """
    begins = [
        (line, column)
        for line, _, column, end in code.co_positions()
        if line is not None and column is not None and end
    ]
    return code.co_qualname, code.co_firstlineno, min(begins, default=None)


def _outermost(
    node: ast.AST, classes: list[ast.ClassDef]
) -> Iterator[tuple[Outermost, ast.Module]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child, _held(child, classes)
        elif isinstance(child, ast.Lambda):
            statement = ast.copy_location(ast.Expr(child), child)
            yield child, _held(statement, classes)
        elif isinstance(child, ast.ClassDef):
            yield from _outermost(child, [*classes, child])
        else:
            yield from _outermost(child, classes)


def _held(statement: ast.stmt, classes: Sequence[ast.ClassDef]) -> ast.Module:
    """A tree with one statement, inside of empty classes of the same names."""
    for each in reversed(classes):
        shell = ast.ClassDef(each.name, bases=[], keywords=[], body=[statement], decorator_list=[])
        statement = ast.fix_missing_locations(ast.copy_location(shell, each))
    return ast.Module([statement], type_ignores=[])
