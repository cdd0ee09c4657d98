"""A student's module: what is defined in it, and how it was read."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcheck.homework.finding import Finding
from gradcheck.homework.student_code import StudentError

__all__ = ["StudentModule"]

NAMES_LISTED = 8  # in a message, at most


@dataclass(frozen=True, eq=False)
class StudentModule:
    """What a student's file defines.

    Attributes:
        path: of the file.
        names: everything in the module's namespace.
        module_name: of the module, by which what it defines is told from what it imports.
        findings: how the file was read.
        failure: why the file could not be run, if it was read for its definitions only.

    """

    path: Path
    names: Mapping[str, Any] = field(repr=False)
    module_name: str = ""
    findings: tuple[Finding, ...] = ()
    failure: StudentError | None = None

    @property
    def classes(self) -> dict[str, type]:
        """The classes that the file itself defines, in their order."""
        return {
            name: value
            for name, value in self.names.items()
            if inspect.isclass(value) and value.__module__ == self.module_name
        }

    def classes_named(self, name: str | None) -> dict[str, type]:
        """The class of a name, which the file may import; all that it defines where that is None.

        Empty where nothing of that name is a class.
        """
        if name is None:
            return self.classes
        found = self.names.get(name)
        return {name: found} if isinstance(found, type) else {}

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """The functions that the file itself defines, in their order."""
        return {
            name: value
            for name, value in self.names.items()
            if inspect.isfunction(value) and value.__module__ == self.module_name
        }

    @property
    def listed(self) -> str:
        """What the file defines, in words: ``the class Net, the functions f and g``."""
        parts = [
            _named("class", "classes", list(self.classes)),
            _named("function", "functions", list(self.functions)),
        ]
        return " and ".join(filter(None, parts)) or "no class and no function"


def _named(one: str, many: str, names: list[str]) -> str:
    if not names:
        return ""
    more = ", ..." if len(names) > NAMES_LISTED else ""
    return f"the {one if len(names) == 1 else many} {', '.join(names[:NAMES_LISTED])}{more}"
