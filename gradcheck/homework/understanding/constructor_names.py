"""What an argument of a student's constructor means, by its name."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from gradcheck.homework.understanding.any_generator import AnyGenerator
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["Role", "constant_for", "known_constant", "role_of"]


class Role(Enum):
    """What an argument of a constructor means."""

    SIZES = auto()  # the list of all sizes
    INPUT = auto()
    HIDDEN = auto()  # one hidden layer
    HIDDEN_LIST = auto()
    OUTPUT = auto()


class SteadyRate(float):
    """A learning rate that is the same in each epoch, for schedules: a number and a function."""

    def __call__(self, *_: Any) -> float:
        """The rate, whatever the epoch."""
        return float(self)

    def __getitem__(self, _: Any) -> float:
        """The rate, whatever the epoch."""
        return float(self)


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
        r"num_features|n_?inp.*|feature_?(size|dim)|x_?(size|dim)|visible.*|n_?visible|d|dim|n_?d|"
        r"n_?s|(n_?|num_?)?states?(_?(size|dim))?|obs(ervation)?_?(size|dim)",
        Role.INPUT,
    ),
    _meaning(
        r"out|outputs?|.*output.*|n_?out|d_?out|out_.*|n_?y|ny|no|n_?o|num_?labels|n_?labels|"
        r"(n|num|number)_?(of_?)?class(es)?|classes|n_?c|n_?cls|y_?(size|dim)|label_?(size|dim)|c|k|"
        r"n_?a|(n_?|num_?)?actions?(_?(size|dim))?",
        Role.OUTPUT,
    ),
    _meaning(
        r"sizes?|layers?|dims|layers?_?(sizes?|dims?|units?|nodes?|structure|list|config)|nodes|"
        r"neurons|architecture|arch|topology|structure|shape|units|nn_?(architecture|structure)|"
        r"net(work)?_?(sizes?|structure|shape|arch.*)|n_?(nodes|neurons|units)|dimensions",
        Role.SIZES,
    ),
)
# Values for arguments that must be given, and on which no gradient should depend. Arguments with a
# default keep it.
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
    r".*schedule(r|_?fn|_?func\w*)?": SteadyRate(0.1),
    r"name": "network",
}
GENERATOR = re.compile(r"rng|rs|(random_?|prng_?)?gen(erator)?|random_?gen\w*|prng", re.IGNORECASE)


def role_of(name: str) -> Role | None:
    """Which sizes an argument of this name receives; None if it receives none.

    >>> [role_of(name) for name in ("n_hidden", "layer_sizes", "eta")]
    [<Role.HIDDEN: 3>, <Role.SIZES: 1>, None]
    """
    plain = in_english(name).strip("_")
    return next((each.role for each in MEANINGS if each.pattern.fullmatch(plain)), None)


def constant_for(name: str, otherwise: Any) -> Any:
    """The value for a required argument of this name, such as a learning rate.

    Args:
        name: of the argument.
        otherwise: its value if the name is not known.

    """
    known = known_constant(name)
    return otherwise if known is None else known


def known_constant(name: str) -> Any:
    """The value for a required argument of this name; None if the name is not known."""
    if GENERATOR.fullmatch(name.strip("_")):
        return AnyGenerator()
    for pattern, value in CONSTANTS.items():
        if re.fullmatch(pattern, in_english(name).strip("_"), re.IGNORECASE):
            return value
    return None
