"""The attributes that an object of a student's class holds."""

from types import MemberDescriptorType
from typing import Any

__all__ = ["attributes_of"]


def attributes_of(own: Any) -> dict[str, Any]:
    """What an object itself holds, by the names of its attributes.

    A class may keep attributes in ``__slots__``, as ``dataclass(slots=True)`` does: they are not in
    ``vars``.

    Args:
        own: any object; one that holds none has no attributes.

    >>> class Parameter:
    ...     __slots__ = ("data", "grad")
    >>> parameter = Parameter()
    >>> parameter.data = 1.0
    >>> attributes_of(parameter), attributes_of(2.0)
    ({'data': 1.0}, {})
    """
    found: dict[str, Any] = {}
    for kind in reversed(type(own).__mro__):
        members = vars(kind)
        if "__slots__" not in members:
            continue
        for name, member in members.items():
            if isinstance(member, MemberDescriptorType):
                try:
                    found[name] = member.__get__(own, kind)
                except AttributeError:
                    continue  # it was not set yet
    held = getattr(own, "__dict__", None)
    return {**found, **held} if isinstance(held, dict) else found
