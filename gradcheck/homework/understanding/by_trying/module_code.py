"""Functions of a module that use its arrays, as functions with global variables do."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.pool import Pool

__all__ = ["ModuleCode", "copied_names"]


@dataclass(frozen=True)
class ModuleCode(Code):
    """A copy of a module's names. Its functions use the copy, and not the student's module itself.

    The ``root`` is a dict of the names. The ``own`` functions are those that the file defines.

    Attributes:
        own: the names of these functions.

    """

    own: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The functions, in their order."""
        return [name for name in self.own if isinstance(self.root.get(name), FunctionType)]

    def function(self, name: str) -> Callable[..., Any]:
        """A function of the module."""
        found: Callable[..., Any] = self.root[name]
        return found

    @property
    def pool(self) -> Pool:
        """What the functions can be given besides examples: arrays of the module by their names."""
        kinds = (np.ndarray, list, dict, int, float, np.generic)
        arrays = {key: item for key, item in self.root.items() if isinstance(item, kinds)}
        return Pool(self.about, arrays)

    def copied(self) -> "ModuleCode":
        """The same with copies of all that the functions may change."""
        return replace(self, root=copied_names(self.root))


def copied_names(names: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a module's names, with functions that use the copy.

    Args:
        names: modules, classes and what cannot be copied are kept as they are.

    """
    memo: dict[int, Any] = {}
    found: dict[str, Any] = {}
    bound = partial(_bound, found)
    for name, value in names.items():
        if isinstance(value, FunctionType):
            found[name] = bound(value, names)
        elif isinstance(value, ModuleType | type) or name.startswith("__"):
            found[name] = value
        else:
            try:
                found[name] = copy.deepcopy(value, memo)
            except Exception:  # whatever a student's object raises
                found[name] = value
    return found


def _bound(new: dict[str, Any], function: FunctionType, names: Mapping[str, Any]) -> FunctionType:
    """The function with other global variables; an imported one as it is."""
    if function.__globals__ is not names and not _same_module(function.__globals__, names):
        return function
    found = FunctionType(
        *(function.__code__, new, function.__name__),
        *(function.__defaults__, function.__closure__),
    )
    found.__kwdefaults__ = function.__kwdefaults__
    return found


def _same_module(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.get("__name__") == other.get("__name__")
