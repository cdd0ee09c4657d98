"""The arguments from which a student's class is built, for a network of some sizes."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.constructor_names import Role, known_constant, role_of
from gradcheck.show.numbers import as_typed

__all__ = ["Construction", "construction_of"]

# Sizes where none were given: different ones, so that every shape has one meaning.
USUAL_SIZES = (6, 5, 4, 3)
# One hidden layer is enough to see a gradient that passes back through weights wrongly.
USUAL_NETWORK = USUAL_SIZES[:3]
ONE_OUTPUT = (6, 5, 1)  # some classes work for one output only
USUAL_NETWORKS = (USUAL_NETWORK, ONE_OUTPUT)
MOST_NONE = 2  # arguments without a known meaning that receive None, beside the sizes
# This argument is given even if it has a default: a check runs in float64.
DTYPE = "dtype"


@dataclass(frozen=True)
class Construction:
    """The arguments from which a student's class is built.

    Attributes:
        arguments: by position.
        named: by name.
        sizes: neurons in each layer, as they were given to it; None if the class knows its own.

    """

    arguments: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)
    sizes: tuple[int, ...] | None = None

    def explained(self, error: StudentError) -> StudentError:
        """An error of the constructor, with the names of arguments that have no known meaning."""
        if not self._unknown:
            return error
        return StudentError(f"{error.line}. {self._unknown}", error.traceback)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """That an argument without a known meaning was given None, as a guess."""
        return (guess(f"{self._unknown}."),) if self._unknown else ()

    @property
    def _unknown(self) -> str:
        names = [name for name, value in self.named.items() if value is None]
        if not names:
            return ""
        was = "it was" if len(names) == 1 else "they were"
        return f"{_without_meaning(names)}, so {was} given None"

    @property
    def text(self) -> str:
        """The arguments as a call shows them, such as ``[6, 5, 3], eta=0.1``."""
        return ", ".join([*map(repr, self.arguments), *(f"{k}={v!r}" for k, v in self._shown)])

    @property
    def _shown(self) -> list[tuple[str, Any]]:
        return [(name, value) for name, value in self.named.items() if name != DTYPE]


def construction_of(
    built: Callable[..., Any], name: str, sizes: Sequence[int] | None
) -> Construction:
    """The arguments from which a class is built.

    Args:
        built: the class, or a function that builds a network.
        name: of it, for messages.
        sizes: neurons in each layer; None for sizes that suit it.

    Raises:
        StudentError: some argument has no known meaning, or there are more or fewer sizes than
            arguments for them.

    """
    given = None if sizes is None else tuple(sizes)
    all_sizes = given or USUAL_NETWORK
    try:
        parameters = list(inspect.signature(built).parameters.values())
    except (TypeError, ValueError):
        return Construction(([*all_sizes],), {}, all_sizes)
    named = [
        each for each in parameters if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]
    required = [each.name for each in named if each.default is each.empty]
    roles = {each.name: role for each in named if (role := role_of(each.name)) is not None}
    if not required and any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return Construction(all_sizes, {}, all_sizes)
    more = {DTYPE: np.float64} if any(each.name == DTYPE for each in named) else {}
    known = set(roles.values())
    if Role.INPUT in known and known & {Role.OUTPUT, Role.HIDDEN}:
        return _by_roles(name, required, roles, given, more)
    return _by_list(name, required, roles, given, more)


def _by_roles(
    name: str,
    required: Sequence[str],
    roles: dict[str, Role],
    sizes: tuple[int, ...] | None,
    more: dict[str, Any],
) -> Construction:
    """The arguments of a class that takes inputs, hidden neurons and outputs each by a name.

    A class that takes no number of outputs has one.
    """
    hidden = [each for each, role in roles.items() if role is Role.HIDDEN]
    lists = [each for each, role in roles.items() if role is Role.HIDDEN_LIST]
    layers = len(hidden) + 2
    if sizes is None:
        sizes = USUAL_NETWORK if lists else _usual(layers)
        if Role.OUTPUT not in roles.values():
            sizes = (*sizes[:-1], 1)
    if not lists and len(sizes) != layers:
        raise StudentError(
            f"{name} takes {', '.join(roles)}: {layers} sizes; --sizes gave {len(sizes)}, "
            f"{as_typed(sizes)}. Give {layers}, such as "
            f"--sizes {as_typed(_usual(layers))}"
        )
    values: dict[str, Any] = dict(zip(hidden, sizes[1:-1], strict=False)) if not lists else {}
    for each, role in roles.items():
        if role is Role.INPUT:
            values[each] = sizes[0]
        elif role is Role.OUTPUT:
            values[each] = sizes[-1]
        elif role is Role.HIDDEN_LIST:
            values[each] = list(sizes[1:-1])
    values |= _constants(name, required, values, sizes)
    return Construction((), values | more, sizes)


def _usual(layers: int) -> tuple[int, ...]:
    """Different sizes for so many layers, such as (6, 5, 4)."""
    return tuple(range(max(6, layers + 2), max(6, layers + 2) - layers, -1))


def _by_list(
    name: str,
    required: Sequence[str],
    roles: dict[str, Role],
    sizes: tuple[int, ...] | None,
    more: dict[str, Any],
) -> Construction:
    """The arguments of a class that takes a list, or whole numbers in order, or nothing."""
    all_sizes = sizes or USUAL_NETWORK
    takes_list = next((each for each, role in roles.items() if role is Role.SIZES), None)
    if takes_list is None and len(required) == 1:
        takes_list = required[0]
    if takes_list is None and not required:
        return Construction((), dict(more), None)
    unknown = [each for each in required if known_constant(each) is None and each != takes_list]
    if takes_list is None and len(unknown) == len(required) >= 2:
        numbers = sizes or _usual(len(required))
        if len(numbers) == len(required):
            return Construction(numbers, dict(more), numbers)
    if takes_list is None:
        raise _not_built(name, required, all_sizes, unknown)
    values = _constants(name, required, {takes_list: None}, all_sizes)
    if required[:1] == [takes_list]:
        return Construction(([*all_sizes],), values | more, all_sizes)
    return Construction((), {takes_list: [*all_sizes]} | values | more, all_sizes)


def _constants(
    name: str, required: Sequence[str], given: dict[str, Any], sizes: Sequence[int]
) -> dict[str, Any]:
    """Values for the required arguments that no size is given to.

    Raises:
        StudentError: one of them has no known meaning.

    """
    missing = [each for each in required if each not in given]
    unknown = [each for each in missing if known_constant(each) is None]
    if len(unknown) > MOST_NONE or not given:
        raise _not_built(name, required, sizes, unknown)
    # Arguments besides the sizes are often needed only for training.
    return {each: known_constant(each) for each in missing}


def _not_built(
    name: str, required: Sequence[str], sizes: Sequence[int], unknown: Sequence[str]
) -> StudentError:
    what = f"; {_without_meaning(unknown)}" if unknown else ""
    return StudentError(
        f"{name} is built from ({', '.join(required)}){what}; it should be {name}({list(sizes)}), "
        "or take the sizes by names such as input_size, hidden_size and output_size"
    )


def _without_meaning(names: Sequence[str]) -> str:
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} no known meaning"
