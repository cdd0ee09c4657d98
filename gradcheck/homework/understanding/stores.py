"""Where a student's object keeps its arrays: in a list, in a dict, or in attributes."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from gradcheck.homework.student_code import StudentError

__all__ = ["Attributes", "DictItems", "ListItems", "Store"]


class Store(Protocol):
    """The places of some arrays in a student's object."""

    def read(self) -> list[Any]:
        """What the object holds there now."""
        ...

    def write(self, arrays: Sequence[Any]) -> None:
        """Put arrays there, even if the object has replaced its own.

        Raises:
            StudentError: they cannot be assigned.

        """
        ...


@dataclass(frozen=True)
class ListItems:
    """A list in an attribute, such as ``weights``.

    Attributes:
        owner: the student's object.
        attribute: of the list.
        placeholders: what stands in the list before the arrays: mostly nothing.

    """

    owner: Any
    attribute: str
    placeholders: list[Any] = field(default_factory=list)

    def read(self) -> list[Any]:
        """See ``Store``."""
        return list(getattr(self.owner, self.attribute))[len(self.placeholders) :]

    def write(self, arrays: Sequence[Any]) -> None:
        """See ``Store``."""
        _assign(self.owner, self.attribute, [*self.placeholders, *arrays])


@dataclass(frozen=True)
class Attributes:
    """Attributes such as ``W1`` and ``W2``."""

    owner: Any
    names: tuple[str, ...]

    def read(self) -> list[Any]:
        """See ``Store``."""
        return [getattr(self.owner, name) for name in self.names]

    def write(self, arrays: Sequence[Any]) -> None:
        """See ``Store``."""
        for name, array in zip(self.names, arrays, strict=True):
            _assign(self.owner, name, array)


@dataclass(frozen=True)
class DictItems:
    """Items of a dict in an attribute, such as ``params['W1']``."""

    owner: Any
    attribute: str
    keys: tuple[Any, ...]

    def read(self) -> list[Any]:
        """See ``Store``."""
        items: Mapping[Any, Any] = getattr(self.owner, self.attribute)
        return [items[key] for key in self.keys]

    def write(self, arrays: Sequence[Any]) -> None:
        """See ``Store``."""
        items: MutableMapping[Any, Any] = getattr(self.owner, self.attribute)
        for key, array in zip(self.keys, arrays, strict=True):
            items[key] = array


def _assign(owner: Any, attribute: str, value: Any) -> None:
    try:
        setattr(owner, attribute, value)
    except AttributeError as error:
        raise StudentError(
            f"{attribute} cannot be assigned ({error}); make it an ordinary attribute"
        ) from error
