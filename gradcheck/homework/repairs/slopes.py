"""Derivatives of activation functions: a missing one added, or a wrong one replaced."""

import ast
import copy
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.homework.repairs.change import Site
from gradcheck.homework.repairs.repair import Place, Repair
from gradcheck.homework.repairs.slope_formulas import SLOPE_CALL

__all__ = ["missing_slopes", "softmax_slopes", "wrong_slopes"]

MOST_ARGUMENTS = 16  # arrays at which a derivative may be taken, for one statement
MOST_OTHERS = 4  # of them, those that are not in the expression that is replaced
# Functions and methods whose argument may lack a derivative.
FUNCTIONS = ("dot", "matmul", "mm", "sum", "einsum", "outer", "append", "insert", "add_grad")
METHODS = ("dot", "sum", "T", "mm", "t")


def missing_slopes(place: Place) -> Iterator[Repair]:
    """A result, or a factor of a product or sum, times a derivative."""
    sites = place.results
    for site in place.sites:
        is_factor = isinstance(site.parent, ast.BinOp) and isinstance(site.parent.op, ast.MatMult)
        in_call = isinstance(site.parent, ast.Call) and _takes_gradient(site.parent)
        is_summed = isinstance(site.parent, ast.Attribute) and site.parent.attr in METHODS
        is_sliced = isinstance(site.parent, ast.Subscript) and isinstance(site.node, ast.BinOp)
        if is_factor or is_summed or is_sliced or (in_call and site.field == "args"):
            sites.append(site)
    results = place.results
    for argument in _arguments(place):
        suits = _suits_result(place, argument)
        for site in sites:
            is_result = any(site is each for each in results)
            if not isinstance(site.node, ast.Constant) and (suits or not is_result):
                product = ast.BinOp(site.node, ast.Mult(), _call(argument))
                yield Repair("missing-activation-derivative", (site.replaced(product),), place, 0)


def _takes_gradient(call: ast.Call) -> bool:
    """Whether the called function is a sum, a product, or one of the file."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in FUNCTIONS
    return isinstance(call.func, ast.Name) and call.func.id not in ("range", "len", "zip")


def wrong_slopes(place: Place) -> Iterator[Repair]:
    """A derivative in the place of a factor, or of what a function returns."""
    arguments = _arguments(place)
    for site in place.sites:
        is_factor = isinstance(site.parent, ast.BinOp) and isinstance(
            site.parent.op, ast.Mult | ast.Div
        )
        returned = isinstance(place.node, ast.Return | ast.Lambda) and site in place.results
        if (is_factor or returned) and not isinstance(site.node, ast.Constant):
            inside = [each for each in arguments if ast.unparse(each) in ast.unparse(site.node)]
            rest = [each for each in arguments if each not in inside]
            for argument in [*inside, *rest[:MOST_OTHERS]]:
                yield from _instead(place, site, argument)
        elif isinstance(site.node, ast.BinOp) and isinstance(site.node.op, ast.Mult):
            for argument in arguments:
                if ast.unparse(argument) in ast.unparse(site.node):
                    yield from _instead(place, site, argument)


def softmax_slopes(place: Place) -> Iterator[Repair]:
    """The derivative of softmax, where the code treats softmax as a function of each entry."""
    for site in place.sites:
        match site.node:
            case ast.BinOp(op=ast.Mult(), left=ast.BinOp(op=ast.Mult(), left=one), right=other):
                pairs = [(one, other), (other, one)]
            case ast.BinOp(op=ast.Mult(), left=one, right=other):
                pairs = [(one, other), (other, one)]
            case _:
                continue
        for p, gradient in pairs:
            inner = f"({ast.unparse(p)}) * ({ast.unparse(gradient)})"
            for axis in (-1, 0):
                new = ast.parse(
                    f"({ast.unparse(p)}) * (({ast.unparse(gradient)}) - "
                    f"({inner}).sum({axis}, keepdims=True))",
                    mode="eval",
                ).body
                yield Repair("wrong-activation-derivative", (site.replaced(new),), place)


def _instead(place: Place, site: Site, argument: ast.expr) -> Iterator[Repair]:
    cause = "wrong-activation-derivative"
    yield Repair(cause, (site.replaced(_call(argument)),), place, 0)
    # In a * s * (1 - s) the derivative is two factors of the product.
    match site.node:
        case ast.BinOp(op=ast.Mult() | ast.Div(), left=left):
            if isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mult):
                left = left.left
            product = ast.BinOp(left, ast.Mult(), _call(argument))
            yield Repair(cause, (site.replaced(product),), place, 0)


def _call(argument: ast.expr) -> ast.expr:
    name = ast.Name(SLOPE_CALL, ast.Load())
    return ast.Call(name, [copy.deepcopy(argument)], [])


def _arguments(place: Place) -> list[ast.expr]:
    """The arrays at which a derivative may be taken: those that the function uses come first."""
    values = {} if place.scope is None else place.scope.values()
    texts = []
    for node in ast.walk(place.function):
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and isinstance(
            node.ctx, ast.Load
        ):
            text = ast.unparse(node)
            has_index = isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice)
            if _is_data(values.get(text)) or (text not in values and has_index):
                texts.append(text)
    texts += [text for text, value in values.items() if _is_data(value)]
    # A derivative has the shape of the array that it is multiplied with.
    shape = _shape_of_result(place, values)
    found = sorted(dict.fromkeys(texts), key=lambda text: _shape(values.get(text)) != shape)
    return [ast.parse(text, mode="eval").body for text in found[:MOST_ARGUMENTS]]


def _suits_result(place: Place, argument: ast.expr) -> bool:
    """Whether an array may have the shape of what a statement assigns."""
    values = {} if place.scope is None else place.scope.values()
    shape, own = _shape_of_result(place, values), _shape(values.get(ast.unparse(argument)))
    return shape is None or own is None or own == shape


def _shape_of_result(place: Place, values: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The shape of what a statement assigns; None if it is not known."""
    if not isinstance(place.node, ast.Assign | ast.AugAssign):
        return None
    target = place.node.targets[0] if isinstance(place.node, ast.Assign) else place.node.target
    value = values.get(ast.unparse(target))
    return _shape(value)


def _shape(value: Any) -> tuple[int, ...] | None:
    """Of an array; None of anything else."""
    return tuple(value.shape) if hasattr(value, "shape") else None


def _is_data(value: Any) -> bool:
    kind = getattr(getattr(value, "dtype", None), "kind", "f")
    is_array = hasattr(value, "shape") and hasattr(value, "dtype") and kind == "f"
    # Targets and masks have two or three different numbers; no derivative is taken at them.
    few = isinstance(value, np.ndarray) and value.size > 4 and np.unique(value).size < 4
    return (is_array and not few) or isinstance(value, float)
