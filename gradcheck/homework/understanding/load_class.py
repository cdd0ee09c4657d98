"""A student's file: run it as Python would, and take the class from it."""

import inspect
import linecache
import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from gradcheck.homework.student_code import Caller, StudentError

__all__ = ["load_class"]

CLASSES_LISTED = 6  # in a message, at most
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def load_class(caller: Caller, name: str) -> Callable[..., Any]:
    """Run a student's file and return its class of this name.

    Args:
        caller: guards the run; its ``path`` is the file.
        name: of the class, or of a function that builds a network.

    Raises:
        StudentError: the file is not Python 3, raises something, or has no such class.

    """
    path = caller.path
    names = vars(_run(caller, _source(path)))
    found: Any = names.get(name)
    if callable(found):
        built: Callable[..., Any] = found
        return built
    if found is not None:
        raise StudentError(
            f"{name} in {path.name} is of type {type(found).__name__}; it should be a class that "
            "takes the sizes"
        )
    classes = [key for key, value in names.items() if inspect.isclass(value)]
    listed = f"its classes are {', '.join(classes[:CLASSES_LISTED])}" if classes else "it has none"
    near = get_close_matches(name, classes, n=1)
    question = f"; did you mean {near[0]}?" if near else ""
    raise StudentError(f"{path.name} has no class {name}: {listed}{question}")


def _source(path: Path) -> bytes:
    """The content of the file, if it can be Python.

    Raises:
        StudentError: it cannot.

    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise StudentError(f"{path.name} cannot be read: {error.strerror or error}") from error
    if not source.strip():
        raise StudentError(f"{path.name} is empty; it should have a class in it")
    if source.startswith(UTF_16_MARKS):
        raise StudentError(f"{path.name} is UTF-16; save it as UTF-8")
    if source.lstrip().startswith(b"{") and b'"cells"' in source:
        raise StudentError(f"{path.name} is a notebook; save it as a Python file")
    return source


def _run(caller: Caller, source: bytes) -> ModuleType:
    """The module that the file makes, run under a name of its own.

    The name is not ``__main__``: so code under ``if __name__ == "__main__"``, which often trains
    the network, does not run.
    """
    path = caller.path
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        with caller.calling(f"reading {path.name} as Python 3"):
            raise error
    # A traceback shows the lines that ran, even if the file is deleted by then.
    text = source.decode("utf-8", "replace")
    linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))
    module = ModuleType(f"submission_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(path.parent))
    sys.argv[:] = [str(path)]
    with caller.calling(f"importing {path.name}"):
        exec(code, vars(module))
    return module
