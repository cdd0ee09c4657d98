"""The keys of an assignment file: what each may hold, and the line on which one stands."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gradcheck.homework.formats import (
    book_class,
    function_pairs,
    functions_over_dict,
    layer_objects,
    params_dict,
    self_updating,
    tape,
    torch_classes,
)
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT
from nets.activations import ACTIVATIONS
from nets.costs import COSTS
from nets.errors import BadInput

__all__ = ["EARNED", "FORMATS", "PART", "REFERENCE", "TOP", "Key", "checked_table", "line_of"]

FORMATS = {
    "book-class": book_class.FORMAT,
    "params-dict": params_dict.FORMAT,
    "dict-functions": functions_over_dict.FORMAT,
    "layers": layer_objects.FORMAT,
    "function-pairs": function_pairs.FORMAT,
    "training-class": self_updating.FORMAT,
    "tape": tape.FORMAT,
    "torch": torch_classes.FORMAT,
}
HEADER = re.compile(r"^\s*\[{1,2}\s*([\w.]+)\s*\]{1,2}")


@dataclass(frozen=True)
class Key:
    """One key of a table.

    Attributes:
        name: of the key.
        needed: what it may hold, in words.
        fits: whether it may hold a value.

    """

    name: str
    needed: str
    fits: Callable[[Any], bool]


def _is_whole(value: Any, least: int = 1) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are(values: Any, fits: Callable[[Any], bool], least: int = 1) -> bool:
    return isinstance(values, list) and len(values) >= least and all(map(fits, values))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(name: str, needed: str) -> Key:
    return Key(name, needed, _is_text)


def _texts(name: str, needed: str) -> Key:
    return Key(name, needed, lambda value: _are(value, _is_text))


def _one_of(name: str, choices: Mapping[str, Any]) -> Key:
    return Key(name, f"one of: {', '.join(choices)}", lambda value: value in list(choices))


def _number(name: str, needed: str, least: float, most: float) -> Key:
    return Key(name, needed, lambda value: _is_number(value) and least <= value <= most)


def _share(name: str) -> Key:
    return _number(name, "a number from 0 to 1", 0.0, 1.0)


def _whole(name: str, needed: str, least: int = 1) -> Key:
    return Key(name, needed, lambda value: _is_whole(value, least))


def _table(name: str) -> Key:
    return Key(name, "a table", lambda value: isinstance(value, dict))


def _is_shapes(value: Any) -> bool:
    return isinstance(value, dict) and all(_are(shape, _is_whole) for shape in value.values())


TOP = (
    _text("title", "the title of the assignment"),
    _texts("files", 'a list of file names, such as ["homework.py", "*.ipynb"]'),
    _texts("provided", "a list of files that you gave to the class"),
    _number("seconds", "a number of seconds from 0.1 to 86400", 0.1, 86_400.0),
    _whole("memory", "a whole number of megabytes, at least 10", 10),
    Key("hints", "0, 1, 2 or 3", lambda value: _is_whole(value, 0) and value <= 3),
    Key("isolate", "true or false", lambda value: isinstance(value, bool)),
    Key("part", "tables that begin with [[part]], at least one", lambda v: _are(v, lambda _: True)),
)
PART = (
    _text("name", "the name of a class or a function"),
    _one_of("format", FORMATS),
    Key(
        "sizes",
        "the neurons of two or more layers, such as [20, 8, 3]",
        lambda value: _are(value, _is_whole, 2),
    ),
    Key("arrays", "shapes by name, such as { x = [4, 5], w = [5, 3] }", _is_shapes),
    _whole("batch_size", "a whole number of at least 1"),
    Key(
        "seeds",
        "a list of whole numbers from 0 on, such as [0, 1]",
        lambda value: _are(value, lambda each: _is_whole(each, 0)),
    ),
    _whole("sample", "a whole number of at least 1"),
    _one_of("cost", COSTS_OF_OUTPUT),
    _number("digits", "a number of digits from 1 to 12", 1.0, 12.0),
    _number("points", "a number of points of at least 0", 0.0, 1e9),
    _text("adapter", "the path of an adapter file"),
    _table("earns"),
    _table("reference"),
    _text("solution", "the path of a file with your own solution"),
)
EARNED = (
    _share("arrays_right"),
    _share("constant_factor"),
    _share("wrong_sign"),
    _share("differences"),
)
REFERENCE = (
    _one_of("hidden", ACTIVATIONS),
    _one_of("output", ACTIVATIONS),
    _one_of("cost", COSTS),
)


def checked_table(
    table: Mapping[str, Any], keys: tuple[Key, ...], at: str, part: int, text: str, file: str
) -> Mapping[str, Any]:
    """A table, if it has no other keys than these and each holds what it may.

    Args:
        table: as TOML has it.
        keys: that it may have.
        at: the name of the table, such as ``part.earns``; empty for the top of the file.
        part: the number of the part, from 1; 0 for the top.
        text: of the file.
        file: its name.

    Raises:
        BadInput: some key is wrong; the message has its line.

    """
    known = {key.name: key for key in keys}
    for name, value in table.items():
        place = f"{file}, line {line_of(text, at, part, name)}"
        if name not in known:
            raise BadInput(
                f"{place}: there is no key {name!r} here; the keys are: {', '.join(known)}"
            )
        if not known[name].fits(value):
            raise BadInput(f"{place}: {name} is {value!r}; it should be {known[name].needed}")
    return table


def line_of(text: str, at: str, part: int, name: str) -> int:
    """The number of the line on which a key stands; of its table, if it is not found.

    Args:
        text: of the file.
        at: the name of the table, such as ``part``; empty for the top of the file.
        part: the number of the part, from 1; 0 for the top.
        name: of the key.

    >>> line_of("a = 1\\n[[part]]\\nname = 'x'\\n[[part]]\\nname = 'y'\\n", "part", 2, "name")
    5

    """
    key = re.compile(rf"^\s*([\w.]*\.)?[\"']?{re.escape(name)}[\"']?\s*[=.]")
    within = re.compile(rf"(?<!\w){re.escape(name)}[\"']?\s*=")
    table, parts, found = "", 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        header = HEADER.match(line)
        if header is not None:
            table = header[1]
            parts += line.strip().startswith("[[part")
            if parts == part and table in (at, f"{at}.{name}".strip(".")):
                found = number
        elif parts == part and key.match(line) and (table == at or at.startswith(f"{table}.")):
            return number
        elif parts == part and at.startswith(table) and within.search(line):
            found = found or number  # within { ... }
    return max(found, 1)
