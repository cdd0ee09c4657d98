"""Another variable, index, constant or comparison in the place of the one that is used."""

import ast
import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradcheck.diagnosis.known_functions import KNOWN_FUNCTIONS
from gradcheck.homework.near import ROUNDING_ALONE
from gradcheck.homework.repairs.change import Change, Site
from gradcheck.homework.repairs.operators import SLOPE
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["other_comparisons", "other_indices", "other_numbers", "other_variables"]

ENTRIES = 100  # that are compared: two functions of so many numbers are not alike by chance
STEP = re.compile(r"t|step|time\w*", re.IGNORECASE)  # a step of a sequence
COMPARISONS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)
EQUALITIES = (ast.Eq, ast.NotEq)


def other_variables(place: Place) -> Iterator[Repair]:
    """A variable of the same kind and shape."""
    if place.scope is None:
        return
    values = place.scope.values()
    for site in place.sites:
        text = ast.unparse(site.node)
        if text not in values or not isinstance(getattr(site.node, "ctx", None), ast.Load):
            continue
        if isinstance(getattr(site.parent, "ctx", None), ast.Store):
            continue  # what is kept elsewhere only undoes the line
        for other, value in values.items():
            if other != text and _same_kind(values[text], value):
                new = ast.parse(other, mode="eval").body
                yield Repair(_cause_of(place, site, new), (site.replaced(new),), place)


