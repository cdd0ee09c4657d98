"""Stand-ins for modules that are not installed: they may be imported, but not used."""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from gradcheck.homework.loading.known_functions import KNOWN_FUNCTIONS

__all__ = ["stand_ins"]


class MissingModule(ImportError):
    """Something of a module that is not installed was used."""


class _Missing(type):
    """The kind of everything in a missing module: a class, so that classes may derive from it."""

    def __getattr__(cls, name: str) -> Any:
        # A class that a student derives from a stand-in has only what the student wrote.
        if name.startswith("__") or not cls.__dict__.get("_is_stand_in"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__qualname__}.{name}")

    def __call__(cls, *given: Any, **more: Any) -> Any:
        if cls.__dict__.get("_is_stand_in"):
            raise MissingModule(f"{cls.__qualname__} was used, but it is not installed here")
        return super().__call__(*given, **more)


def _stand_in(name: str) -> Any:
    if name in KNOWN_FUNCTIONS:
        return KNOWN_FUNCTIONS[name]
    return _Missing(name.rpartition(".")[2], (), {"__qualname__": name, "_is_stand_in": True})


class _Module(ModuleType):
    """A module that is not installed: every name of it is there, and none can be used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []
        self.__all__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked last, when nobody else finds a module."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        parent = name.rpartition(".")[0]
        if parent and not isinstance(sys.modules.get(parent), _Module):
            return None  # a part of an installed package that this version does not have
        self.names.append(name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


@contextmanager
def stand_ins() -> Iterator[list[str]]:
    """While this is open, an import of what is not installed gives a stand-in.

    Yields:
        The names of the modules that stand-ins were given for so far.

    """
    finder = _Finder()
    sys.meta_path.append(finder)
    try:
        yield finder.names
    finally:
        sys.meta_path.remove(finder)
        # Outside, they are missing again: what looks for a module must not find one.
        for name in finder.names:
            sys.modules.pop(name, None)
