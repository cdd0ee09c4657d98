"""An object with forward and backward, read as a layer: with the first input that works."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.layers.arrays_inside import arrays_in_object
from gradcheck.homework.understanding.layers.call_arguments import data_arguments
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.claims import MixedGradients
from gradcheck.homework.understanding.layers.convention import LeftToCost
from gradcheck.homework.understanding.layers.fused_loss import of_scores
from gradcheck.homework.understanding.layers.inputs import InputForm, input_forms
from gradcheck.homework.understanding.layers.learned_numbers import make_float_arrays
from gradcheck.homework.understanding.layers.losses import has_separate_loss
from gradcheck.homework.understanding.layers.methods import LayerMethods, layer_methods
from gradcheck.homework.understanding.layers.on_trial import LayerOnTrial, on_trial
from gradcheck.homework.understanding.layers.parameter_gradients import OutOfShape
from gradcheck.homework.understanding.layers.part import layer_part
from gradcheck.homework.understanding.layers.penalty import regularised
from gradcheck.homework.understanding.layers.plain_lists import works_in_lists
from gradcheck.homework.understanding.layers.sizes import sizes_of
from gradcheck.homework.understanding.members import attributes_used, listed_methods
from gradcheck.homework.unusable_gradient import UnusableGradient
from nets.arrays import HostArray

__all__ = ["read_layer"]

# Names of targets that are never those of gradients.
UNMISTAKABLE = re.compile(r"y_?true|targets?|labels?|true_?labels?|y_?labels?", re.IGNORECASE)
TRIED = 60  # forms of the input, at most
ARRAYS_LOOKED_AT = 3  # for the number of features of an example


def read_layer(
    own: Any,
    name: str,
    asked: Asked,
    caller: Caller,
    x: HostArray | None = None,
    *,
    methods: LayerMethods | None = None,
) -> Part:
    """Find an input that a layer takes, and make a part of the layer.

    Args:
        own: the student's object.
        name: of the part.
        asked: sizes, seed and the size of the mini-batch.
        caller: guards the calls.
        x: the input, of any shape, where it is known; None to try several.
        methods: its passes; None for those that it has by their names.

    Raises:
        StudentError: it is no layer, or no input works; the message is about the likeliest one.

    """
    methods = methods or layer_methods(own)
    if methods is None:
        raise StudentError(
            f"{type(own).__name__} is no layer; its methods are: {listed_methods(type(own))}. Add "
            "forward(x) and backward(gradient)"
        )
    make_float_arrays(own)
    partly: list[LayerOnTrial] = []
    find = partial(_first_that_works, own, methods, name, asked, caller, x, partly)
    try:
        if not works_in_lists(own):
            return find()
        try:
            return find(in_lists=True)
        except (MixedGradients, LeftToCost):
            raise
        except StudentError as error:
            with suppress(StudentError):
                return find()
            raise error from error.__cause__
    except StudentError:
        if asked.each_array and partly:
            with suppress(StudentError):
                return layer_part(replace(partly[0], each_array=True), name)
        raise


def _first_that_works(
    own: Any,
    methods: LayerMethods,
    name: str,
    asked: Asked,
    caller: Caller,
    x: HostArray | None,
    partly: list[LayerOnTrial],
    *,
    in_lists: bool = False,
) -> Part:
    """A part with the first input with which both passes work; see ``read_layer``.

    Inputs with which some gradient has another shape are added to ``partly``, the likeliest first.
    """
    forward_errors: list[StudentError] = []
    backward_errors: list[StudentError] = []
    takes_targets = methods.is_loss or _takes_targets_apart(own, methods)
    strengths = None if takes_targets else regularised(own, caller)
    own = own if strengths is None else strengths.own
    for form in _forms(own, asked, x):
        if takes_targets and form.batch == 1 and not form.in_columns and x is None:
            continue  # a cost of a mini-batch takes mini-batches
        for input_, targets in _examples(own, form, x, asked.seed, takes_targets=takes_targets):
            calls = LayerCalls(own, methods, targets, asked.seed, caller, strengths, in_lists)
            try:
                trial = on_trial(calls, form, input_)
            except StudentError as error:
                forward_errors.append(error)
                continue
            try:
                part = layer_part(trial, name)
                return of_scores(part, targets) if takes_targets else part
            except UnusableGradient as error:
                backward_errors.append(error)
                partly.append(trial)
                is_plain = isinstance(error, OutOfShape) and not error.is_update
                if is_plain and form.batch > 1 and not form.in_columns and x is None:
                    partly[:] = [trial]
                    raise
            except (MixedGradients, LeftToCost):
                raise
            except StudentError as error:
                backward_errors.append(error)
    raise _several_inputs(own, methods) or (backward_errors or forward_errors)[0]


def _several_inputs(own: Any, methods: LayerMethods) -> StudentError | None:
    """An error if forward takes several arrays, as a recurrent cell does; None if it does not."""
    names = data_arguments(getattr(own, methods.forward))
    if methods.is_loss or len(names) < 2:
        return None
    kind = type(own).__name__
    return StudentError(
        f"{kind}.{methods.forward} takes {len(names)} arrays ({', '.join(names)}), and what they "
        "are is not known. Layers with one input can be checked, and functions such as "
        "rnn_step_forward(x, prev_h, Wx, Wh, b) with rnn_step_backward(dnext_h, cache)"
    )


def _forms(own: Any, asked: Asked, x: HostArray | None) -> list[InputForm]:
    """The forms of the input to try."""
    if x is not None:
        batch = x.shape[0] if x.ndim > 1 else 1
        return [InputForm("what the layers before it give", x.shape, batch)]
    arrays = [each.array for each in arrays_in_object(own)][:ARRAYS_LOOKED_AT]
    features = [n for array in arrays for n in array.shape if n > 1]
    sizes = sizes_of(asked)
    wanted = [sizes.n_in, *features] if not arrays or sizes.n_in in features else features
    return list(input_forms(own, sizes, wanted, asked.batch_size))[:TRIED]


def _examples(
    own: Any, form: InputForm, x: HostArray | None, seed: int, *, takes_targets: bool
) -> Iterator[tuple[HostArray, Any]]:
    """Inputs of a form, each with targets if the layer is a loss."""
    given = form.drawn(seed) if x is None else x
    if not takes_targets:
        yield given, None
        return
    wants_probabilities = _wants_probabilities(own)
    last = [n for each in arrays_in_object(own)[-2:] for n in each.array.shape if n > 1]
    for targets in _targets(form.shape, last, seed):
        if wants_probabilities:
            yield _probabilities(given), targets
        yield given, targets


def _takes_targets_apart(own: Any, methods: LayerMethods) -> bool:
    """Whether a layer takes targets not in forward, but in ``get_loss(t)`` or in backward."""
    wanted = required_arguments(getattr(own, methods.backward)) or []
    if not wanted:
        return has_separate_loss(own)
    return len(wanted) == 2 and UNMISTAKABLE.fullmatch(wanted[-1]) is not None


def _wants_probabilities(own: Any) -> bool:
    """Whether a loss takes probabilities, and not scores: its code has a log and no exponential."""
    used = " ".join(attributes_used(type(own))).lower()
    if re.search(r"exp\b|softmax|sigmoid|logits|logsumexp|maximum", used):
        return False
    words = f"{used} {type(own).__name__.lower()}"
    return bool(re.search(r"log|clip|entropy|bce|cce|nll|\bce\b", words))


def _probabilities(scores: HostArray) -> HostArray:
    powers = np.exp(scores)
    axis = -1 if scores.ndim > 1 and scores.shape[-1] > 1 else 0
    found: HostArray = powers / powers.sum(axis=axis, keepdims=True)
    return found


def _targets(shape: Sequence[int], last: Sequence[int], seed: int) -> Iterator[Any]:
    """Targets for an input of a shape: one-hot rows, class numbers, one-hot columns, numbers.

    Args:
        shape: of the input.
        last: numbers that the last arrays of a chain suggest as its outputs.
        seed: of the draw.

    """
    generator = np.random.default_rng([seed, 10])
    if len(shape) == 2 and min(shape) > 1:
        m, n = shape
        for classes in dict.fromkeys((*reversed(last), n)):
            numbers = generator.integers(0, classes, m)
            yield np.eye(classes)[numbers]
            yield numbers
        yield np.eye(m)[:, generator.integers(0, m, n)]
    yield generator.integers(0, 2, tuple(shape)).astype(float)
