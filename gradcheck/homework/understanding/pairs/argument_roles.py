"""What the arguments of a student's function mean, told by their names."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.drawn_values import Pack, Values
from gradcheck.homework.understanding.pairs.layer_shapes import Form

__all__ = [
    "INPUT_ROLES",
    "ROLES",
    "TARGET_ROLES",
    "arguments_of",
    "given_arguments",
    "role_in",
    "without_values",
]

# Names of arrays; the role that a form calls them by comes first.
ROLES = {
    "x": r"x|a|z|a_?prev|z_?prev|x_?t|x_?in|inp|inputs?|data|features?|images?|scores?|logits?|"
    r"preds?|predictions?|y_?hat|y_?pred|outputs?|out|probs?|al|p|s|f|input_data|x_?data",
    "w": r"w|weights?|kernels?|filters?|theta|w_?embed|embeddings?|w\d",
    "b": r"b|bias(es)?|b\d",
    "gamma": r"gamma|scale|g",
    "beta": r"beta|shift|offset",
    "y": r"y|t|labels?|targets?|y_?true|y_?batch|ground_?truth|truth|correct|actual|expected|"
    r"y_?real",
    "mask": r"mask",
    "prev_h": r"prev_?h|h_?prev|h|h_?0|hidden|a_?prev|prev_?hidden|h_?t_?1|a_?0",
    "parameters": r"parameters?|params|weights",
    "prev_c": r"prev_?c|c_?prev|c|c_?0|cell|prev_?cell",
    "wx": r"w_?xh?|w_?ax|u|w_?ih|w_?in",
    "wh": r"w_?h|w_?hh|w_?aa|v|w_?rec",
    "q": r"q|quer(y|ies)",
    "k": r"k|keys?",
    "v": r"v|values?",
}
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
    values = _arrays(parameters, form)
    found: dict[str, Any] = {}
    for each in parameters:
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


def arguments_of(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The arguments of a function, without ``*args`` and ``**kwargs``."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [each for each in parameters if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]


def without_values(forward: Callable[..., Any]) -> list[str]:
    """The arguments that must be given and that no setting is known for: arrays, probably."""
    return [
        each.name
        for each in arguments_of(forward)
        if each.default is each.empty and _setting(each.name, Form({})) is None
    ]


def role_in(name: str, form: Form) -> str | None:
    """The role that an argument has in a form, by its name; None if the name tells none."""
    for role in form.values:
        if name.lower() == role or re.fullmatch(ROLES.get(role, role), name, re.IGNORECASE):
            return role
    return None


def _arrays(parameters: Sequence[inspect.Parameter], form: Form) -> dict[str, Values | Pack]:
    """What each argument that is an array is to be."""
    values: dict[str, Values | Pack] = {}
    left = dict(form.values)
    unnamed = []
    for each in parameters:
        role = _exact(each.name, left) or role_in(each.name, Form(left))
        if role is not None:
            values[each.name] = left.pop(role)
        elif each.default is each.empty and _setting(each.name, form) is None:
            unnamed.append(each.name)
    if len(unnamed) != len(left):
        raise StudentError(f"no shapes are known for {', '.join(unnamed) or 'these arguments'}")
    # In their order: an affine_forward(inputs, matrix, offset) means x, w, b.
    return values | dict(zip(unnamed, left.values(), strict=True))


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
