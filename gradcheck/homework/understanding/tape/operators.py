"""The operators that a tape engine may have, each with inputs that suit it.

An engine is checked operator by operator: each is applied to random inputs, and the gradients that
its ``backward`` gives are compared with slopes.
"""

import inspect
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import CodeType
from typing import Any

from gradcheck.homework.understanding.tape.function_classes import APPLY

__all__ = ["Operator", "operators_of"]

# The shapes of the arguments: two of one shape, or one. The sides differ, to show a transpose.
SAME = ((3, 4), (3, 4))
ONE = ((3, 4),)


@dataclass(frozen=True)
class Operator:
    """An operator with arguments that suit it.

    Attributes:
        name: as a formula or a call, such as ``a + b`` or ``a.tanh()``.
        apply: to nodes; in the first form of these that works.
        shapes: of the nodes; an engine of single numbers gets numbers.
        positive: whether the inputs must be positive.
        of_arrays: whether only an engine of arrays can have it.
        is_optional: whether an engine need not allow it, such as sums of different shapes.
        may_be_detached: whether its output need not have a gradient.
        repeats: whether it uses a node more than once.
        variant_of: what it is a further form of, such as ``+`` or ``a.sum``; empty for a first
            form. Variants become parts only if a quick look finds them in doubt.
        code: of the method or the function, by which its use is noticed.

    """

    name: str
    apply: tuple[Callable[..., Any], ...]
    shapes: tuple[tuple[int, ...], ...] = ONE
    positive: bool = False
    of_arrays: bool = False
    is_optional: bool = False
    may_be_detached: bool = False
    repeats: bool = False
    variant_of: str = ""
    code: CodeType | None = None


@dataclass(frozen=True)
class _Known:
    """An operator that is known by the name of its method or function.

    Attributes:
        arguments: after the node, in the forms that are tried.
        positive, of_arrays, shapes, may_be_detached: see ``Operator``.

    """

    arguments: tuple[tuple[Any, ...], ...] = ((),)
    positive: bool = False
    of_arrays: bool = False
    shapes: tuple[tuple[int, ...], ...] = ONE
    may_be_detached: bool = False


ANY = _Known()
POSITIVE = _Known(positive=True)
REDUCES = _Known(((), (0,), (1,)), of_arrays=True)
ALONG_ROWS = _Known(((), (1,), (-1,)), of_arrays=True)
TWO = _Known(shapes=SAME)
PRODUCT = _Known(of_arrays=True, shapes=((3, 4), (4, 2)))
# By the name of a method or a function.
KNOWN: dict[str, _Known] = {
    **dict.fromkeys(("tanh", "sigmoid", "exp", "sin", "cos", "square", "cube"), ANY),
    **dict.fromkeys(("relu", "leaky_relu", "leakyrelu", "elu", "gelu", "silu", "swish"), ANY),
    **dict.fromkeys(("softplus", "logistic", "ReLU", "abs", "neg", "negate", "selu", "mish"), ANY),
    **dict.fromkeys(("log", "ln", "sqrt", "reciprocal", "inv", "rsqrt"), POSITIVE),
    **dict.fromkeys(("sum", "mean", "var", "std", "logsumexp"), REDUCES),
    **dict.fromkeys(("max", "min"), replace(REDUCES, may_be_detached=True)),
    **dict.fromkeys(("softmax", "log_softmax", "logsoftmax", "cumsum"), ALONG_ROWS),
    **dict.fromkeys(("flatten",), _Known(of_arrays=True)),
    **dict.fromkeys(("transpose",), _Known(((), (0, 1), ((1, 0),)), of_arrays=True)),
    **dict.fromkeys(("reshape", "view"), _Known(((4, 3), ((4, 3),)), of_arrays=True)),
    **dict.fromkeys(("add", "sub", "mul", "subtract", "multiply", "plus", "times"), TWO),
    **dict.fromkeys(("minus", "maximum", "minimum"), TWO),
    **dict.fromkeys(("div", "divide", "truediv"), _Known(positive=True, shapes=SAME)),
    **dict.fromkeys(("matmul", "dot", "mm"), PRODUCT),
    **dict.fromkeys(("add_bias",), _Known(of_arrays=True, shapes=((3, 4), (4,)))),
    **dict.fromkeys(("pow", "power"), _Known(((3,),), positive=True)),
}


def _number(name: str, apply: Callable[[Any], Any], *, positive: bool = False) -> Operator:
    """An operator of a node and a number: not every engine allows numbers."""
    return Operator(name, (apply,), positive=positive, is_optional=True)


def _broadcast(name: str, apply: Callable[..., Any], shape: tuple[int, ...]) -> Operator:
    """An operator of two shapes: not every engine allows that."""
    return Operator(name, (apply,), ((3, 4), shape), of_arrays=True, is_optional=True)


