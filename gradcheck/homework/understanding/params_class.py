"""A student's class with a dict of parameters, understood: its arrays, its loss, its gradients."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.contract import Contract
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.refusals import most_telling
from gradcheck.homework.understanding.constructor import Construction, construction_of
from gradcheck.homework.understanding.example_forms import (
    EXAMPLE_FORMS,
    SEQUENCE_FORMS,
    ExampleForm,
)
from gradcheck.homework.understanding.gradients_by_name import gradient_for
from gradcheck.homework.understanding.held_arrays import HeldArrays
from gradcheck.homework.understanding.image_network import image_constructions, image_forms
from gradcheck.homework.understanding.layers.where_gradients_are import gradients_named
from gradcheck.homework.understanding.loss_calls import LossCalls
from gradcheck.homework.understanding.not_compared import not_compared
from gradcheck.homework.understanding.params_part import ParamsPart
from gradcheck.homework.understanding.slots_by_name import sizes_in
from gradcheck.homework.understanding.stores import DictItems
from gradcheck.homework.understanding.zero_strengths import zero_strengths
from gradcheck.homework.unusable_gradient import UnusableGradient
from nets.arrays import HostArray

__all__ = ["PARAMS_NAMES", "read_params_class"]

PARAMS_NAMES = ("params", "parameters", "_params", "weights", "model")
FLOAT_KINDS = "f"  # NumPy's letter for real floating-point numbers


def read_params_class(
    built: Callable[..., Any], name: str, asked: Asked, caller: Caller
) -> Contract:
    """Build a class with a dict of parameters, and find out how it is called.

    Args:
        built: the class.
        name: of it.
        asked: sizes and mini-batch.
        caller: guards the calls.

    Raises:
        StudentError: it has no such dict, or its loss works in no form.

    """
    errors: list[StudentError] = []
    for given, shape in image_constructions(built, name) if asked.sizes is None else ():
        try:
            return _read_built(built, name, given, image_forms(shape), asked, caller)
        except StudentError as error:
            errors.append(error)
    if errors:
        raise errors[-1]
    given = construction_of(built, name, asked.sizes)
    return _read_built(built, name, given, (*EXAMPLE_FORMS, *SEQUENCE_FORMS), asked, caller)


def _read_built(
    built: Callable[..., Any],
    name: str,
    given: Construction,
    forms: Sequence[ExampleForm],
    asked: Asked,
    caller: Caller,
) -> Contract:
    """The class built from these arguments.

    Raises:
        StudentError: it cannot be, or its loss works in none of the forms.

    """
    strengths = zero_strengths(built, given)
    given = replace(given, named=given.named | strengths)
    seed_generators(asked.seed)
    with caller.calling(f"{name}({given.text})"):
        own = built(*given.arguments, **given.named)
    attribute, keys = _params_of(own)
    held = _held(own, attribute, keys)
    sizes = given.sizes or asked.sizes or sizes_in(keys, held.values())
    batch = asked.mini_batch(sizes)
    calls, wrong = _in_a_form_that_works(own, held, keys, forms, batch, asked, caller)
    if _make_arrays_of_numbers(getattr(own, attribute), calls.gradients()):
        _, keys = _params_of(own)
        held = _held(own, attribute, keys)
    part = ParamsPart(name, held, keys, calls, batch, bool(strengths), wrong).part()
    others = not_compared(part, own, own, asked.seed)
    held.place(part.values)
    part = replace(part, findings=(*given.findings, *part.findings))
    return Contract((part,), left_out=others)


def _held(own: Any, attribute: str, keys: Sequence[Any]) -> HeldArrays:
    names = [f"{attribute}[{key!r}]" for key in keys]
    return HeldArrays(DictItems(own, attribute, tuple(keys)), names)


def _make_arrays_of_numbers(items: MutableMapping[Any, Any], gradients: Any) -> bool:
    """Make arrays of the plain numbers that have a gradient; whether there were any.

    Args:
        items: the parameters.
        gradients: what the class gave.

    """
    numbers = [
        key
        for key, value in items.items()
        if isinstance(value, float | np.floating)
        and isinstance(gradients, Mapping)
        and any(name in gradients for name in (key, *gradients_named(key, gradients)))
    ]
    for key in numbers:
        items[key] = np.array(items[key], dtype=np.float64)
    return bool(numbers)


def _params_of(own: Any) -> tuple[str, tuple[Any, ...]]:
    """The attribute that holds the dict of parameters, and the keys of its arrays.

    Raises:
        StudentError: there is none.

    """
    for attribute in PARAMS_NAMES:
        items = getattr(own, attribute, None)
        if not isinstance(items, Mapping):
            continue
        keys = tuple(
            key
            for key, value in items.items()
            if isinstance(value, np.ndarray) and value.dtype.kind in FLOAT_KINDS
        )
        if keys:
            return attribute, keys
    listed = ", ".join(name for name in attributes_of(own) if not name.startswith("_")) or "nothing"
    raise StudentError(
        f"{type(own).__name__} has no dict of arrays such as params; it has {listed}"
    )


def _in_a_form_that_works(
    own: Any,
    held: HeldArrays,
    keys: Sequence[Any],
    forms: Sequence[ExampleForm],
    batch: MiniBatch,
    asked: Asked,
    caller: Caller,
) -> tuple[LossCalls, dict[Any, str]]:
    """The first form in which the loss is a number and the gradients fit.

    If there is none, and each array counts by itself: the first form in which some gradients fit,
    and for the keys of the others the reason why they do not fit.

    Raises:
        StudentError: there is none. The message is about the first form in which the loss is a
            number; about the first form of all if there is no such form.

    """
    errors: list[StudentError] = []
    later: list[StudentError] = []
    partly: list[tuple[LossCalls, dict[Any, str]]] = []
    values = held.values()
    for form in forms:
        calls = LossCalls(own, form, batch, asked.seed, caller)
        held.place(values)
        try:
            calls.loss(quietly=False)
        except StudentError as error:
            errors.append(error)
            continue
        try:
            found = calls.gradients()
            wrong = _unusable(dict(zip(keys, values, strict=True)), found, calls.text)
        except StudentError as error:
            later.append(error)
            continue
        if not wrong:
            held.place(values)
            return calls, {}
        later += map(StudentError, wrong.values())
        if len(wrong) < len(keys):
            partly.append((calls, wrong))
    if partly and asked.each_array:
        held.place(values)
        return partly[0]
    raise later[0] if later else most_telling(errors)


def _unusable(values: Mapping[Any, HostArray], found: Any, text: str) -> dict[Any, str]:
    """Why gradients cannot be used, by the keys of their arrays.

    Raises:
        StudentError: some are no real numbers, or they are not in a dict.

    """
    wrong = {}
    for key, value in values.items():
        try:
            gradient_for(key, value.shape, found, text)
        except UnusableGradient as error:
            wrong[key] = error.line
    return wrong
