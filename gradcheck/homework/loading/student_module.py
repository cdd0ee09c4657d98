"""A student's module: what is defined in it, and how it was read."""

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from gradcheck.homework.finding import Finding
from gradcheck.homework.student_code import INSTALLED, StudentError

__all__ = ["StudentModule"]

NAMES_LISTED = 8  # in a message, at most


@dataclass(frozen=True, eq=False)
class StudentModule:
    """What a student's file defines.

    Attributes:
        path: of the file.
        names: everything in the module's namespace.
        module_name: of the module; it shows which objects the module defines, and which it imports.
        findings: how the file was read.
        failure: why the file could not be run, if it was read for its definitions only.
        takes_imported: whether classes and functions of other files in its folder count as its own.

    """

    path: Path
    names: Mapping[str, Any] = field(repr=False)
    module_name: str = ""
    findings: tuple[Finding, ...] = ()
    failure: StudentError | None = None
    takes_imported: bool = False

    @property
    def classes(self) -> dict[str, type]:
        """The classes that the file itself defines, in their order; see ``functions``."""
        return {
            name: value
            for name, value in self.names.items()
            if inspect.isclass(value) and self._counts(value, _file_of_class)
        }

    def classes_named(self, name: str | None) -> dict[str, type]:
        """The class of a name, which the file may import; if the name is None, all that it defines.

        Empty where nothing of that name is a class.
        """
        if name is None:
            return self.classes
        found = self.names.get(name)
        return {name: found} if isinstance(found, type) else {}

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """The functions that the file itself defines, in their order.

        With ``takes_imported``, also those that it imports from files beside it or below.
        """
        return {
            name: value
            for name, value in self.names.items()
            if inspect.isfunction(value) and self._counts(value, _file_of_function)
        }

    @property
    def with_imported(self) -> "StudentModule | None":
        """The same with all that it imports from other files of the student's; None if nothing.

        After ``import layers`` the names in ``layers`` count as if they were its own.
        """
        imported: dict[str, Any] = {}
        self._add_names(self.names, imported, set())
        found = replace(self, names={**imported, **self.names}, takes_imported=True)
        own = len(self.classes) + len(self.functions)
        return found if len(found.classes) + len(found.functions) > own else None

    def _add_names(self, names: Mapping[str, Any], found: dict[str, Any], seen: set[int]) -> None:
        """Add the names in the modules of the student's among these, and in those that they import.

        Of several things with the same name the first counts.
        """
        for value in list(names.values()):
            if not isinstance(value, ModuleType) or id(value) in seen:
                continue
            seen.add(id(value))
            if self._is_own_file(getattr(value, "__file__", None)):
                for name, each in vars(value).items():
                    if not name.startswith("__"):
                        found.setdefault(name, each)
                self._add_names(vars(value), found, seen)

    def _counts(self, value: Any, file_of: Callable[[Any], str | None]) -> bool:
        """Whether a class or a function is the file's own, or of a file beside it that counts."""
        if value.__module__ == self.module_name:
            return True
        return self.takes_imported and self._is_own_file(file_of(value))

    def _is_own_file(self, path: str | None) -> bool:
        """Whether a file is in the student's folder, and in no package that is installed there."""
        if path is None:
            return False
        file, folder = Path(path), self.path.parent
        return file.is_relative_to(folder) and INSTALLED not in file.relative_to(folder).parts

    @property
    def listed(self) -> str:
        """What the file defines, in words: ``the class Net, the functions f and g``."""
        parts = [
            _named("class", "classes", list(self.classes)),
            _named("function", "functions", list(self.functions)),
        ]
        return " and ".join(filter(None, parts)) or "no class and no function"


def _file_of_function(function: Any) -> str | None:
    code = getattr(function, "__code__", None)
    return None if code is None else str(code.co_filename)


def _file_of_class(kind: type) -> str | None:
    return getattr(sys.modules.get(kind.__module__), "__file__", None)


def _named(one: str, many: str, names: list[str]) -> str:
    if not names:
        return ""
    more = ", ..." if len(names) > NAMES_LISTED else ""
    return f"the {one if len(names) == 1 else many} {', '.join(names[:NAMES_LISTED])}{more}"
