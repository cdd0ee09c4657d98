"""What the arguments of a student's backward function mean: arriving gradients, the cache, inputs.

``affine_backward(dout, cache)`` is the commonest; others take the inputs or the output too, as in
``sigmoid_backward(dA, Z)`` and ``relu_grad(dout, x)``, and some are derivatives alone, such as
``sigmoid_prime(z)``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import product
from typing import Any

import numpy as np

from gradcheck.homework.understanding.pairs.argument_roles import arguments_of

__all__ = ["Binding", "Returned", "Source", "bindings_of", "takes_arriving"]

ARRIVING = re.compile(
    r"d[A-Z].*|d[a-z]{1,2}_?(next|out|t)|d_.*|d(out.*|next.*|prev.*|[a-z]{1,2}\d?|last.*|score.*|hidden.*|output.*)|"
    r"(.*_)?(grads?|gradients?)(_.*)?|g|g_?out|up_?stream.*|down_?stream.*|deltas?(_.*)?|dL.*|"
    r"err(or)?s?"
)
CACHE = re.compile(r"(.*_)?(cache\w*|memory|mem|saved|ctx|context|tape|state|stored|store)", re.I)


class Kind(Enum):
    """Where an argument of backward comes from."""

    ARRIVING = auto()  # the gradient that arrives at an output
    ARGUMENT = auto()  # what forward was called with
    RETURNED = auto()  # what forward returned


@dataclass(frozen=True)
class Source:
    """Where one argument of backward comes from.

    Attributes:
        kind: one of three.
        key: the position of an output, the name of an argument, or a position in what forward
            returned.

    """

    kind: Kind
    key: Any


@dataclass(frozen=True)
class Binding:
    """One way to call backward.

    Attributes:
        sources: of its arguments, in their order.
        outputs: the positions, in what forward returned, of the outputs that gradients arrive at;
            all others count as a cache.
        is_of_output: whether an argument that has the name of forward's input gets its output.

    """

    sources: tuple[Source, ...]
    outputs: tuple[int, ...]
    is_of_output: bool = False

    @property
    def is_derivative(self) -> bool:
        """Whether backward gets no arriving gradient."""
        return all(source.kind is not Kind.ARRIVING for source in self.sources)

    def arguments(
        self, arriving: Sequence[Any], given: Mapping[str, Any], returned: Sequence[Any]
    ) -> list[Any]:
        """The arguments of one call, in their order.

        Args:
            arriving: a gradient for each output.
            given: what forward was called with, by name.
            returned: what it returned.

        """
        places: dict[Kind, Any] = {
            Kind.ARRIVING: arriving,
            Kind.ARGUMENT: given,
            Kind.RETURNED: returned,
        }
        return [places[source.kind][source.key] for source in self.sources]


@dataclass(frozen=True)
class Returned:
    """What a call of forward returned.

    Attributes:
        values: in a list, also if it is one.
        is_tuple: whether they were several.
        names: in the return statement, as far as they are known.

    """

    values: list[Any]
    is_tuple: bool
    names: list[str | None]

    @classmethod
    def of(cls, result: Any, names: Sequence[str | None]) -> "Returned":
        """What a function returned."""
        several = isinstance(result, tuple | list)
        values = list(result) if several else [result]
        unnamed: list[str | None] = [None] * len(values)
        fitting = list(names) if len(names) == len(values) else unnamed
        return cls(values, several, fitting)


def bindings_of(
    backward: Callable[..., Any], given: Mapping[str, Any], returned: Returned
) -> list[Binding]:
    """The ways in which a backward function may be called, the likeliest first.

    Args:
        backward: the function.
        given: what forward was called with, by name.
        returned: what forward returned.

    """
    parameters = arguments_of(backward)
    names = [
        each.name
        for each in parameters
        if each.default is each.empty or _argument(each.name, given) is not None
    ]
    choices: list[list[Source | None]] = [_sources(name, given, returned) for name in names]
    has_arriving = any(choice == [None] for choice in choices)
    unknown = [position for position, choice in enumerate(choices) if not choice]
    is_loss = len(_outputs(returned)) == 1 and np.ndim(returned.values[0]) == 0
    if not has_arriving and unknown and len(names) > 1 and not is_loss:
        choices[unknown.pop(0)] = [None]
    for position in unknown:
        choices[position] = list(_anything(given, returned))
    bindings = [_binding(sources, returned) for sources in product(*choices)]
    return bindings if is_loss else [*bindings, *_of_output(bindings, given, returned)]


def _of_output(
    bindings: Sequence[Binding], given: Mapping[str, Any], returned: Returned
) -> list[Binding]:
    """A derivative with the output in place of the input, where its argument means the input.

    Many are written for the output: ``def dsigmoid(x): return x * (1 - x)``.
    """
    arrays = [name for name, value in given.items() if isinstance(value, np.ndarray)]
    if len(arrays) != 1 or returned.is_tuple or len(bindings) != 1:
        return []
    (only,) = bindings
    if only.sources != (Source(Kind.ARGUMENT, arrays[0]),):
        return []
    return [replace(only, sources=(Source(Kind.RETURNED, 0),), is_of_output=True)]


def takes_arriving(backward: Callable[..., Any]) -> bool:
    """Whether a function takes an arriving gradient first, and something else besides."""
    names = [each.name for each in arguments_of(backward)]
    return len(names) > 1 and ARRIVING.fullmatch(names[0]) is not None


def _sources(name: str, given: Mapping[str, Any], returned: Returned) -> list[Source | None]:
    """What an argument may be by its name; None stands for an arriving gradient."""
    argument = _argument(name, given)
    if argument is not None:
        return [Source(Kind.ARGUMENT, argument)]
    if name in returned.names:
        return [Source(Kind.RETURNED, returned.names.index(name))]
    if CACHE.fullmatch(name):
        return list(_anything(given, returned))
    return [None] if ARRIVING.fullmatch(name) else []


def _argument(name: str, given: Mapping[str, Any]) -> str | None:
    """The argument of forward that has this name, in upper or lower case."""
    if name in given:
        return name
    same = [each for each in given if each.lower() == name.lower()]
    return same[0] if len(same) == 1 and not ARRIVING.fullmatch(name) else None


def _anything(given: Mapping[str, Any], returned: Returned) -> Sequence[Source]:
    """What an argument of any name may be: the cache, or an input or the output without one."""
    if returned.is_tuple and len(returned.values) > 1:
        return [Source(Kind.RETURNED, len(returned.values) - 1)]
    arrays = [name for name, value in given.items() if isinstance(value, np.ndarray)]
    return [*(Source(Kind.ARGUMENT, name) for name in arrays), Source(Kind.RETURNED, 0)]


def _outputs(returned: Returned) -> list[int]:
    """The positions of the values that may be outputs: all but the cache."""
    count = len(returned.values)
    return list(range(count - 1)) if returned.is_tuple and count > 1 else [0]


def _binding(sources: Sequence[Source | None], returned: Returned) -> Binding:
    """A binding in which each arriving gradient belongs to the next output."""
    arriving = sum(source is None for source in sources)
    outputs = tuple(_outputs(returned)[: max(arriving, 1)])
    positions = iter(range(arriving))
    return Binding(
        tuple(
            Source(Kind.ARRIVING, next(positions)) if source is None else source
            for source in sources
        ),
        outputs,
    )
