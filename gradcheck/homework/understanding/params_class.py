"""A student's class with a dict of parameters, understood: its arrays, its loss, its gradients."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.constructor import Construction, construction_of
from gradcheck.homework.understanding.example_forms import (
    EXAMPLE_FORMS,
    SEQUENCE_FORMS,
    ExampleForm,
)
from gradcheck.homework.understanding.gradients_by_name import gradient_for
from gradcheck.homework.understanding.held_arrays import HeldArrays
from gradcheck.homework.understanding.image_network import image_constructions, image_forms
from gradcheck.homework.understanding.loss_calls import LossCalls, strengths_in
from gradcheck.homework.understanding.params_part import ParamsPart
from gradcheck.homework.understanding.slots_by_name import sizes_in
from gradcheck.homework.understanding.stores import DictItems

__all__ = ["PARAMS_NAMES", "read_params_class"]

PARAMS_NAMES = ("params", "parameters", "_params", "weights", "model")
FLOAT_KINDS = "f"  # NumPy's letter for real floating-point numbers


def read_params_class(built: Callable[..., Any], name: str, asked: Asked, caller: Caller) -> Part:
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
) -> Part:
    """The class built from these arguments.

    Raises:
        StudentError: it cannot be, or its loss works in none of the forms.

    """
    strengths = _strengths_at_zero(built, given)
    given = replace(given, named=given.named | strengths)
    seed_generators(asked.seed)
    with caller.calling(f"{name}({given.text})"):
        own = built(*given.arguments, **given.named)
    attribute, keys = _params_of(own)
    held = HeldArrays(DictItems(own, attribute, keys), [f"{attribute}[{key!r}]" for key in keys])
    sizes = given.sizes or asked.sizes or sizes_in(keys, held.values())
    batch = asked.mini_batch(sizes)
    calls = _in_a_form_that_works(own, held, keys, forms, batch, asked, caller)
    return ParamsPart(name, held, keys, calls, batch, bool(strengths)).part()


def _strengths_at_zero(built: Callable[..., Any], given: Construction) -> dict[str, float]:
    """The strengths of regularisation that would be 0, with another value for the check.

    With a strength of 0, a mistake in the gradient of the regularisation does not show.
    """
    try:
        arguments = inspect.signature(built).parameters
    except (TypeError, ValueError):
        return {}
    values = {name: given.named.get(name, each.default) for name, each in arguments.items()}
    return {
        name: strength
        for name, strength in strengths_in(built).items()
        if isinstance(values.get(name), int | float)
        and values[name] is not False
        and values[name] == 0
    }


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
    listed = ", ".join(name for name in vars(own) if not name.startswith("_")) or "nothing"
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
) -> LossCalls:
    """The first form in which the loss is a number and the gradients fit.

    Raises:
        StudentError: there is none. The message is about the first form in which the loss is a
            number; about the first form of all if there is no such form.

    """
    errors: list[StudentError] = []
    later: list[StudentError] = []
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
            for key, value in zip(keys, values, strict=True):
                gradient_for(key, value.shape, found, calls.text)
        except StudentError as error:
            later.append(error)
        else:
            held.place(values)
            return calls
    raise (later or errors)[0]
