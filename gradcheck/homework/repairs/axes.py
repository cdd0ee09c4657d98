"""Transposes, and axes that are in a wrong order."""

import ast
import copy
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from gradcheck.homework.repairs.change import Change, Site
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["axes_in_other_order", "transposes", "turned_round"]

TURNING = ("flip", "rot90", "roll")
PRODUCTS = ("dot", "matmul", "mm", "inner")
MOST_AXES = 6  # of a new shape: images have 4, and images cut into blocks have 6


def transposes(place: Place) -> Iterator[Repair]:
    """A factor or a whole result with a transpose removed, or with one added."""
    cause = "weights-not-transposed"
    for site in place.sites:
        match site.node:
            case ast.Attribute(attr="T", value=value):
                yield Repair(cause, (site.replaced(value),), place)
            case ast.Call(func=ast.Attribute(attr="t" | "transpose", value=value), args=[]):
                yield Repair(cause, (site.replaced(value),), place)
            case ast.BinOp(op=ast.MatMult(), left=left, right=right):
                swapped = ast.BinOp(right, ast.MatMult(), left)
                yield Repair(cause, (site.replaced(swapped),), place)
            case ast.Call(func=ast.Attribute(attr="outer") as called, args=[one, other]):
                swapped_call = ast.Call(called, [other, one], [])
                yield Repair(cause, (site.replaced(swapped_call),), place)
        if _is_in_product(site) or site in place.results:
            turned = ast.Attribute(site.node, "T", ast.Load())
            yield Repair(cause, (site.replaced(turned),), place)


def _is_in_product(site: Site) -> bool:
    match site.parent:
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in PRODUCTS and site.field == "args"
    return False


def turned_round(place: Place) -> Iterator[Repair]:
    """An array without a slice that reverses it, such as ``[::-1]``."""
    for site in place.sites:
        match site.node:
            case ast.Subscript(value=value, slice=index) if "::-1" in ast.unparse(index):
                yield Repair("flipped", (site.replaced(value),), place)
            case ast.Call(func=ast.Attribute(attr=name) as called, args=[first, *_]) if name in (
                TURNING
            ):
                # np.flip(x, 0), or the method of an array: x.flip(0)
                is_method = isinstance(first, ast.Constant | ast.List | ast.Tuple | ast.UnaryOp)
                turned = called.value if is_method else first
                yield Repair("flipped", (site.replaced(turned),), place)


def axes_in_other_order(place: Place) -> Iterator[Repair]:
    """Two axes exchanged: in ``transpose``, in ``reshape``, in ``einsum``, or of a result."""
    cause = "axes-in-wrong-order"
    for site in place.sites:
        match site.node:
            case ast.Call(func=ast.Attribute(attr="transpose" | "permute"), args=args):
                for swapped in _exchanged(args):
                    yield Repair(cause, (Change(site.node, "args", swapped),), place)
            case ast.Call(func=ast.Attribute(attr="reshape" | "view"), args=args):
                if len(args) == 1 and isinstance(args[0], ast.Tuple):
                    args = args[0].elts
                if 1 < len(args) <= MOST_AXES:
                    yield from _reshaped(place, site, args)
            case ast.Call(
                func=ast.Attribute(attr="einsum"), args=[ast.Constant(value=str(how)), *_]
            ):
                for other in _other_products(how):
                    changed = ast.copy_location(ast.Constant(other), site.node)
                    yield Repair(cause, (Change(site.node, "args", changed, 0),), place)
    yield from _moved_results(place)


def _exchanged(items: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    for one, other in combinations(range(len(items)), 2):
        changed = list(items)
        changed[one], changed[other] = changed[other], changed[one]
        yield changed


def _reshaped(place: Place, site: Site, args: Sequence[ast.expr]) -> Iterator[Repair]:
    """Brought into a shape whose axes are exchanged, and then exchanged back."""
    assert isinstance(site.node, ast.Call)
    size = len(args)
    orders = permutations(range(size)) if size <= 4 else _swaps(size)
    for order in orders:
        if list(order) == list(range(size)):
            continue
        back = [order.index(axis) for axis in range(size)]
        call = ast.Call(site.node.func, [args[axis] for axis in order], [])
        yield Repair("axes-in-wrong-order", (site.replaced(_transposed(call, back)),), place)


def _swaps(size: int) -> Iterator[tuple[int, ...]]:
    for one, other in combinations(range(size), 2):
        order = list(range(size))
        order[one], order[other] = other, one
        yield tuple(order)


def _transposed(node: ast.expr, order: Sequence[int]) -> ast.expr:
    called = ast.Attribute(node, "transpose", ast.Load())
    return ast.Call(called, [ast.Constant(axis) for axis in order], [])


def _other_products(how: str) -> Iterator[str]:
    """The subscripts of ``einsum`` with two letters of one array exchanged."""
    parts = how.replace("->", ",->").split(",")
    for position, part in enumerate(parts):
        letters = [k for k, letter in enumerate(part) if letter.isalpha()]
        for one, other in combinations(letters, 2):
            changed = list(part)
            changed[one], changed[other] = changed[other], changed[one]
            whole = [*parts[:position], "".join(changed), *parts[position + 1 :]]
            yield ",".join(whole).replace(",->", "->")


def _moved_results(place: Place) -> Iterator[Repair]:
    """Two axes of a result with three or more exchanged."""
    for site in place.results:
        if isinstance(site.node, ast.Constant):
            continue
        for size in (3, 4):
            for order in _swaps(size):
                moved = _transposed(copy.deepcopy(site.node), order)
                yield Repair("axes-in-wrong-order", (site.replaced(moved),), place)
