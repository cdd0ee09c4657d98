"""Which function is the backward of which one, by names such as ``affine_backward``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gradcheck.homework.understanding.pairs.returned_names import returned_names

__all__ = ["NamedPair", "named_pairs", "words_of"]

FORWARD_WORDS = frozenset({"forward", "forwards", "fwd", "fprop", "fw"})
BACKWARD_WORDS = frozenset(
    {"backward", "backwards", "bwd", "backprop", "bprop", "back", "bw", "grad", "gradient"}
    | {"gradients", "derivative", "deriv", "derivate", "der", "derivation", "prime", "diff"}
)
LOSS_WORDS = frozenset({"loss", "cost", "criterion"})
# A word in which two versions of the same function differ.
VERSION_WORDS = frozenset(
    {"naive", "fast", "alt", "vectorized", "vectorised", "v2", "loop", "im2col"}
)
# Functions that check gradients themselves have such words in their names too.
CHECKING_WORDS = frozenset({"numerical", "numeric", "eval", "check", "test", "plot", "print"})


@dataclass(frozen=True)
class NamedPair:
    """Two functions that belong together.

    Attributes:
        forward_name: of the function.
        forward: the function; returns its output, a cache too, or a loss with its gradients.
        backward_name: of its backward; empty where the function returns its own gradients.
        backward: the backward; None likewise.
        settings: arguments that forward is called with besides those of a form, by name.

    """

    forward_name: str
    forward: Callable[..., Any]
    backward_name: str = ""
    backward: Callable[..., Any] | None = None
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def stem(self) -> str:
        """The name without the words for both directions, such as ``affine_relu``."""
        return "_".join(_stem(words_of(self.forward_name)))

    @property
    def is_explicit(self) -> bool:
        """Whether both names say the direction."""
        return bool(
            FORWARD_WORDS & set(words_of(self.forward_name))
            and BACKWARD_WORDS & set(words_of(self.backward_name))
        )

    def is_called(self, name: str) -> bool:
        """Whether a user who writes this name means this pair."""
        return name in (self.forward_name, self.backward_name) or name == self.stem


def words_of(name: str) -> tuple[str, ...]:
    """The words in a name, in lower case.

    >>> words_of("sigmoidGradient"), words_of("conv_forward_naive")
    (('sigmoid', 'gradient'), ('conv', 'forward', 'naive'))
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return tuple(word for word in spaced.lower().split("_") if word)


def named_pairs(
    functions: Mapping[str, Callable[..., Any]], names: Mapping[str, Any]
) -> list[NamedPair]:
    """The pairs of functions of a module, in the order of the backward functions in it.

    Args:
        functions: that the module defines.
        names: everything in the module: a forward may be imported.

    Returns:
        Pairs; and single functions that are called a loss and have no backward.

    """
    every = {name: value for name, value in names.items() if callable(value)} | dict(functions)
    found = []
    for name, function in functions.items():
        forward = _forward_of(name, every)
        if forward is not None:
            found.append(NamedPair(forward, every[forward], name, function))
    used = {pair.forward_name for pair in found} | {pair.backward_name for pair in found}
    found += [
        NamedPair(name, function)
        for name, function in functions.items()
        if name not in used
        and LOSS_WORDS & set(words_of(name))
        and not (CHECKING_WORDS | BACKWARD_WORDS) & set(words_of(name))
        and len(returned_names(function)) != 1
    ]
    order = list(functions)
    return sorted(found, key=lambda pair: order.index(pair.backward_name or pair.forward_name))


def _forward_of(name: str, every: Mapping[str, Any]) -> str | None:
    """The name of the forward function of a backward function; None if there is none."""
    words = words_of(name)
    if CHECKING_WORDS & set(words):
        return None
    if not BACKWARD_WORDS & set(words):
        # drelu, d_relu, dRelu
        stripped = re.sub(r"^d_?", "", name)
        others = [each for each in every if each != name and each.lower() == stripped.lower()]
        return others[0] if name.startswith("d") and stripped and others else None
    stem = _stem(words)
    if not stem:
        return None
    ranked = sorted(
        (rank, position, other)
        for position, other in enumerate(every)
        if other != name and (rank := _rank(words, stem, words_of(other))) is not None
    )
    return ranked[0][-1] if ranked else None


def _rank(words: tuple[str, ...], stem: tuple[str, ...], other: tuple[str, ...]) -> int | None:
    """How well another function fits as the forward: less is better; None if it does not."""
    if BACKWARD_WORDS & set(other):
        return None
    is_forward = bool(FORWARD_WORDS & set(other))
    if _stem(other) == stem:
        return 0 if is_forward else 1
    if _without_version(_stem(other)) == _without_version(stem):
        return 2 if is_forward else 3
    return None


def _stem(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in words if each not in FORWARD_WORDS | BACKWARD_WORDS)


def _without_version(stem: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in stem if each not in VERSION_WORDS)
