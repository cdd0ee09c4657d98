"""All arrays and numbers that an object holds, each with the path that leads to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray

__all__ = ["Path", "arrays_of", "read", "scalars_of", "write"]

DEPTH = 6  # of objects in objects
MOST_ITEMS = 200  # of a list that is looked into: a data set is no list of layers
FLOAT_KINDS = "f"  # NumPy's letter for real floating-point numbers
OPAQUE = (str, bytes, type, ModuleType, FunctionType, np.ndarray, np.generic, bool)


@dataclass(frozen=True)
class Path:
    """The way from an object to something in it.

    Attributes:
        steps: attribute names and keys; each with True if it is an attribute.

    """

    steps: tuple[tuple[bool, Any], ...] = ()

    @property
    def name(self) -> str:
        """As Python writes it, without the object: ``layers[0].W``, ``params['W1']``."""
        text = ""
        for is_attribute, step in self.steps:
            if not text and isinstance(step, str):
                text = step  # an item of the dict of parameters itself
                continue
            # An item of a list that is handed over as it is.
            text = text or "parameters"
            text += f".{step}" if is_attribute else f"[{step!r}]"
        return text

    @property
    def last(self) -> str:
        """The last name on the way that is a word; empty if there is none."""
        words = [step for _, step in self.steps if isinstance(step, str)]
        return words[-1] if words else ""

    @property
    def parent(self) -> "Path":
        """The way to what holds it."""
        return Path(self.steps[:-1])

    def then(self, step: Any, *, is_attribute: bool) -> "Path":
        """One step more."""
        return Path((*self.steps, (is_attribute, step)))


def arrays_of(root: Any) -> dict[Path, Any]:
    """The arrays of real numbers in an object, each once, in the order of their attributes."""

    def is_array(value: Any) -> bool:
        return isinstance(value, np.ndarray) and value.dtype.kind in FLOAT_KINDS and value.size > 0

    found: dict[Path, Any] = {}
    for path, value in _walk(root, Path(), set(), DEPTH):
        if is_array(value) and not any(value is other for other in found.values()):
            found[path] = value
    return found or _lists_of(root)


def _lists_of(root: Any) -> dict[Path, Any]:
    """The lists of numbers in an object without arrays, as arrays: lists of equal ones together."""
    found: dict[Path, Any] = {}
    for path, value in _walk(root, Path(), set(), DEPTH):
        inside = any(path.steps[: len(each.steps)] == each.steps for each in found)
        if not inside and _is_list_of_numbers(value):
            found[path] = np.array(value, dtype=np.float64)
    return found


def _is_list_of_numbers(value: Any) -> bool:
    """Whether a value is a list of numbers with a point, or of equally long lists of them."""
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(each, float) for each in value):
        return True
    nested = all(isinstance(each, list) and _is_list_of_numbers(each) for each in value)
    return nested and len({np.shape(each) for each in value}) == 1


def scalars_of(root: Any, wanted: Callable[[str], bool]) -> dict[Path, float]:
    """The plain numbers in an object whose names are wanted."""
    return {
        path: float(value)
        for path, value in _walk(root, Path(), set(), DEPTH)
        if isinstance(value, int | float | np.number)
        and not isinstance(value, bool)
        and wanted(path.last)
    }


def _walk(value: Any, path: Path, seen: set[int], depth: int) -> Iterator[tuple[Path, Any]]:
    """Everything that can be reached, with its path."""
    yield path, value
    if depth == 0 or isinstance(value, int | float | complex) or value is None:
        return
    is_objects = isinstance(value, np.ndarray) and value.dtype == object
    if isinstance(value, OPAQUE) and not is_objects:
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    for step, item, is_attribute in _items(value):
        yield from _walk(item, path.then(step, is_attribute=is_attribute), seen, depth - 1)


def _items(value: Any) -> list[tuple[Any, Any, bool]]:
    if isinstance(value, Mapping):
        return [(key, item, False) for key, item in list(value.items())[:MOST_ITEMS]]
    if isinstance(value, list | tuple | np.ndarray):
        if len(value) > MOST_ITEMS:
            return []
        return [(position, item, False) for position, item in enumerate(value)]
    return [(name, item, True) for name, item in attributes_of(value).items()]


def read(root: Any, path: Path) -> Any:
    """What is at the end of a path now; a list of numbers as an array.

    Raises:
        StudentError: nothing is there any more.

    """
    value = _there(root, path)
    return np.array(value, dtype=np.float64) if _is_list_of_numbers(value) else value


def _there(root: Any, path: Path) -> Any:
    value = root
    for is_attribute, step in path.steps:
        try:
            value = getattr(value, step) if is_attribute else value[step]
        except (AttributeError, KeyError, IndexError, TypeError) as error:
            raise StudentError(f"{path.name} is gone after a call") from error
    return value


def write(root: Any, path: Path, value: Any) -> None:
    """Put numbers at a path: in place where an array of that shape and type is there.

    Raises:
        StudentError: that is not possible.

    """
    there = _there(root, path)
    if _can_hold(there, value):
        np.copyto(there, value)
        return
    is_attribute, step = path.steps[-1]
    holder = _there(root, path.parent)
    kind = type(there) if isinstance(there, np.matrix) else np.ndarray
    new: Any = np.array(value).view(kind) if isinstance(value, np.ndarray) else value
    if isinstance(there, list) and isinstance(value, np.ndarray):
        new = value.tolist()
    try:
        if is_attribute:
            setattr(holder, step, new)
        else:
            holder[step] = new
    except (AttributeError, TypeError) as error:
        raise StudentError(
            f"{path.name} cannot be assigned ({error}); make it an ordinary list or attribute"
        ) from error


def _can_hold(there: Any, value: HostArray | float) -> bool:
    return (
        isinstance(there, np.ndarray)
        and isinstance(value, np.ndarray)
        and there.shape == value.shape
        and there.dtype == value.dtype
        and there.flags.writeable
    )
