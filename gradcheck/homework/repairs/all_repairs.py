"""All changes that are tried, the likeliest mistakes first."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from gradcheck.homework.repairs import axes, calls, operators, other_values, parts_of_arrays
from gradcheck.homework.repairs.change import made, sites_of
from gradcheck.homework.repairs.code_units import CodeUnit
from gradcheck.homework.repairs.missing_parts import missing_arrays, missing_constants
from gradcheck.homework.repairs.regularised_biases import regularised_biases
from gradcheck.homework.repairs.repair import Place, Repair, Sizes
from gradcheck.homework.repairs.slopes import missing_slopes, softmax_slopes, wrong_slopes
from gradcheck.homework.repairs.statements import added_or_set, moved_lines
from gradcheck.homework.repairs.watched_run import Scope, ran

__all__ = ["all_repairs", "places_of"]

# Each gives the changes of one kind at one place. Those of a row are tried at all places before
# those of the next row.
ROWS: tuple[tuple[Callable[[Place], Iterator[Repair]], ...], ...] = (
    (
        *(operators.signs, calls.sums_and_means, axes.transposes, axes.turned_round),
        *(operators.dropped_factors, added_or_set, parts_of_arrays.whole_ranges),
        *(parts_of_arrays.whole_arrays, other_values.other_comparisons, operators.powers),
        *(parts_of_arrays.single_examples, moved_lines),
    ),
    (regularised_biases, calls.other_functions, calls.without_call, operators.dropped_terms),
    (other_values.other_variables, other_values.other_indices, missing_constants),
    (softmax_slopes, wrong_slopes, missing_slopes),
    (axes.axes_in_other_order, calls.other_axes, other_values.other_numbers),
    (missing_arrays,),
)


def all_repairs(places: Sequence[Place]) -> Iterator[Repair]:
    """Every change at every place; if several give the same code, only the first."""
    seen: set[tuple[int, str]] = set()
    for row in ROWS:
        for place in reversed(places):
            for kind in row:
                for repair in kind(place):
                    if _is_new(repair, seen):
                        yield repair


def _is_new(repair: Repair, seen: set[tuple[int, str]]) -> bool:
    """Whether a change gives other code than those before; it is remembered."""
    place = repair.place
    if len(repair.changes) > 1 or not place.is_simple:
        return True
    with made(repair.changes):
        now = place.node if place.is_there else place.body[place.position]
        key = (id(place.node), ast.unparse(now))
    is_new = key not in seen
    seen.add(key)
    return is_new


def places_of(
    unit: CodeUnit,
    lines: set[int],
    scopes: Mapping[tuple[str, str, int], Scope],
    sizes: Sizes,
) -> Iterator[Place]:
    """The statements of a function that ran.

    Args:
        unit: the function.
        lines: of its file, those that ran.
        scopes: what the names in its functions stood for.
        sizes: of the part that is checked.

    """
    if isinstance(unit.node, ast.Lambda):
        if unit.node.lineno in lines:
            scope = scopes.get((str(unit.path), "<lambda>", unit.node.lineno))
            yield Place(unit.node, list(sites_of(unit.node)), unit.node, scope, sizes, unit)
        return
    yield from _in_function(unit, unit.node, lines, scopes, sizes)


def _in_function(
    unit: CodeUnit,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    lines: set[int],
    scopes: Mapping[tuple[str, str, int], Scope],
    sizes: Sizes,
) -> Iterator[Place]:
    first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
    scope = scopes.get((str(unit.path), function.name, first))
    for body in _bodies(function):
        for position, statement in enumerate(body):
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _in_function(unit, statement, lines, scopes, sizes)
            elif ran(statement, lines):
                sites = list(sites_of(statement))
                yield Place(statement, sites, function, scope, sizes, unit, body, position)


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a function, those of functions inside of it left out."""
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if isinstance(body, list) and body:
            yield body
            for statement in body:
                if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    yield from _bodies(statement)
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from _bodies(part)
