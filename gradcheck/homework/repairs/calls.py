"""Calls: mean for sum, another axis, another function, or no call at all."""

import ast
import copy
import re
from collections.abc import Iterator
from itertools import islice
from types import FunctionType

from gradcheck.homework.repairs.change import Change, Site, text_of
from gradcheck.homework.repairs.operators import SLOPE
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["other_axes", "other_functions", "sums_and_means", "without_call"]

SWAPPED = {"sum": "mean", "mean": "sum", "average": "sum", "nansum": "mean"}
AXIS_NAMES = ("axis", "dim")
DERIVATIVE = re.compile(r"prime|deriv|grad|back|slope|^d_?[a-z]|_d$|der$", re.IGNORECASE)
MOST_FUNCTIONS = 12  # derivatives that are tried in the place of one call


def sums_and_means(place: Place) -> Iterator[Repair]:
    """``mean`` for ``sum``, and ``sum`` for ``mean``."""
    for site in place.sites:
        match site.node:
            case ast.Call(func=ast.Attribute(attr=name) as called) if name in SWAPPED:
                cause = "sum-for-mean" if name.endswith("sum") else "mean-for-sum"
                yield Repair(cause, (Change(called, "attr", SWAPPED[name]),), place)


def other_axes(place: Place) -> Iterator[Repair]:
    """Another axis of a sum or a mean, or all axes."""
    for site in place.sites:
        if not isinstance(site.node, ast.Call):
            continue
        for keyword in site.node.keywords:
            if keyword.arg in AXIS_NAMES:
                for axis in _axes_beside(keyword.value):
                    value = ast.copy_location(ast.parse(axis, mode="eval").body, keyword.value)
                    ast.fix_missing_locations(value)
                    yield Repair("wrong-axis", (Change(keyword, "value", value),), place)


def _axes_beside(node: ast.expr) -> list[str]:
    axes = ["0", "1", "-1", "None", "(0, 1)", "(0, 2, 3)", "(2, 3)", "(1, 2, 3)", "(0, 1, 2)"]
    return [each for each in axes if each != text_of(node)]


def other_functions(place: Place) -> Iterator[Repair]:
    """Another function of the same file, with the same arguments."""
    if place.scope is None:
        return
    for site in place.sites:
        if not isinstance(site.node, ast.Call):
            continue
        changes = _derivatives_beside(place, site.node)
        for change in islice(changes, MOST_FUNCTIONS):
            yield Repair("derivative-of-another-function", (change,), place)


def _derivatives_beside(place: Place, call: ast.Call) -> Iterator[Change]:
    """Calls of other functions of the file, or of other methods, whose names say derivatives."""
    assert place.scope is not None
    around = getattr(place.function, "name", None)  # a function that calls itself never ends
    if isinstance(call.func, ast.Name):
        used = place.scope.own_globals.get(call.func.id)
        others = [
            name
            for name, value in place.scope.own_globals.items()
            if isinstance(value, FunctionType)
            and value.__module__ == getattr(used, "__module__", 0)
        ]
        for name in others:
            if name not in (call.func.id, around) and DERIVATIVE.search(name):
                yield Change(call.func, "id", name)
    elif isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        own = type(place.scope.names.get(call.func.value.id))
        methods = [name for name, value in vars(own).items() if isinstance(value, FunctionType)]
        named = (name for name in methods if DERIVATIVE.search(name) and name[:2] != "__")
        for name in named if call.func.attr in methods else ():
            if name not in (call.func.attr, around):
                yield Change(call.func, "attr", name)


def without_call(place: Place) -> Iterator[Repair]:
    """The argument of a call in its place."""
    for site in place.sites:
        if isinstance(site.node, ast.Call) and len(site.node.args) <= 2:
            for argument in site.node.args:
                if not isinstance(argument, ast.Constant | ast.Starred):
                    kept = copy.deepcopy(argument)
                    yield Repair(_cause_of_call(site, site.node), (site.replaced(kept),), place)


def _cause_of_call(site: Site, call: ast.Call) -> str:
    around = text_of(site.parent) if isinstance(site.parent, ast.BinOp) else ""
    if isinstance(site.parent, ast.Call) or SLOPE.search(around):
        return "derivative-at-activation"
    name = text_of(call.func).rpartition(".")[2]
    return "derivative-twice" if DERIVATIVE.search(name) else "call-too-many"
