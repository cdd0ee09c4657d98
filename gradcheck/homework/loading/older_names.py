"""Names that older versions of Python and of NumPy had, and that homework still uses.

A file that says ``xrange`` or ``np.int`` computes the same gradients as one that says ``range`` or
``int``. So these names are given to the student's code; the report says so.
"""

import ast
import builtins
import itertools
import pickle
import sys
from functools import partial, reduce
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding, oddity

__all__ = ["give_older_names", "older_names_in"]

OF_PYTHON: dict[str, Any] = {
    "xrange": range,
    "raw_input": input,
    "unicode": str,
    "basestring": str,
    "long": int,
    "unichr": chr,
    "reduce": reduce,
}
OF_NUMPY: dict[str, Any] = {
    "int": int,
    "long": int,
    "float": float,
    "bool": bool,
    "object": object,
    "complex": complex,
    "str": str,
    "float_": np.float64,
    "complex_": np.complex128,
    "unicode_": np.str_,
    "Inf": np.inf,
    "Infinity": np.inf,
    "infty": np.inf,
    "PINF": np.inf,
    "NINF": -np.inf,
    "NaN": np.nan,
    "NAN": np.nan,
    "mat": np.asmatrix,
    "row_stack": np.vstack,
    "product": np.prod,
    "cumproduct": np.cumprod,
    "alltrue": np.all,
    "sometrue": np.any,
    "round_": np.round,
    "asfarray": partial(np.asarray, dtype=float),
}
OF_ITERTOOLS: dict[str, Any] = {"izip": zip, "imap": map, "ifilter": filter}
TODAYS_RESHAPE = np.reshape
NUMPY_NAMES = ("np", "numpy")


def _reshape(a: Any, *shape: Any, newshape: Any = None, **more: Any) -> Any:
    """``np.reshape``, which called its second argument ``newshape`` before version 2.1."""
    if newshape is not None:
        return TODAYS_RESHAPE(a, newshape, **more)
    return TODAYS_RESHAPE(a, *shape, **more)


def give_older_names() -> None:
    """Give all code of this process the older names; no name that is there is changed."""
    for name, value in OF_PYTHON.items():
        if not hasattr(builtins, name):
            setattr(builtins, name, value)
    for name, value in OF_NUMPY.items():
        if name not in vars(np):
            setattr(np, name, value)
    for name, value in OF_ITERTOOLS.items():
        if not hasattr(itertools, name):
            setattr(itertools, name, value)
    sys.modules.setdefault("cPickle", pickle)
    if np.reshape.__name__ != _reshape.__name__:
        np.reshape = _reshape


def older_names_in(tree: ast.Module) -> tuple[Finding, ...]:
    """A finding that lists the older names in a file, if there are any.

    >>> print(older_names_in(ast.parse("for i in xrange(3): np.int(i)"))[0].text)
    Older names are used: np.int, xrange. Today's Python and NumPy do not have them.
    """
    found = set[str]()
    bound = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in OF_PYTHON:
                found.add(name)
            case ast.Name(id=name):
                bound.add(name)
            case ast.alias(name=name, asname=other):
                bound.add(other or name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if _is_gone(module, name):
                found.add(f"{module}.{name}")
    left = sorted(found - bound)
    if not left:
        return ()
    return (
        oddity(
            f"Older names are used: {', '.join(left)}. Today's Python and NumPy do not have them."
        ),
    )


def _is_gone(module: str, name: str) -> bool:
    """Whether today's NumPy lacks a name; ``np.bool`` came back in version 2."""
    return module in NUMPY_NAMES and name in OF_NUMPY and name not in np.__all__
