"""Places in the code of one function, and what the changes there make of it."""

import ast
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.repairs.all_repairs import places_of
from gradcheck.homework.repairs.change import made
from gradcheck.homework.repairs.code_units import units_of
from gradcheck.homework.repairs.repair import Place, Repair, Sizes
from gradcheck.homework.repairs.watched_run import watched

__all__ = ["changed_by", "line_with", "places_in"]

# Each function is in a file of its own, so that those of other tests are not found.
NUMBERS = count()


def places_in(code: str, *given: Any, sizes: Sizes | None = None, **names: Any) -> list[Place]:
    """The statements that run when the last function of some code is called.

    Args:
        code: of a file.
        given: to the function, which has copies of the arrays and may change these.
        sizes: that a wrong factor may come from.
        names: that the file knows besides its own.

    """
    path = Path(f"student_{next(NUMBERS)}.py")
    tree = ast.parse(code)
    exec(compile(tree, str(path), "exec"), names)
    function = next(each for each in reversed(tree.body) if isinstance(each, ast.FunctionDef))
    own = [each.copy() if isinstance(each, np.ndarray) else each for each in given]
    run = watched(lambda: names[function.name](*own), [path])
    return [
        place
        for unit in units_of(path, tree)
        for place in places_of(unit, run.lines[str(path)], run.scopes, sizes or Sizes())
    ]


def changed_by(
    kind: Callable[[Place], Iterator[Repair]], places: list[Place]
) -> dict[str, set[str]]:
    """The lines that each change of a kind makes, with the mistakes that it would mend."""
    found: dict[str, set[str]] = {}
    for place in places:
        before = ast.unparse(place.function).splitlines()
        for repair in kind(place):
            with made(repair.changes):
                now = ast.unparse(place.function).splitlines()
            text = "\n".join(line[4:] for line in now if line not in before)
            found.setdefault(text, set()).add(repair.cause)
        assert ast.unparse(place.function).splitlines() == before
    return found


def line_with(
    kind: Callable[[Place], Iterator[Repair]],
    line: str,
    *,
    sizes: Sizes | None = None,
    **names: Any,
) -> dict[str, set[str]]:
    """The same of a function with one line, whose arguments are these names."""
    code = f"def backward({', '.join(names)}):\n    {line}\n"
    places = places_in(code, *names.values(), sizes=sizes)
    return changed_by(kind, places[:1])
