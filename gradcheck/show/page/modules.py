"""JavaScript modules, put together into one.

A page is one file, so its modules cannot import each other from there. Each module is put behind
those that it imports, and the lines with ``import`` and the words ``export`` go. All modules then
share one scope; a name that two of them have at the top is an error.
"""

import re
from collections.abc import Callable

__all__ = ["one_module"]

# Names are imported from files of the same folder, and keep their names.
IMPORT = re.compile(
    r'^import (?:\{\s*[\w$]+(?:,\s*[\w$]+)*,?\s*\} from )?"\./(?P<file>[\w.-]+)";\n', re.M
)
EXPORT = re.compile(r"^export (?=(?:const|let|function|class) )", re.M)
AT_THE_TOP = re.compile(r"^(?:const|let|function\*?|class) (?P<name>[\w$]+)", re.M)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.M)


def one_module(first: str, read: Callable[[str], str]) -> str:
    """A module with all that it imports, as the text of one module.

    Args:
        first: the name of the file of the module.
        read: from the name of a file to its text.

    Raises:
        ValueError: the modules cannot be put together.

    """
    order: list[str] = []
    _put(first, read, order, ())
    pieces: list[str] = []
    owners: dict[str, str] = {}
    for file in order:
        text = EXPORT.sub("", IMPORT.sub("", read(file)))
        if left_over := LEFT_OVER.search(text):
            raise ValueError(f"{file}: write otherwise, such as import {{ name }}: {left_over[0]}")
        for found in AT_THE_TOP.finditer(text):
            other = owners.setdefault(found["name"], file)
            if other != file:
                raise ValueError(f"{found['name']} is in {other} and in {file}; rename one")
        pieces.append(f"// {file}\n\n{text.strip()}\n")
    return "\n".join(pieces)


def _put(
    file: str, read: Callable[[str], str], order: list[str], importers: tuple[str, ...]
) -> None:
    """Put a module, and before it those that it imports, into the order."""
    if file in importers:
        raise ValueError(f"{' imports '.join((*importers, file))}: that is a circle")
    for found in IMPORT.finditer(read(file)):
        if found["file"] not in order:
            _put(found["file"], read, order, (*importers, file))
    if file not in order:
        order.append(file)
