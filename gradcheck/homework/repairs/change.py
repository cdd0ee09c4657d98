"""One change of a syntax tree, which can be made and taken back."""

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

__all__ = ["Change", "Site", "made", "shortened", "sites_of", "text_of"]

LONGEST_TEXT = 70  # characters of code that a report quotes


@dataclass(frozen=True, eq=False)
class Change:
    """A new value of one field of a node.

    Attributes:
        parent: the node, or what else holds it.
        field: its field.
        value: the new value: a node, a list of nodes, or a constant.
        index: where in the field, if that is a list and one item of it changes.

    """

    parent: object
    field: str
    value: Any
    index: int | None = None

    def make(self) -> Any:
        """Make the change; give the old value."""
        if self.index is None:
            old = getattr(self.parent, self.field)
            setattr(self.parent, self.field, self.value)
            return old
        items = getattr(self.parent, self.field)
        old, items[self.index] = items[self.index], self.value
        return old

    def take_back(self, old: Any) -> None:
        """Put the old value back."""
        if self.index is None:
            setattr(self.parent, self.field, old)
        else:
            getattr(self.parent, self.field)[self.index] = old


@contextmanager
def made(changes: Sequence[Change]) -> Iterator[None]:
    """Make some changes for as long as the block runs."""
    olds = [change.make() for change in changes]
    try:
        yield
    finally:
        for change, old in zip(reversed(changes), reversed(olds), strict=True):
            change.take_back(old)


@dataclass(frozen=True, eq=False)
class Site:
    """An expression, and where it is in the tree.

    Attributes:
        node: the expression.
        parent: the node that holds it.
        field: of the parent.
        index: in the field, if that is a list.

    """

    node: ast.expr
    parent: ast.AST
    field: str
    index: int | None

    def replaced(self, new: ast.expr) -> Change:
        """The change that puts another expression there."""
        if not hasattr(new, "lineno"):
            ast.fix_missing_locations(ast.copy_location(new, self.node))
        return Change(self.parent, self.field, new, self.index)


def sites_of(node: ast.AST) -> Iterator[Site]:
    """The expressions in a statement or an expression, those of statements within it left out."""
    for field, value in ast.iter_fields(node):
        several = isinstance(value, list)
        for index, each in enumerate(value if several else [value]):
            if isinstance(each, ast.expr):
                yield Site(each, node, field, index if several else None)
                yield from sites_of(each)
            elif isinstance(each, ast.keyword | ast.comprehension):
                yield from sites_of(each)


def text_of(node: ast.AST) -> str:
    """The code of a node, in one line that is not too long."""
    return shortened(ast.unparse(node))


def shortened(code: str) -> str:
    """Some code in one line that is not too long."""
    text = " ".join(code.split())
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 3]}..."