def _same_kind(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return isinstance(other, list)
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.shape == other.shape
    if hasattr(one, "shape"):
        return type(one) is type(other) and tuple(one.shape) == tuple(other.shape)
    is_number = isinstance(other, int | float | np.number)
    return is_number and not isinstance(other, bool)


def _cause_of(place: Place, site: Site, new: ast.expr) -> str:
    """The mistake if a wrong variable is used."""
    if isinstance(site.parent, ast.Compare):
        return "wrong-activation-derivative"
    old = ast.unparse(site.node)
    if _is_times_slope(place, ast.unparse(new), old):
        return "missing-activation-derivative"
    if _is_times_slope(place, old, ast.unparse(new)):
        return "derivative-twice"
    around = ast.unparse(site.parent) if isinstance(site.parent, ast.expr) else ""
    in_slope = isinstance(site.parent, ast.BinOp | ast.Call) and SLOPE.search(around)
    return _cause_in_slope(place, site.node, new) if in_slope else "wrong-variable"


def _cause_in_slope(place: Place, used: ast.expr, needed: ast.expr) -> str:
    """The mistake if a derivative is taken at the wrong variable."""
    values = {} if place.scope is None else place.scope.values()
    one, other = (values.get(ast.unparse(each)) for each in (used, needed))
    if _is_activation(one, of=other):
        return "derivative-at-activation"
    if _is_activation(other, of=one):
        return "derivative-formula-at-z"
    return "wrong-activation-derivative"


def _is_activation(a: Any, *, of: Any) -> bool:
    """Whether an array is a known activation function, other than the identity, of another one."""
    if not isinstance(a, np.ndarray) or not isinstance(of, np.ndarray) or a.shape != of.shape:
        return False
    if a.dtype.kind != "f" or of.dtype.kind != "f" or np.array_equal(a, of):
        return False
    some, z = a.reshape(-1)[:ENTRIES], of.reshape(-1)[:ENTRIES]
    with np.errstate(all="ignore"):
        return any(
            np.allclose(each.value(z), some, ROUNDING_ALONE, ROUNDING_ALONE)
            for each in KNOWN_FUNCTIONS
        )


def _is_times_slope(place: Place, product: str, factor: str) -> bool:
    """Whether a variable is computed in this function as another one times a derivative."""
    for node in ast.walk(place.function):
        if isinstance(node, ast.Assign) and any(ast.unparse(t) == product for t in node.targets):
            text = ast.unparse(node.value)
            if re.search(rf"(?<![\w.]){re.escape(factor)}(?!\w)", text) and SLOPE.search(text):
                return True
    return False


def other_indices(place: Place) -> Iterator[Repair]:
    """The next index or the one before."""
    for site in place.sites:
        if not isinstance(site.node, ast.Subscript) or not isinstance(site.node.ctx, ast.Load):
            continue
        index = site.node.slice
        if isinstance(index, ast.Name | ast.BinOp | ast.UnaryOp):
            indices = [
                ast.BinOp(copy.deepcopy(index), more, ast.Constant(1))
                for more in (ast.Add(), ast.Sub())
            ]
            for moved in indices:
                new = ast.Subscript(site.node.value, moved, ast.Load())
                yield Repair("wrong-index", (site.replaced(new),), place)
            yield from _of_other_lists(place, site, site.node, indices)


def _of_other_lists(
    place: Place, site: Site, node: ast.Subscript, indices: Sequence[ast.expr]
) -> Iterator[Repair]:
    """The item of another list before or after the index: one list may have an item more."""
    values = {} if place.scope is None else place.scope.values()
    for text, value in values.items():
        if isinstance(value, list) and text != ast.unparse(node.value):
            for moved in indices:
                other = ast.parse(text, mode="eval").body
                new = ast.Subscript(other, copy.deepcopy(moved), ast.Load())
                yield Repair(_cause_of(place, site, new), (site.replaced(new),), place)


def other_numbers(place: Place) -> Iterator[Repair]:
    """Another constant, or a number that has a name."""
    for site in place.sites:
        if isinstance(site.node, ast.Constant) and isinstance(site.node.value, int | float):
            if isinstance(site.parent, ast.Subscript | ast.keyword | ast.Slice):
                continue
            cause = _cause_of_number(place, site)
            for text in _numbers(place, site.node.value):
                new = ast.parse(text, mode="eval").body
                yield Repair(cause, (site.replaced(new),), place)


def _numbers(place: Place, now: float) -> list[str]:
    named = [] if place.scope is None else [
        text
        for text, value in place.scope.values().items()
        if isinstance(value, int | float | np.number) and not isinstance(value, bool)
    ]  # fmt: skip
    plain = [0.0, 1.0, 2.0, 0.5, 2.0 * now, 0.5 * now, now + 1.0]
    others = [each for each in dict.fromkeys(plain) if each != now]
    # A whole number may be an index or a count. Then only other whole numbers make sense.
    is_whole = isinstance(now, int)
    return [*(repr(int(n) if is_whole and n % 1.0 == 0.0 else n) for n in others), *named]


def _cause_of_number(place: Place, site: Site) -> str:
    if _chooses(place):
        return "wrong-activation-derivative"
    if isinstance(site.parent, ast.BinOp) and isinstance(site.parent.op, ast.Mult | ast.Div):
        return "constant-factor"
    return "wrong-number"


def _chooses(place: Place) -> bool:
    """Whether a statement chooses between numbers by a sign, as ReLU's derivative does."""
    return any(isinstance(site.node, ast.Compare) for site in place.sites)


def other_comparisons(place: Place) -> Iterator[Repair]:
    """The other side of a comparison."""
    for site in place.sites:
        if not isinstance(site.node, ast.Compare) or len(site.node.ops) != 1:
            continue
        in_test = isinstance(site.parent, ast.If | ast.IfExp | ast.While)
        cause = "wrong-condition" if in_test else "wrong-activation-derivative"
        for kinds in (COMPARISONS, EQUALITIES):
            if isinstance(site.node.ops[0], kinds):
                for kind in (each for each in kinds if not isinstance(site.node.ops[0], each)):
                    change = Change(site.node, "ops", [kind()])
                    yield Repair(cause, (change,), place)
        if not in_test:
            everywhere = ast.Constant(True)
            yield Repair(_cause_if_always(site), (site.replaced(everywhere),), place)
    for site in place.sites:
        if isinstance(site.node, ast.IfExp):
            for kept in (site.node.body, site.node.orelse):
                yield Repair("wrong-condition", (site.replaced(kept),), place)


def _cause_if_always(site: Site) -> str:
    """The mistake if a condition is one too many: in a derivative such as ReLU's, or in a step."""
    names = [each.id for each in ast.walk(site.node) if isinstance(each, ast.Name)]
    of_step = isinstance(site.parent, ast.BinOp) and any(map(STEP.fullmatch, names))
    return "part-left-out" if of_step else "derivative-twice"
