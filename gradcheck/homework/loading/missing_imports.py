"""Stand-ins for modules that are not installed: code can import them, but not use them.

A few missing modules have a replacement that can be used: CuPy and the like have NumPy's functions,
and a file beside the student's is found even if the package that should hold it is not there.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck.homework.loading.known_functions import KNOWN_FUNCTIONS
from gradcheck.homework.loading.shown_only import COMPILERS, SHOWING, compiler_function, shown
from gradcheck.homework.loading.usual_data import USUAL_DATA
from gradcheck.homework.loading.window_functions import WINDOW_FUNCTIONS, WINDOW_MODULE

__all__ = ["stand_ins", "usable_modules"]

# Modules with the functions of NumPy under the same names.
LIKE_NUMPY = ("cupy", "autograd.numpy", "jax.numpy", "minpy.numpy")


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
    for known in (KNOWN_FUNCTIONS, USUAL_DATA):
        if name in known:
            return known[name]
    return _Missing(name.rpartition(".")[2], (), {"__qualname__": name, "_is_stand_in": True})


class _Module(ModuleType):
    """A module that is not installed: it has every name, and none can be used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []
        self.__all__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{self.__name__}.{name}")


# Functions that such modules have and NumPy does not.
BESIDE_NUMPY = {"asnumpy": np.asarray, "get_array_module": lambda *_: np}


class _LikeNumPy(_Module):
    """A module that is not installed and has NumPy's functions."""

    def __getattr__(self, name: str) -> Any:
        if name in BESIDE_NUMPY:
            return BESIDE_NUMPY[name]
        return getattr(np, name) if hasattr(np, name) else super().__getattr__(name)


class _Harmless(_Module):
    """A module that changes no number: it shows something, or compiles functions."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return compiler_function(name) if self.__name__ in COMPILERS else shown(name)


class _Windows(_Module):
    """The module of windows that a course has compiled on each student's machine."""

    def __getattr__(self, name: str) -> Any:
        return WINDOW_FUNCTIONS[name] if name in WINDOW_FUNCTIONS else super().__getattr__(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked last, when nobody else finds a module."""

    def __init__(self, folder: Path) -> None:
        self.names: list[str] = []
        self.folder = folder

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        parent = name.rpartition(".")[0]
        if parent and not isinstance(sys.modules.get(parent), _Module):
            return None  # a part of an installed package that this version does not have
        file = self.folder / f"{name.rpartition('.')[2]}.py"
        if parent and file.is_file():
            return importlib.util.spec_from_file_location(name, file)
        self.names.append(name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        if spec.name in LIKE_NUMPY:
            return _LikeNumPy(spec.name)
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


class _UsableFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules that can be replaced without changing a number, where they are not there."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.rpartition(".")[2] == WINDOW_MODULE:
            return importlib.machinery.ModuleSpec(name, self)
        if name.partition(".")[0] in (*SHOWING, *COMPILERS):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        if spec.name.rpartition(".")[2] == WINDOW_MODULE:
            return _Windows(spec.name)
        return _Harmless(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


@contextmanager
def usable_modules() -> Iterator[None]:
    """While this is open, what can be replaced without changing a number can be imported.

    These are a course's module of windows, progress bars, text in colours, and compilers.
    """
    finder = _UsableFinder()
    sys.meta_path.append(finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def stand_ins(folder: Path) -> Iterator[list[str]]:
    """While this is open, an import of what is not installed gives a stand-in.

    Args:
        folder: of the student's file, where files of a package that is not there may be.

    Yields:
        The names of the modules that stand-ins were given for so far.

    """
    finder = _Finder(folder)
    sys.meta_path.append(finder)
    try:
        yield finder.names
    finally:
        sys.meta_path.remove(finder)
        # Afterwards they are missing again: code that looks for a module must not find a stand-in.
        for name in finder.names:
            sys.modules.pop(name, None)
