"""Signs, factors, terms and powers: changes of the arithmetic in an expression."""

import ast
import copy
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcheck.homework.repairs.change import Change, Site, text_of
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["SLOPE", "dropped_factors", "dropped_terms", "powers", "signs"]

# What the derivative of an activation function looks like.
SLOPE = re.compile(r"1(\.0*)? [-+]|\*\* ?2|prime|deriv|d_?(sigm|tanh|relu|act)|slope|[<>]")
FLIPPED: dict[type, type] = {ast.Add: ast.Sub, ast.Sub: ast.Add}


def signs(place: Place) -> Iterator[Repair]:
    """Plus in place of minus, a minus removed, and a difference the other way round."""
    node = place.node
    if isinstance(node, ast.AugAssign) and type(node.op) in FLIPPED:
        yield Repair("sign-flipped", (Change(node, "op", FLIPPED[type(node.op)]()),), place)
    for site in place.sites:
        match site.node:
            case ast.UnaryOp(op=ast.USub(), operand=operand) if not _is_index(site):
                yield Repair("sign-flipped", (site.replaced(operand),), place)
            case ast.BinOp(op=ast.Add() | ast.Sub() as op, left=left, right=right):
                if isinstance(op, ast.Sub):
                    swapped = ast.BinOp(right, ast.Sub(), left)
                    yield Repair("sign-flipped", (site.replaced(swapped),), place)
                change = Change(site.node, "op", FLIPPED[type(op)]())
                yield Repair("sign-flipped", (change,), place)
    for site in place.results:
        turned = ast.UnaryOp(ast.USub(), site.node)
        yield Repair("sign-flipped", (site.replaced(turned),), place)


def _is_index(site: Site) -> bool:
    return isinstance(site.parent, ast.Subscript | ast.Slice)


def dropped_factors(place: Place) -> Iterator[Repair]:
    """A product or quotient without one or two of its factors."""
    for site in place.sites:
        match site.node:
            case ast.BinOp(op=ast.Mult() | ast.Div() as op, left=left, right=right):
                is_quotient = isinstance(op, ast.Div)
                yield _without(place, site, left, right, is_quotient=is_quotient)
                if not is_quotient:
                    yield _without(place, site, right, left)
                if isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mult) and not (
                    is_quotient
                ):  # fmt: skip
                    both = ast.BinOp(left.right, ast.Mult(), right)
                    yield _without(place, site, left.left, both)
            case ast.Call(func=ast.Attribute(attr="multiply"), args=[left, right]):
                yield _without(place, site, left, right)
                yield _without(place, site, right, left)
            case ast.Call(func=ast.Attribute(attr="divide"), args=[left, right]):
                yield _without(place, site, left, right, is_quotient=True)
    if isinstance(place.node, ast.AugAssign) and isinstance(place.node.op, ast.Mult | ast.Div):
        cause = _cause_of(place, place.node.value, isinstance(place.node.op, ast.Div))
        one = ast.copy_location(ast.Constant(1.0), place.node.value)
        yield Repair(cause, (Change(place.node, "value", one),), place)


def _without(
    place: Place, site: Site, kept: ast.expr, dropped: ast.expr, *, is_quotient: bool = False
) -> Repair:
    return Repair(_cause_of(place, dropped, is_quotient), (site.replaced(kept),), place)


def _cause_of(place: Place, dropped: ast.expr, is_quotient: bool) -> str:
    """The mistake if a factor is one too many."""
    located = ast.fix_missing_locations(ast.copy_location(copy.deepcopy(dropped), place.node))
    value: Any = None if place.scope is None else place.scope.value_of(located)
    if isinstance(value, bool | np.bool_):
        return "part-left-out"
    if isinstance(value, int | float | np.number) and value:
        factor = float(1.0 / value if is_quotient else value)
        if isinstance(dropped, ast.Constant) or not isinstance(value, int | np.integer):
            return place.sizes.cause_of_factor(factor)
        of_a_count = "mean-for-sum" if is_quotient else "sum-for-mean"
        return place.sizes.cause_of_factor(factor, otherwise=of_a_count)
    if SLOPE.search(text_of(dropped)):
        return "derivative-twice"
    return "factor-too-many"


def dropped_terms(place: Place) -> Iterator[Repair]:
    """A sum without one of its terms; also a number that is added to the stop of a loop."""
    for site in place.sites:
        if not isinstance(site.node, ast.BinOp) or not isinstance(site.node.op, ast.Add | ast.Sub):
            continue
        left, right = site.node.left, site.node.right
        cause = "term-too-many"
        in_range = isinstance(site.parent, ast.Call) and text_of(site.parent.func) == "range"
        if in_range or isinstance(site.parent, ast.Slice):
            cause = "part-left-out"
        yield Repair(cause, (site.replaced(left),), place)
        if isinstance(site.node.op, ast.Add):
            yield Repair(cause, (site.replaced(right),), place)
        else:
            negative = ast.UnaryOp(ast.USub(), right)
            yield Repair(cause, (site.replaced(negative),), place)
    if isinstance(place.node, ast.AugAssign) and isinstance(place.node.op, ast.Add | ast.Sub):
        zero = ast.copy_location(ast.Constant(0.0), place.node.value)
        yield Repair("term-too-many", (Change(place.node, "value", zero),), place)


def powers(place: Place) -> Iterator[Repair]:
    """A square added or removed, and a product in place of a quotient."""
    for site in place.sites:
        if isinstance(site.node, ast.BinOp) and isinstance(site.node.op, ast.Mult | ast.Div):
            other = ast.Div() if isinstance(site.node.op, ast.Mult) else ast.Mult()
            yield Repair("wrong-operator", (Change(site.node, "op", other),), place)
        match site.node:
            case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=int(power))):
                cause = _cause_of_power(place)
                twice = isinstance(left, ast.BinOp | ast.Call) and SLOPE.search(text_of(left))
                first = "derivative-twice" if twice and power == 2 else cause
                yield Repair(first, (site.replaced(left),), place)
                for more in (power + 1, power - 1):
                    constant = ast.copy_location(ast.Constant(more), site.node)
                    yield Repair(cause, (Change(site.node, "right", constant),), place)
            case ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript() | ast.BinOp():
                if _may_be_squared(site):
                    square = ast.BinOp(site.node, ast.Pow(), ast.Constant(2))
                    yield Repair(_cause_of_power(place), (site.replaced(square),), place)


def _may_be_squared(site: Site) -> bool:
    """Whether an expression is a term, a divisor, or a whole result."""
    match site.parent:
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Div() | ast.Mult()):
            return isinstance(getattr(site.node, "ctx", ast.Load()), ast.Load)
        case ast.Return() | ast.Lambda():
            return site.field in ("value", "body")
    return False


def _cause_of_power(place: Place) -> str:
    """The mistake if a power is wrong: in a deviation of a normalisation, or in a derivative."""
    names = set() if place.scope is None else set(place.scope.names)
    text = " ".join(names) + text_of(place.node)
    normalises = re.search(r"var|std|norm|sigma2|ivar", text)
    return "wrong-power" if normalises else "wrong-activation-derivative"
