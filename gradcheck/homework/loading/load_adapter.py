"""Load an adapter: a file of the user's own with a function ``build(module, sizes)``."""

import inspect
import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from gradcheck.homework.student_code import Caller, Unread

__all__ = ["load_adapter"]


def load_adapter(path: Path, caller: Caller) -> Callable[[Any, Any], Any]:
    """The function ``build`` in an adapter.

    Args:
        path: of the adapter, absolute.
        caller: guards the run of the file.

    Raises:
        Unread: there is no such function, or it cannot be called with a module and sizes.
        StudentError: the file cannot be read, or raised something.

    """
    module = ModuleType(f"adapter_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    with caller.calling(f"running {path.name}"):
        code = path.read_bytes()
        text = code.decode("utf-8", "replace")
        linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))
        exec(compile(code, str(path), "exec", dont_inherit=True), vars(module))
    build = vars(module).get("build")
    if not inspect.isfunction(build):
        names = ", ".join(_functions_of(module)) or "none"
        raise Unread(
            f"{path.name} has no function build; its functions are: {names}. Add "
            "build(module, sizes)"
        )
    try:
        inspect.signature(build).bind(module, ())
    except TypeError as error:
        raise Unread(
            f"build in {path.name} takes {inspect.signature(build)}; it should take two arguments: "
            "build(module, sizes)"
        ) from error
    return build


def _functions_of(module: ModuleType) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    ]
