"""Words by which a function chooses what it does, such as ``mode="max"`` and ``mode="average"``."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from gradcheck.homework.understanding.pairs.argument_roles import arguments_of, usual_setting
from gradcheck.homework.understanding.pairs.function_names import NamedPair
from gradcheck.homework.understanding.pairs.read_keys import source_tree

__all__ = ["with_choices"]

# In training and in use a layer differs too, but many write the backward for training only.
PHASES = re.compile(r"(train|test|eval|infer|predict|valid)\w*", re.IGNORECASE)


def with_choices(pair: NamedPair) -> list[NamedPair]:
    """A pair as it is called by default, and once for each other word that it knows.

    Only words that both functions compare an argument with count: then both are written for them.

    Args:
        pair: the two functions.

    """
    found = [pair]
    if pair.backward is None:
        return found
    both = _words(pair.backward, None)
    for each in arguments_of(pair.forward):
        default = usual_setting(each.name) if each.default is each.empty else each.default
        if not isinstance(default, str) or PHASES.fullmatch(default):
            continue
        words = dict.fromkeys(_words(pair.forward, each.name))
        found += [
            replace(pair, settings=((each.name, word),))
            for word in words
            if word in both and word != default and not PHASES.fullmatch(word)
        ]
    return found


def _words(function: Callable[..., Any], argument: str | None) -> list[str]:
    """The words that a function compares an argument with; None stands for any variable."""
    tree = source_tree(function)
    return [] if tree is None else list(_compared(tree, argument))


def _compared(tree: ast.AST, argument: str | None) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Name):
            continue
        if argument is not None and node.left.id != argument:
            continue
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.Eq) and isinstance(right, ast.Constant):
                yield from ([right.value] if isinstance(right.value, str) else [])
