"""How a student's pair of functions is called: forms are tried until one works."""

import copy
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.pairs.argument_roles import given_arguments
from gradcheck.homework.understanding.pairs.backward_arguments import Binding, Returned, bindings_of
from gradcheck.homework.understanding.pairs.calls import PairCalls
from gradcheck.homework.understanding.pairs.forms import Forms, NoShapes, forms_for, no_shapes
from gradcheck.homework.understanding.pairs.function_names import NamedPair
from gradcheck.homework.understanding.pairs.gradient_places import (
    NothingReturned,
    Places,
    places_of,
)
from gradcheck.homework.understanding.pairs.layer_shapes import Form
from gradcheck.homework.understanding.pairs.returned_names import returned_names
from gradcheck.homework.unusable_gradient import UnusableGradient

__all__ = ["NotDone", "Trial", "working_trials"]


class NotDone(StudentError):
    """A function is not written yet."""


@dataclass(frozen=True)
class Trial:
    """A pair that was called once, and what was found out.

    Attributes:
        calls: how it is called.
        places: where the gradients are.
        form: of the arguments.
        reshaped: the arrays whose gradients have another number of axes.
        unusable: a line on each gradient that has another shape than its array.

    """

    calls: PairCalls
    places: Places
    form: Form
    reshaped: tuple[str, ...]
    unusable: tuple[str, ...] = ()


def working_trials(
    pair: NamedPair,
    shapes: Mapping[str, tuple[int, ...]],
    seed: int,
    caller: Caller,
    forms: Sequence[Form] = (),
    *,
    each_array: bool = False,
) -> list[Trial]:
    """The ways of calling a pair, in the first form that works; several if it is not clear which.

    Args:
        pair: the two functions.
        shapes: of the arguments, by their names, as the user says them; may be empty.
        seed: of the numbers.
        caller: guards the calls.
        forms: to try; by default those of its kind.
        each_array: see ``Asked``: it counts where nothing else works.

    Raises:
        NotDone: a function is not written yet.
        NoShapes: forward works in no form.
        StudentError: forward works, but backward does not.

    """
    tried = Forms(forms, is_binding=True) if forms else forms_for(pair, shapes)
    try:
        return _in_first_form(pair, tried, bool(shapes), seed, caller, each_array=False)
    except NotDone:
        raise
    except StudentError as error:
        with suppress(StudentError):
            others = Forms(tried.of_sequences, is_binding=True)
            return _in_first_form(pair, others, False, seed, caller, each_array=False)
        if not each_array or not isinstance(error, UnusableGradient):
            raise
    return _in_first_form(pair, tried, bool(shapes), seed, caller, each_array=True)


def _in_first_form(
    pair: NamedPair,
    tried: Forms,
    is_told: bool,
    seed: int,
    caller: Caller,
    *,
    each_array: bool,
) -> list[Trial]:
    """See ``working_trials``.

    Args:
        pair: the two functions.
        tried: the forms.
        is_told: whether the user says shapes.
        seed: of the numbers.
        caller: guards the calls.
        each_array: whether gradients may have other shapes than their arrays.

    """
    first_error: StudentError | None = None
    raised: StudentError | None = None
    nearly: list[Trial] = []
    for form in tried.forms:
        try:
            given = given_arguments(pair.forward, form, np.random.default_rng([seed, 5]))
            returned = _forward(pair, given, seed, caller)
        except NotDone:
            raise
        except StudentError as error:
            # The guessed shapes do not suit it. Only shapes that the user gave are worth an error.
            first_error = (first_error or error) if is_told else first_error
            raised = raised or (error if error.traceback else None)
            continue
        try:
            trials = _trials(pair, given, form, returned, seed, caller, each_array=each_array)
        except NotDone:
            raise
        except StudentError as error:
            first_error = first_error or error
            if tried.is_binding:
                break
            continue
        if not any(trial.reshaped for trial in trials):
            return trials
        nearly = nearly or trials
    if nearly:
        return nearly
    raise first_error or no_shapes(pair, raised)


def _forward(pair: NamedPair, given: Mapping[str, Any], seed: int, caller: Caller) -> Returned:
    """What forward returns, and a check that the first is an array of finite numbers.

    Raises:
        NotDone: it is not written yet.
        StudentError: it raised something, or returned something else.

    """
    calls = PairCalls.of(pair, given, None, seed)
    saved = _called(pair.forward_name, caller, lambda: calls.forward(_copies(calls.given)))
    returned = Returned.of(
        tuple(saved.returned) if len(saved.returned) > 1 else saved.returned[0],
        returned_names(pair.forward),
    )
    first = returned.values[0] if returned.values else None
    if first is None:
        raise NotDone(f"{pair.forward_name} returned None")
    array = np.asarray(first)
    if array.dtype.kind != "f" or not np.all(np.isfinite(array)):
        raise StudentError(f"{pair.forward_name} returned no array of finite real numbers")
    return returned


def _called(name: str, caller: Caller, call: Any) -> Any:
    """The result of a call; a function that is not written yet has an error of its own."""
    try:
        with caller.calling(f"{name}(...)"):
            return call()
    except StudentError as error:
        if isinstance(error.__cause__, NotImplementedError):
            raise NotDone(f"{name} raised NotImplementedError") from error
        raise


def _copies(given: Mapping[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(dict(given))


def _trials(
    pair: NamedPair,
    given: Mapping[str, Any],
    form: Form,
    returned: Returned,
    seed: int,
    caller: Caller,
    *,
    each_array: bool,
) -> list[Trial]:
    """Each way of calling backward that works.

    Raises:
        NotDone: backward is not written yet.
        StudentError: none works; the message is about the likeliest.

    """
    bindings: Sequence[Binding | None] = [None]
    if pair.backward is not None:
        bindings = bindings_of(pair.backward, given, returned)
    found, errors = [], []
    for binding in bindings:
        try:
            calls = PairCalls.of(pair, given, binding, seed)
            found.append(_trial(calls, form, caller, each_array=each_array))
        except NotDone:
            raise
        except StudentError as error:
            errors.append(error)
    if not found:
        raise errors[0] if errors else NoShapes(f"{pair.backward_name} takes no arguments")
    return found


def _trial(calls: PairCalls, form: Form, caller: Caller, *, each_array: bool) -> Trial:
    """Call both functions once, and find the gradients."""
    pair = calls.pair
    name = pair.backward_name or pair.forward_name
    saved = _called(pair.forward_name, caller, lambda: calls.forward(_copies(calls.given)))
    if calls.binding is None and len(saved.returned) < 2:
        raise NoShapes(f"{name} returned a loss without gradients, and there is no backward for it")
    outputs = calls.outputs(saved)
    if calls.binding is None and outputs[0].ndim:
        raise NoShapes(f"{name} returned no single number first, so it is no loss")
    generator = np.random.default_rng([calls.seed, 6])
    arriving = [generator.standard_normal(each.shape) for each in outputs]
    result = _called(name, caller, lambda: calls.backward(arriving, saved))
    shapes = {key: value.shape for key, value in calls.arrays.items()}
    if not shapes:
        raise NoShapes(f"{pair.forward_name} takes no array of real numbers")
    names = [] if pair.backward is None else returned_names(pair.backward)
    if pair.backward is None:
        names = returned_names(pair.forward)[1:]
    try:
        places = places_of(result, shapes, names, name)
    except NothingReturned as error:
        raise NotDone(error.line) from error
    wrong: list[str] = []
    if each_array:
        places, wrong = places.without_unusable(result)
    places.taken(result)
    return Trial(calls, places, form, tuple(places.reshaped(result)), tuple(wrong))
