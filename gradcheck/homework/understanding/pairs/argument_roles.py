"""What the arguments of a student's function mean, by their names."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.argument_names import ROLES, is_average
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.drawn_values import Averages, Pack, Values
from gradcheck.homework.understanding.pairs.layer_shapes import Form
from gradcheck.homework.understanding.pairs.read_keys import keys_read
from gradcheck.homework.understanding.student_words import in_english

__all__ = [
    "INPUT_ROLES",
    "TARGET_ROLES",
    "arguments_of",
    "given_arguments",
    "role_in",
    "target_rank",
    "usual_setting",
    "without_values",
]

INPUT_ROLES = frozenset({"x", "y", "mask", "prev_h", "prev_c", "q", "k", "v"})
TARGET_ROLES = frozenset({"y", "mask"})
# Arguments that hold several settings, and those that each has, if a form does not say others.
DICTS: dict[str, dict[str, Any]] = {
    r"conv_?params?": {"stride": 2, "pad": 1},
    r"pool_?params?": {"pool_height": 2, "pool_width": 2, "stride": 2},
    r"(bn|ln|gn|norm)_?params?": {"mode": "train", "eps": 1e-5, "momentum": 0.9},
    r"drop_?out_?params?": {"p": 0.6, "mode": "train", "seed": 3},
    r".*_?(params?|config|cfg|options|opts|h_?params|hyper_?parameters|h_?parameters|settings)": {
        "mode": "train",
        "seed": 3,
    },
}
# The number that a setting has where a form does not say it.
SETTINGS: dict[str, Any] = {
    r"(bn_|ln_|gn_)?eps(ilon)?": 1e-5,
    r"stride(s|_?[hw])?|steps?": 2,
    r"pad(ding)?": 1,
    r"g|groups?|n_?groups|num_?groups": 2,
    r"p|drop.*|rate": 0.4,
    r"keep_?prob.*|prob.*": 0.6,
    r"slope|alpha|negative_?slope|leak|leaky?_?slope": 0.1,
    r"seed|random_?state": 3,
    r"mode": "train",
    r"(is_?)?train(ing)?(_?mode|_?flg|_?flag)?": True,
    r"reg(ularization)?(_?strength)?|l2(_?reg)?|lambd?a?_?|lamb": 0.1,
    r"margin|delta": 1.0,
    r"momentum": 0.9,
    r"verbose|debug|test": False,
    r"activation": "relu",
    r"(num_?|n_?)?heads?|f|k|(pool|kernel|filter)_?(size|height|width|h|w)|hh|ww": 2,
}

# Keys of dicts of settings: what a form calls the setting, and the number where it says none.
KEYS: dict[str, tuple[str, int]] = {
    "f": (r"f|k|((pool|kernel|filter|win|window|k)_?)?size|window|win|kernel|pool|field", 2),
    "stride": (r"s|strides?|steps?", 2),
    "pad": (r"p|pad(ding)?(_size)?", 1),
}


# Names of targets that say so, and one that may be an output too.
SURE_TARGET = re.compile(
    r"t|d|y_?true|\w*(true|target|label|actual|expected|desired|truth)\w*|one_?hot(_?y)?|y_?one_?hot",
    re.IGNORECASE,
)


def target_rank(name: str) -> int:
    """How surely an argument of a loss is its targets: 0 not at all, 1 beside a prediction, 2.

    >>> [target_rank(name) for name in ("y_pred", "y", "y_true")]
    [0, 1, 2]
    """
    plain = in_english(name)
    return 2 if SURE_TARGET.fullmatch(plain) else int(plain.strip("_").lower() == "y")


def given_arguments(
    forward: Callable[..., Any], form: Form, generator: np.random.Generator
) -> dict[str, Any]:
    """A value for each argument of a function, in its order; those with a default may be left out.

    Args:
        forward: the function.
        form: what its arrays are to be.
        generator: draws the numbers.

    Raises:
        StudentError: an argument has no known meaning, or an array of the form has no argument.

    """
    parameters = arguments_of(forward)
    dicts = _dicts(forward, parameters, form)
    values = _arrays(parameters, dicts, form)
    found: dict[str, Any] = {}
    for each in parameters:
        if each.name in dicts:
            found[each.name] = _filled(each.name, dicts[each.name], values, form, generator)
            continue
        if each.name in values:
            found[each.name] = values[each.name].drawn(generator)
            continue
        setting = _setting(each.name, form)
        has_default = each.default is not each.empty and each.name not in form.settings
        if has_default and not (each.default is None and _entries(each.name)):
            continue
        if setting is None:
            raise StudentError(f"the argument {each.name} has no known meaning")
        found[each.name] = setting
    return found


def _dicts(
    forward: Callable[..., Any], parameters: Sequence[inspect.Parameter], form: Form
) -> dict[str, dict[str, bool]]:
    """The arguments that are dicts by the source, each with the keys that forward reads.

    A form may say itself what a dict of parameters holds.
    """
    found = {}
    for each in parameters:
        if each.default is not each.empty and each.name not in form.settings:
            continue
        if "parameters" in form.values and role_in(each.name, form) == "parameters":
            continue
        keys = keys_read(forward, each.name)
        if keys:
            found[each.name] = keys
    return found


def _filled(
    name: str,
    keys: Mapping[str, bool],
    values: Mapping[str, Values | Pack],
    form: Form,
    generator: np.random.Generator,
) -> dict[str, Any]:
    """A dict with what a function reads from it: arrays, averages and settings.

    Args:
        name: of the argument.
        keys: that are read; whether the dict must have each.
        values: what each array is to be.
        form: says settings.
        generator: draws the numbers.

    """
    found = dict(form.settings.get(name) or {**(_entries(name) or {}), **form.settings})
    found = {} if not _entries(name) and name not in form.settings else found
    for key, is_needed in keys.items():
        if key in values:
            found[key] = values[key].drawn(generator)
        elif is_average(key) and is_needed and "gamma" in form.values:
            found[key] = Averages(form.values["gamma"]).drawn(generator)
        elif key not in found and is_needed:
            setting = _entry(key, form)
            if setting is None:
                raise StudentError(f"the key {key} of {name} has no known meaning")
            found[key] = setting
    return found


def _entry(key: str, form: Form) -> Any:
    """The setting for a key of a dict; None if the key is not known."""
    for word, (pattern, usual) in KEYS.items():
        if re.fullmatch(pattern, key, re.IGNORECASE):
            return form.settings.get(key, form.settings.get(word, usual))
    return _setting(key, form)


def arguments_of(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The arguments of a function, without ``*args`` and ``**kwargs``."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [each for each in parameters if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]


def without_values(forward: Callable[..., Any]) -> list[str]:
    """The arguments that must be given and have no known setting: probably arrays."""
    return [
        each.name
        for each in arguments_of(forward)
        if each.default is each.empty and _setting(each.name, Form({})) is None
    ]


def usual_setting(name: str) -> Any:
    """The setting for an argument of this name, where a form says none; None if it is not known."""
    return _setting(name, Form({}))


def role_in(name: str, form: Form) -> str | None:
    """The role that an argument has in a form, by its name; None if the name shows none."""
    for role in form.roles:
        if name.lower() == role or re.fullmatch(ROLES.get(role, role), name, re.IGNORECASE):
            return role
    return None


def _arrays(
    parameters: Sequence[inspect.Parameter], dicts: Mapping[str, Mapping[str, bool]], form: Form
) -> dict[str, Values | Pack]:
    """What each array is to be: arguments, and arrays in dicts by their keys."""
    values: dict[str, Values | Pack] = {}
    left = form.roles
    unnamed = []
    for each in parameters:
        if each.name in dicts:
            continue
        role = _exact(each.name, left) or role_in(each.name, Form(left))
        if role is not None:
            values[each.name] = left.pop(role)
        elif each.default is each.empty and _setting(each.name, form) is None:
            unnamed.append(each.name)
    for name, keys in dicts.items():
        for key in keys:
            of_layers = {role: what for role, what in left.items() if role not in INPUT_ROLES}
            role = _exact(key, of_layers) or role_in(key, Form(of_layers))
            if role is not None:
                if key in values:
                    raise StudentError(f"two arrays are called {key}: one is in {name}")
                values[key] = left.pop(role)
    required = {role: what for role, what in left.items() if role in form.values}
    if len(unnamed) != len(required):
        raise StudentError(f"no shapes are known for {', '.join(unnamed) or 'these arguments'}")
    # In their order: an affine_forward(inputs, matrix, offset) means x, w, b.
    return values | dict(zip(unnamed, required.values(), strict=True))


def _exact(name: str, left: Mapping[str, Values | Pack]) -> str | None:
    return next((each for each in (name, name.lower()) if each in left), None)


def _setting(name: str, form: Form) -> Any:
    """The setting for an argument of this name; None if the name is not known."""
    if name in form.settings:
        return form.settings[name]
    entries = _entries(name)
    if entries is not None:
        return {**entries, **form.settings}
    for pattern, value in SETTINGS.items():
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return value
    return None


def _entries(name: str) -> dict[str, Any] | None:
    """The settings in an argument of this name; None if it holds none."""
    for pattern, entries in DICTS.items():
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return dict(entries)
    return None
