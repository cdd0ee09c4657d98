"""All formats: the files in the folder ``formats``."""

import pkgutil
from functools import cache
from importlib import import_module

from gradcheck.homework import formats
from gradcheck.homework.recognition import Format

__all__ = ["all_formats"]


@cache
def all_formats() -> tuple[Format, ...]:
    """The ``FORMAT`` of each file in the folder ``formats``, those of a lower rank first.

    >>> print(all_formats()[0].name)
    a class like the book's
    """
    found = [
        import_module(f"{formats.__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(formats.__path__)
    ]
    return tuple(sorted(found, key=lambda each: each.rank))
