"""The training loops of a file, each with the statements that come before it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from gradcheck.homework.loading.definitions import defining, makers_in
from gradcheck.homework.understanding.loops.written_out import written_out

__all__ = ["FoundLoop", "loops_in"]

Loop = ast.For | ast.While


@dataclass(frozen=True, eq=False)
class FoundLoop:
    """A loop that may train a network.

    Attributes:
        loop: the statement.
        before: the definitions before it, in the same block.
        arguments: those of the function that it is in, with their defaults; empty for a script.
        function: the name of that function; empty for a script.

    """

    loop: Loop
    before: list[ast.stmt]
    arguments: dict[str, ast.expr | None]
    function: str = ""

    @property
    def name(self) -> str:
        """As a message calls it."""
        where = f"{self.function}, " if self.function else ""
        return f"the loop in {where}line {self.loop.lineno}"


def loops_in(tree: ast.Module) -> Iterator[FoundLoop]:
    """The loops of a script that change variables, then those in its functions.

    Args:
        tree: of the file. What is under ``if __name__ == "__main__"`` belongs to the script.

    """
    makers = makers_in(tree)
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    yield from _in_block(_flat(tree.body), {}, "", makers, functions)
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            arguments = _arguments(statement.args)
            yield from _in_block(statement.body, arguments, statement.name, makers, functions)


def _in_block(
    body: list[ast.stmt],
    arguments: dict[str, ast.expr | None],
    function: str,
    makers: set[str],
    functions: dict[str, ast.FunctionDef],
) -> Iterator[FoundLoop]:
    for position, statement in enumerate(body):
        if not isinstance(statement, Loop):
            continue
        before = defining(body[:position], makers)
        loop = statement if _updates(statement) else written_out(statement, functions)
        if _updates(loop):
            yield FoundLoop(loop, before, arguments, function)


def _flat(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of a script, those that run only as a program too."""
    found: list[ast.stmt] = []
    for statement in body:
        is_main = isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test)
        found += statement.body if isinstance(statement, ast.If) and is_main else [statement]
    return found


def _updates(loop: Loop) -> bool:
    """Whether a loop changes a variable by its own old value, as a step of training does."""
    for node in ast.walk(loop):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
            return True
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
            names = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
            if names & {each.id for each in node.targets if isinstance(each, ast.Name)}:
                return True
    return False


def _arguments(given: ast.arguments) -> dict[str, ast.expr | None]:
    names = [each.arg for each in given.args]
    defaults: list[ast.expr | None] = [None] * (len(names) - len(given.defaults))
    return dict(zip(names, [*defaults, *given.defaults], strict=True))