# By the method that Python calls for it.
SYMBOLS = (
    ("__add__", Operator("a + b", (operator.add,), SAME)),
    ("__sub__", Operator("a - b", (operator.sub,), SAME)),
    ("__mul__", Operator("a * b", (operator.mul,), SAME)),
    ("__truediv__", Operator("a / b", (operator.truediv,), SAME, positive=True)),
    ("__matmul__", Operator("a @ b", (operator.matmul,), ((3, 4), (4, 2)), of_arrays=True)),
    ("__neg__", Operator("-a", (operator.neg,))),
    ("__pow__", Operator("a ** 3", (lambda a: a**3,), positive=True)),
    ("__pow__", Operator("a ** -1", (lambda a: a**-1,), positive=True)),
    ("__pow__", Operator("a ** b", (operator.pow,), SAME, positive=True, is_optional=True)),
    ("__rpow__", _number("2 ** a", lambda a: 2.0**a)),
    ("__abs__", Operator("abs(a)", (abs,))),
    ("__add__", _number("a + 2", lambda a: a + 2.0)),
    ("__radd__", _number("2 + a", lambda a: 2.0 + a)),
    ("__sub__", _number("a - 2", lambda a: a - 2.0)),
    ("__rsub__", _number("2 - a", lambda a: 2.0 - a)),
    ("__mul__", _number("a * 2", lambda a: a * 2.0)),
    ("__rmul__", _number("2 * a", lambda a: 2.0 * a)),
    ("__truediv__", _number("a / 2", lambda a: a / 2.0)),
    ("__rtruediv__", _number("2 / a", lambda a: 2.0 / a, positive=True)),
    ("__getitem__", Operator("a[1]", (lambda a: a[1],), of_arrays=True, may_be_detached=True)),
    ("__add__", Operator("a + a", (lambda a: a + a,), repeats=True)),
    ("__mul__", Operator("a * a", (lambda a: a * a,), repeats=True)),
    ("__add__", _broadcast("a + b, b a row", operator.add, (4,))),
    ("__add__", _broadcast("a + b, b a column", operator.add, (3, 1))),
    ("__sub__", _broadcast("a - b, b a row", operator.sub, (4,))),
    ("__mul__", _broadcast("a * b, b a row", operator.mul, (4,))),
    ("__mul__", _broadcast("a * b, b a column", operator.mul, (3, 1))),
)


def operators_of(
    kind: type, functions: Mapping[str, Callable[..., Any]], *, holds_arrays: bool
) -> Iterator[Operator]:
    """The operators that an engine has, by their names.

    Args:
        kind: the engine.
        functions: of the student's module, that may be operators too.
        holds_arrays: whether the engine's objects hold arrays.

    """
    for method, symbol in SYMBOLS:
        if callable(getattr(kind, method, None)):
            yield replace(symbol, code=_code_of(getattr(kind, method)))
    for name, known in KNOWN.items():
        if callable(getattr(kind, name, None)):
            one = _operator(f"{{}}.{name}", known, _method(name))
            yield replace(one, code=_code_of(getattr(kind, name)))
    if holds_arrays and isinstance(inspect.getattr_static(kind, "T", None), property):
        yield Operator("a.T", (lambda a: a.T,), of_arrays=True)
    for name, function in functions.items():
        if name in KNOWN:
            yield replace(_operator(name, KNOWN[name], function), code=_code_of(function))
        elif (plain := name.removesuffix(APPLY)) != name and plain.lower() in KNOWN:
            one = _operator(name, KNOWN[plain.lower()], function)
            yield replace(one, code=_code_of(function), is_optional=True, variant_of=name)


def _code_of(function: Any) -> CodeType | None:
    return getattr(inspect.unwrap(function), "__code__", None)


def _method(name: str) -> Callable[..., Any]:
    return lambda node, *arguments: getattr(node, name)(*arguments)


def _operator(name: str, known: _Known, function: Callable[..., Any]) -> Operator:
    def form(arguments: tuple[Any, ...]) -> Callable[..., Any]:
        return lambda *nodes: function(*nodes, *arguments)

    letters = ["a", "b"][: len(known.shapes)]
    if name.startswith("{}"):
        text = f"a{name[2:]}({', '.join(letters[1:])})"
    else:
        text = f"{name}({', '.join(letters)})"
    forms = tuple(form(arguments) for arguments in known.arguments)
    return Operator(
        name=text,
        apply=forms,
        shapes=known.shapes,
        positive=known.positive,
        of_arrays=known.of_arrays,
        may_be_detached=known.may_be_detached,
    )
