"""Arrays packed in dicts, lists and tuples, one in another: as a list of named arrays, and back."""

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from nets.arrays import Array
from nets.errors import BadInput

__all__ = ["Words", "matched", "named_arrays", "packer"]


def named_arrays(tree: Any, name: str | None = None) -> list[tuple[str, Array]]:
    """All that is packed in a tree, with names such as ``encoder.w[0]``.

    Args:
        tree: an array of any shape, or a dict, a list or a tuple of trees. Anything else counts as
            an array.
        name: of the tree, if it is part of another.

    Raises:
        BadInput: two arrays would have the same name, or the tree contains itself.

    >>> [name for name, _ in named_arrays({"encoder": {"w": [0.0, 1.0]}, "b": 2.0})]
    ['encoder.w[0]', 'encoder.w[1]', 'b']

    """
    try:
        found = list(_walk(tree, name))
    except RecursionError as error:
        raise BadInput("the parameters contain themselves; give each array once") from error
    for name, count in Counter(name for name, _ in found).items():
        if count > 1:
            raise BadInput(f"{count} parameters are called {name!r}; give them different names")
    return found


def _walk(tree: Any, name: str | None) -> Iterator[tuple[str, Array]]:
    parts = _parts(tree)
    if parts is None:
        yield name or "parameters", tree
    else:
        for key, part in parts:
            yield from _walk(part, _name(name, tree, key))


def _parts(tree: Any) -> list[tuple[Any, Any]] | None:
    """The parts of a dict, a list or a tuple, each with its key; None for anything else."""
    if hasattr(tree, "shape") or isinstance(tree, str | bytes | bytearray | range | memoryview):
        return None
    if isinstance(tree, Mapping):
        return list(tree.items())
    if isinstance(tree, Sequence):
        return list(zip(getattr(tree, "_fields", range(len(tree))), tree, strict=True))
    return None


def _name(of_tree: str | None, tree: Any, key: Any) -> str:
    """The name of a part, from the name of the tree and the part's key in it."""
    has_names = isinstance(tree, Mapping) or hasattr(tree, "_fields")
    if of_tree is None:
        return str(key) if has_names else f"parameter {key}"
    if has_names and isinstance(key, str) and key.isidentifier():
        return f"{of_tree}.{key}"
    return f"{of_tree}[{key!r}]"


def packer(tree: Any) -> Callable[[Iterator[Array]], Any]:
    """A function that packs arrays, in the order of ``named_arrays``, as a tree is packed.

    The arrays may have any shapes.

    Raises:
        BadInput: a dict, list or tuple of its own class cannot be made again.

    >>> packer({"encoder": {"w": [0.0, 1.0]}, "b": 2.0})(iter([3, 4, 5]))
    {'encoder': {'w': [3, 4]}, 'b': 5}

    """
    parts = _parts(tree)
    if parts is None:
        return next
    make, each = _maker(tree), [packer(part) for _, part in parts]
    try:
        make([part for _, part in parts])
    except (TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            f"a {type(tree).__name__} cannot be made again with other arrays ({error}); give a "
            "dict, a list or a tuple"
        ) from error
    return lambda arrays: make([part(arrays) for part in each])


def _maker(tree: Any) -> Callable[[list[Any]], Any]:
    """A function that makes a dict, list or tuple like this one of other parts."""
    kind = type(tree)
    if kind is list:
        return lambda parts: parts
    if isinstance(tree, MutableMapping) and kind is not dict:
        return lambda parts: _refilled(tree, parts)
    if isinstance(tree, Mapping):
        keys = list(tree)
        return lambda parts: kind(dict(zip(keys, parts, strict=True)))
    if hasattr(tree, "_make"):  # a namedtuple
        return lambda parts: tree._make(parts)
    return kind if isinstance(tree, list | tuple) else list


def _refilled(tree: MutableMapping[Any, Any], parts: list[Any]) -> MutableMapping[Any, Any]:
    """A copy of a dict of its own class, such as a defaultdict, with other parts."""
    filled = copy.copy(tree)
    for key, part in zip(list(tree), parts, strict=True):
        filled[key] = part
    return filled


@dataclass(frozen=True)
class Words:
    """What messages call things that are packed like the parameters.

    Attributes:
        one: such as ``gradient``.
        all: such as ``gradients``.

    """

    one: str
    all: str

    def are(self, name: str | None, given: Any) -> str:
        """What was given for a tree of that name, such as ``the gradients are a list``."""
        kind = type(given).__name__
        return (
            f"the {self.all} are a {kind}"
            if name is None
            else f"the {self.one} of {name} is a {kind}"
        )


def matched(
    tree: Any,
    other: Any,
    words: Words,
    serves_all: Callable[[Any], bool] = lambda _: False,
    name: str | None = None,
) -> list[Any]:
    """What another tree has for each array of a tree, in the order of ``named_arrays``.

    Args:
        tree: of arrays.
        other: packed in the same way.
        words: what messages call the things in it.
        serves_all: whether something stands for all arrays of a tree at once.
        name: of the tree, if it is part of another.

    Raises:
        BadInput: it is packed otherwise, or something is missing.

    """
    parts = _parts(tree)
    if parts is None:
        return [other]
    if serves_all(other):
        return [other] * len(named_arrays(tree))
    if isinstance(tree, Mapping):
        others = _by_name(tree, other, words, name)
    else:
        others = _by_position(parts, other, words, name)
    return [
        found
        for (key, part), another in zip(parts, others, strict=True)
        for found in matched(part, another, words, serves_all, _name(name, tree, key))
    ]


def _by_name(tree: Mapping[Any, Any], other: Any, words: Words, name: str | None) -> list[Any]:
    """What a dict has for each key of a tree."""
    if not isinstance(other, Mapping):
        raise BadInput(
            f"{words.are(name, other)}; give a dict with the names of the parameters, {list(tree)}"
        )
    named = {key: _name(name, tree, key) for key in [*tree, *other]}
    if missing := [named[key] for key in tree if key not in other]:
        raise BadInput(f"no {words.one} was given for {', '.join(map(repr, missing))}")
    if unknown := [named[key] for key in other if key not in tree]:
        raise BadInput(
            f"a {words.one} was given for {', '.join(map(repr, unknown))}; the parameters are "
            f"{', '.join(repr(named[key]) for key in tree)}"
        )
    return [other[key] for key in tree]


def _by_position(
    parts: Sequence[tuple[Any, Any]], other: Any, words: Words, name: str | None
) -> list[Any]:
    """What a list or a tuple has for each part of a tree."""
    mend = f"give a list of {len(parts)}, in the order of the parameters"
    if _parts(other) is None or isinstance(other, Mapping):
        raise BadInput(f"{words.are(name, other)}; {mend}")
    if len(other) != len(parts):
        where = "" if name is None else f" for {name}"
        raise BadInput(f"{len(other)} {words.all} were given{where}; {mend}")
    return list(other)
