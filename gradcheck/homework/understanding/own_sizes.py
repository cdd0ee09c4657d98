"""The sizes of the networks that a student's file itself uses."""

import ast
from contextlib import suppress
from pathlib import Path

from gradcheck.homework.loading.source import read_source
from gradcheck.homework.student_code import Unread

__all__ = ["has_one_output"]

LEAST = 3  # numbers in a list of sizes: inputs, hidden neurons and outputs


def has_one_output(path: Path) -> bool:
    """Whether the lists of sizes in a file's text end in 1, such as ``[2, 20, 3, 1]``.

    Code for a single output may divide by the number of examples where the number of all outputs
    would be needed for several.

    Args:
        path: of a script or a notebook.

    """
    with suppress(Unread, SyntaxError, ValueError):
        tree = ast.parse(read_source(path).text)
        sizes = [found for node in ast.walk(tree) if (found := _sizes_in(node))]
        return bool(sizes) and all(each[-1] == 1 for each in sizes)
    return False


def _sizes_in(node: ast.AST) -> list[int]:
    """The numbers of a list that may be sizes; none if they are too few, or something else."""
    items = node.elts if isinstance(node, ast.List) else []
    values = [each.value for each in items if isinstance(each, ast.Constant)]
    numbers = [each for each in values if type(each) is int and each > 0]
    is_list = LEAST <= len(numbers) == len(items) and max(numbers) > 1
    return numbers if is_list else []
