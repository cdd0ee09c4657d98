"""How a student's class is built from sizes: which argument receives what, by their names."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError

__all__ = ["Construction", "constant_for", "construction_of"]

# Sizes where none were given: different ones, so that every shape has one meaning.
USUAL_SIZES = (6, 5, 4, 3)
USUAL_LAYERS = 3


class Role(Enum):
    """What an argument of a constructor means."""

    SIZES = auto()  # the list of all sizes
    INPUT = auto()
    HIDDEN = auto()  # one hidden layer
    HIDDEN_LIST = auto()
    OUTPUT = auto()


@dataclass(frozen=True)
class _Meaning:
    """What arguments whose names match a pattern mean."""

    pattern: re.Pattern[str]
    role: Role


def _meaning(pattern: str, role: Role) -> _Meaning:
    return _Meaning(re.compile(rf"(?:{pattern})", re.IGNORECASE), role)


# The first pattern that matches the whole name counts.
MEANINGS = (
    _meaning(
        r"hidden_?(sizes|dims|layers|units|nodes|neurons|layer_sizes|layers_sizes|size_list)|"
        r"(size|sizes|units)_?hiddens?_?list|hiddens|n_?hiddens",
        Role.HIDDEN_LIST,
    ),
    _meaning(r".*hid.*|(n_?)?h_?\d?|n_h\d?|nh\d?|h_dim|num_h|middle.*|mid_.*|.*_mid", Role.HIDDEN),
    _meaning(
        r"in|inp|inputs?|.*input.*|n_?in|d_?in|in_.*|n_?x|nx|ni|n_?i|n_?features|features|"
        r"num_features|n_?inp.*|feature_?(size|dim)|x_?(size|dim)|visible.*|n_?visible",
        Role.INPUT,
    ),
    _meaning(
        r"out|outputs?|.*output.*|n_?out|d_?out|out_.*|n_?y|ny|no|n_?o|num_?labels|n_?labels|"
        r"(n|num|number)_?(of_?)?class(es)?|classes|n_?c|y_?(size|dim)|label_?(size|dim)",
        Role.OUTPUT,
    ),
    _meaning(
        r"sizes?|layers?|dims|layers?_?(sizes?|dims?|units?|nodes?|structure|list|config)|nodes|"
        r"neurons|architecture|arch|topology|structure|shape|units|nn_?(architecture|structure)|"
        r"net(work)?_?(sizes?|structure|shape|arch.*)|n_?(nodes|neurons|units)|dimensions",
        Role.SIZES,
    ),
)
# Arguments that must be given, and that no gradient should depend on; at their defaults otherwise.
CONSTANTS = {
    r"learning_?rate|lr|eta|alpha|l_?rate|step(_?size)?": 0.1,
    r".*activation.*|.*act(_?fn?|_?func\w*)?|nonlinearity|transfer\w*": "sigmoid",
    r"(n_?|num_?)?(epochs?|iter(ation)?s?|iters)|max_?iter|n_?epoch": 1,
    r"(mini_?)?batch_?size|m": 10,
    r"seed|random_?(state|seed)": 0,
    r".*(reg|lambda|lmbda|lmda|decay|l1|l2).*": 0.0,
    r".*(std|scale|sigma|init.*range)": 0.1,
    r"momentum|beta|mu|drop.*": 0.0,
    r"keep_?prob.*": 1.0,
    r"verbose|debug|print.*|plot.*": False,
    r"name": "network",
}
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
    all_sizes = given or USUAL_SIZES[:USUAL_LAYERS]
    try:
        parameters = list(inspect.signature(built).parameters.values())
    except (TypeError, ValueError):
        return Construction(([*all_sizes],), {}, all_sizes)
    named = [
        each for each in parameters if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]
    required = [each.name for each in named if each.default is each.empty]
    roles = {each.name: role for each in named if (role := _role_of(each.name)) is not None}
    if not required and any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return Construction(all_sizes, {}, all_sizes)
    more = {DTYPE: np.float64} if any(each.name == DTYPE for each in named) else {}
    if {Role.INPUT, Role.OUTPUT} <= set(roles.values()):
        return _by_roles(name, required, roles, given, more)
    return _by_list(name, required, roles, given, more)


def _by_roles(
    name: str,
    required: Sequence[str],
    roles: dict[str, Role],
    sizes: tuple[int, ...] | None,
    more: dict[str, Any],
) -> Construction:
    """The arguments of a class that takes inputs, hidden neurons and outputs each by a name."""
    hidden = [each for each, role in roles.items() if role is Role.HIDDEN]
    lists = [each for each, role in roles.items() if role is Role.HIDDEN_LIST]
    layers = len(hidden) + 2
    if sizes is None:
        sizes = USUAL_SIZES[:USUAL_LAYERS] if lists else _usual(layers)
    if not lists and len(sizes) != layers:
        raise StudentError(
            f"{name} takes {', '.join(roles)}: {layers} sizes; --sizes gave {len(sizes)}, "
            f"{','.join(map(str, sizes))}. Give {layers}, such as "
            f"--sizes {','.join(map(str, _usual(layers)))}"
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
    """The arguments of a class that takes a list, or whole numbers in their order, or nothing."""
    all_sizes = sizes or USUAL_SIZES[:USUAL_LAYERS]
    takes_list = next((each for each, role in roles.items() if role is Role.SIZES), None)
    if takes_list is None and len(required) == 1:
        takes_list = required[0]
    if takes_list is None and not required:
        return Construction((), dict(more), None)
    unknown = [each for each in required if _constant(each) is None and each != takes_list]
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
    unknown = [each for each in missing if _constant(each) is None]
    if unknown:
        raise _not_built(name, required, sizes, unknown)
    return {each: _constant(each) for each in missing}


def _not_built(
    name: str, required: Sequence[str], sizes: Sequence[int], unknown: Sequence[str]
) -> StudentError:
    what = f"; {', '.join(unknown)} has no known meaning" if unknown else ""
    return StudentError(
        f"{name} is built from ({', '.join(required)}){what}; it should be {name}({list(sizes)}), "
        "or take the sizes by names such as input_size, hidden_size and output_size"
    )


def _role_of(name: str) -> Role | None:
    plain = name.strip("_")
    return next((each.role for each in MEANINGS if each.pattern.fullmatch(plain)), None)


def constant_for(name: str, otherwise: Any) -> Any:
    """The value for a required argument of this name, such as a learning rate.

    Args:
        name: of the argument.
        otherwise: its value if the name is not known.

    """
    known = _constant(name)
    return otherwise if known is None else known


def _constant(name: str) -> Any:
    """The value for a required argument of this name; None if the name is not known."""
    for pattern, value in CONSTANTS.items():
        if re.fullmatch(pattern, name.strip("_"), re.IGNORECASE):
            return value
    return None
