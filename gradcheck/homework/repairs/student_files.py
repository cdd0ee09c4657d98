"""The files of a student that belong together, and the places in them that run backward."""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from gradcheck.homework.contract import Part, Values
from gradcheck.homework.loading.source import read_source
from gradcheck.homework.repairs.all_repairs import all_repairs, places_of
from gradcheck.homework.repairs.code_units import CodeUnit, units_of
from gradcheck.homework.repairs.repair import Place, Repair, Sizes
from gradcheck.homework.repairs.watched_run import WatchedRun, ran, watched
from gradcheck.homework.student_code import StudentError

__all__ = ["repairs_of", "student_files"]


def student_files(path: Path, without: Path | None) -> list[Path]:
    """A student's file, and the loaded modules beside it or in its package.

    Args:
        path: of the file.
        without: a file beside it that is not the student's: an adapter.

    """
    root = path.parent
    while (root / "__init__.py").exists():
        root = root.parent
    found = [path]
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith(".py") and Path(file).is_relative_to(root):
            found.append(Path(file))
    outside = {without, *(each for each in found if "site-packages" in each.parts)}
    return [each for each in dict.fromkeys(found) if each not in outside]


@dataclass(frozen=True, eq=False)
class _Run:
    """One backward pass, watched.

    Attributes:
        backward: all that ran in it, the forward pass before it too.
        forward: what ran in a forward pass alone.

    """

    backward: WatchedRun
    forward: WatchedRun


def repairs_of(part: Part, values: Values, files: Sequence[Path], sizes: Sizes) -> Iterator[Repair]:
    """All changes of the lines that run in a backward pass. Lines that run only there come first.

    Args:
        part: whose backward pass it is.
        values: of its arrays, in their shapes.
        files: of the student.
        sizes: that a wrong factor may come from.

    """
    run = _Run(
        watched(lambda: part.claims_at(values), files),
        watched(lambda: part.cost.at(values), files),
    )
    units = [unit for path in files for unit in _units(path)]
    alone: list[Place] = []
    shared: list[Place] = []
    for unit in units:
        lines, forward = (each.lines[str(unit.path)] for each in (run.backward, run.forward))
        for place in places_of(unit, lines, run.backward.scopes, sizes):
            (shared if ran(place.node, forward) else alone).append(place)
    return chain(all_repairs(alone), all_repairs(shared))


def _units(path: Path) -> list[CodeUnit]:
    try:
        return units_of(path, ast.parse(read_source(path).code))
    except (StudentError, SyntaxError, ValueError):
        return []
