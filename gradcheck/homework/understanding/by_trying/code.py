"""A student's object with its methods, or functions with the arrays that they share."""

import copy
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from inspect import getattr_static
from types import FunctionType
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.seeded import same_numbers
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.kept_arrays import arrays_kept
from gradcheck.homework.understanding.by_trying.leaves import Path, read, write
from gradcheck.homework.understanding.by_trying.pool import Pool
from nets.arrays import HostArray

__all__ = ["Code", "Learned", "methods_in"]


METHODS = (FunctionType, staticmethod, classmethod)


def methods_in(kind: type) -> list[str]:
    """The names of the methods of a class and of what it inherits, private ones last."""
    names = [name for each in kind.__mro__[:-1] for name in vars(each)]
    found = [
        name
        for name in dict.fromkeys(names)
        if isinstance(getattr_static(kind, name), METHODS) and not name.startswith("__")
    ]
    return sorted(found, key=lambda name: name.startswith("_"))


@dataclass(frozen=True)
class Code:
    """Something that holds arrays, and functions that use them.

    Attributes:
        root: the student's object; for functions, the dict or the list of parameters that they
            take.
        name: of the class or of the function, for messages.
        caller: guards the calls.
        seed: set before each call, so that dropout draws the same mask each time.
        functions: those that take the root as an argument; None to use the methods of the root.
        about: what was learned about roles that are the same in each call.
        left_out: methods that are not called, because they make the arrays anew.
        kept: attributes of the root that methods do not make anew: see ``arrays_kept``.

    """

    root: Any
    name: str
    caller: Caller
    seed: int = 0
    functions: Mapping[str, Callable[..., Any]] | None = None
    about: Mapping[Role, Any] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()

    @property
    def names(self) -> list[str]:
        """The functions, or the methods, in their order; private ones last."""
        if self.functions is not None:
            return list(self.functions)
        return [name for name in methods_in(type(self.root)) if name not in self.left_out]

    def function(self, name: str) -> Callable[..., Any]:
        """A function or a method of the root."""
        if self.functions is not None:
            return self.functions[name]
        found: Callable[..., Any] = getattr(self.root, name)
        return found

    @property
    def pool(self) -> Pool:
        """What the functions can be given besides examples."""
        by_role = {**self.about}
        by_name = self._own_numbers()
        if self.functions is not None:
            by_role[Role.PARAMETERS] = self.root
            named = self.root if isinstance(self.root, Mapping) else {}
            by_name = {key: item for key, item in named.items() if isinstance(key, str)}
        return Pool(by_role, by_name)

    def _own_numbers(self) -> dict[str, Any]:
        """The plain numbers of an object whose names have no meaning of their own."""
        return {
            key: value
            for key, value in attributes_of(self.root).items()
            if isinstance(value, int) and not isinstance(value, bool) and role_of(key) is None
        }

    def called(self, name: str, pool: Pool, *, quietly: bool = True) -> Any:
        """What a function returns for the arguments that it needs.

        Raises:
            StudentError: it needs something that is not in the pool, or it raised something.

        """
        function = self.function(name)
        arguments = pool.arguments_for(function, name)
        calling = self.caller.calling(f"{name}({', '.join(arguments)})", quietly=quietly)
        with same_numbers(function, self.seed), calling, self._keeping():
            return function(**arguments)

    def _keeping(self) -> AbstractContextManager[None]:
        return arrays_kept(self.root, self.kept) if self.kept else nullcontext()

    def copied(self) -> "Code":
        """The same with a copy of the root, so that a call leaves nothing behind.

        Raises:
            StudentError: it cannot be copied.

        """
        with self.caller.calling(f"copying {self.name}", quietly=True):
            root = copy.deepcopy(self.root)
        return replace(self, root=root)


@dataclass(frozen=True)
class Learned:
    """The arrays that are learned: where they are, and the numbers that they began with.

    Attributes:
        paths: of the arrays.
        values: float64, one for each.

    """

    paths: tuple[Path, ...]
    values: tuple[HostArray, ...] = field(repr=False)

    def place(self, code: Code, values: "list[HostArray] | tuple[HostArray, ...]") -> None:
        """Put numbers into the arrays of some code, each in the shape of its array."""
        for path, value in zip(self.paths, values, strict=True):
            if value.ndim == 0 and not isinstance(read(code.root, path), np.ndarray):
                # A number stays one: an array would be changed by s = self.b; s += x.
                write(code.root, path, value[()])
            else:
                write(code.root, path, value)

    def current(self, code: Code) -> list[HostArray]:
        """Copies of what the code holds now.

        Raises:
            StudentError: an array has another shape than before.

        """
        found = []
        for path, value in zip(self.paths, self.values, strict=True):
            now = np.array(read(code.root, path))
            if now.shape != value.shape:
                raise StudentError(
                    f"{path.name} has shape {now.shape} after a call; it should stay {value.shape}"
                )
            found.append(now)
        return found
