"""Slices, ranges and single examples: a part where all is needed."""

import ast
from collections.abc import Iterator

from gradcheck.homework.repairs.change import Change, Site, text_of
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["single_examples", "whole_arrays", "whole_ranges"]

# How the sum over the examples may be written, with one example in its place.
SUMS = (
    *("{0}.sum(0)", "{0}.sum(0, keepdims=True)", "{0}.sum(1)", "{0}.sum(1, keepdims=True)"),
    *("{0}.sum()", "{0}.sum(-1)", "{0}.sum((0, 2, 3))"),
)


def whole_arrays(place: Place) -> Iterator[Repair]:
    """The whole array in place of a slice; equal slices in one statement change together."""
    sliced: dict[str, list[Site]] = {}
    for site in place.sites:
        if isinstance(site.node, ast.Subscript) and isinstance(site.node.ctx, ast.Load):
            parts = site.node.slice
            several = parts.elts if isinstance(parts, ast.Tuple) else [parts]
            if any(_is_part(each) for each in several):
                sliced.setdefault(text_of(parts), []).append(site)
    for sites in sliced.values():
        groups = [tuple(sites)] if len(sites) > 1 else []
        for group in (*groups, *((site,) for site in sites)):
            # A slice within a slice is changed with the one around it.
            changes = tuple(site.replaced(_whole(site)) for site in group)
            yield Repair("examples-left-out", changes, place)


def _is_part(index: ast.expr) -> bool:
    if isinstance(index, ast.Slice):
        return any(part is not None for part in (index.lower, index.upper, index.step))
    return False


def _whole(site: Site) -> ast.expr:
    assert isinstance(site.node, ast.Subscript)
    return site.node.value


def whole_ranges(place: Place) -> Iterator[Repair]:
    """A range from 0, and one that is longer by one."""
    for site in place.sites:
        match site.node:
            case ast.Call(func=ast.Name(id="range"), args=args):
                for changed in _longer(args):
                    new = ast.copy_location(ast.Call(site.node.func, changed, []), site.node)
                    yield Repair("part-left-out", (site.replaced(new),), place)


def _longer(args: list[ast.expr]) -> Iterator[list[ast.expr]]:
    one = ast.Constant(1)
    if len(args) == 1:
        yield [ast.BinOp(args[0], ast.Add(), one)]
        return
    start, stop, *step = args
    if not step:
        yield [stop]
    for less, more in ((ast.Sub(), ast.Add()), (ast.Add(), ast.Sub())):
        yield [ast.BinOp(start, less, one), stop, *step]
        yield [start, ast.BinOp(stop, more, one), *step]


def single_examples(place: Place) -> Iterator[Repair]:
    """The sum over the examples in place of one of them."""
    cause = "examples-left-out"
    for site in place.sites:
        match site.node:
            # This means one number for each example, as in d[range(m), labels].
            case ast.Subscript(slice=ast.Tuple(elts=[_, ast.Subscript(value=labels)])):
                every = ast.parse(f"(range(len({ast.unparse(labels)})), {ast.unparse(labels)})")
                assert isinstance(every.body[0], ast.Expr)
                yield Repair(cause, (Change(site.node, "slice", every.body[0].value),), place)
            case ast.Call(func=ast.Attribute(attr="outer"), args=[left, right]):
                if isinstance(left, ast.Subscript) and isinstance(right, ast.Subscript):
                    turned = ast.Attribute(left.value, "T", ast.Load())
                    product = ast.BinOp(turned, ast.MatMult(), right.value)
                    yield Repair(cause, (site.replaced(product),), place)
            case ast.Subscript(value=value, ctx=ast.Load()) if _takes_few(site.node):
                for how in SUMS:
                    new = ast.parse(how.format(ast.unparse(value)), mode="eval").body
                    yield Repair(cause, (site.replaced(new),), place)
                yield from _every_row(place, site)


def _takes_few(node: ast.Subscript) -> bool:
    """Whether an index takes the first or the last few entries of an axis."""
    index = node.slice
    several = index.elts if isinstance(index, ast.Tuple) else [index]
    return any(isinstance(each, ast.Constant | ast.UnaryOp) or _is_part(each) for each in several)


def _every_row(place: Place, site: Site) -> Iterator[Repair]:
    """An array where a number of it is assigned or used, as ``x`` for ``x[0]``."""
    assert isinstance(site.node, ast.Subscript)
    if isinstance(site.node.slice, ast.Constant | ast.UnaryOp):
        yield Repair("examples-left-out", (site.replaced(site.node.value),), place)
    index = site.node.slice
    if isinstance(index, ast.Tuple):
        for position, each in enumerate(index.elts):
            if isinstance(each, ast.Constant | ast.UnaryOp):
                every = ast.copy_location(ast.Slice(None, None, None), each)
                change = Change(index, "elts", every, position)
                yield Repair("examples-left-out", (change,), place)
