"""Which way of calling a pair of functions is meant, where several work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.candidates import best_candidate, candidates_of
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.at_the_output import open_at_the_input
from gradcheck.homework.understanding.pairs.argument_roles import role_in
from gradcheck.homework.understanding.pairs.chosen import Chosen
from gradcheck.homework.understanding.pairs.forms import NoShapes, kind_of, with_settings
from gradcheck.homework.understanding.pairs.function_names import NamedPair
from gradcheck.homework.understanding.pairs.other_shapes import with_one_output, with_square_images
from gradcheck.homework.understanding.pairs.part import PairRead, read_trial
from gradcheck.homework.understanding.pairs.trials import NotDone, Trial, working_trials

__all__ = ["chosen_reading"]


def chosen_reading(
    pair: NamedPair,
    shapes: Mapping[str, tuple[int, ...]],
    seed: int,
    caller: Caller,
    *,
    each_array: bool = False,
) -> Chosen:
    """Find out how a pair is called: of several ways, the one in which its gradients are right.

    Args:
        pair: the two functions.
        shapes: of the arguments, as the user says them.
        seed: of the numbers.
        caller: guards the calls.
        each_array: see ``Asked``.

    Raises:
        NotDone: a function is not written yet.
        NoShapes: no shapes are known that suit it, or it is no pair that can be checked.
        StudentError: a function raised something, or returned what cannot be used.

    """
    trials = working_trials(pair, shapes, seed, caller, each_array=each_array)
    readings = [read_trial(trial, seed, caller) for trial in trials]
    first = readings[0]
    _expect_checkable(first)
    if kind_of(pair).has_means:
        readings += [replace(each, has_means=True) for each in readings if _has_columns(each)]
    if not shapes and first.trial.form.is_lenient:
        return _with_overlap(first, seed, caller)
    nearest = _nearest(readings, seed)
    if shapes or nearest.fits_everywhere():
        return Chosen(nearest, _open_for_the_input(nearest))
    return (
        with_square_images(nearest, seed, caller)
        or with_one_output(nearest, seed, caller)
        or Chosen(nearest)
    )


def _open_for_the_input(read: PairRead) -> tuple[LeftOut, ...]:
    """What stays open of a derivative that is right where it is given the output."""
    binding, pair = read.trial.calls.binding, read.pair
    if binding is None or not binding.is_of_output:
        return ()
    (name,) = read.trial.calls.arrays
    return (open_at_the_input(read.backward_name, pair.forward_name, name),)


def _nearest(readings: Sequence[PairRead], seed: int) -> PairRead:
    """The reading whose gradients fit in the most arrays; of several, the first."""
    first = readings[0]
    same = [each for each in readings if each.names == first.names]
    if len(same) == 1:
        return first
    candidates = [candidates_of(each.claims(each.values), 1, ())[0] for each in same]
    engine = OneByOne(first.cost, first.values)
    best, _ = best_candidate(candidates, engine, first.values, seed)
    return same[candidates.index(best)]


def _has_columns(read: PairRead) -> bool:
    """Whether the examples are columns, and there are parameters and an input."""
    biases = [
        value
        for name, value in read.trial.calls.arrays.items()
        if role_in(name, read.trial.form) == "b"
    ]
    return len(set(read.inputs)) > 1 and any(each.shape[-1] == 1 for each in biases)


def _with_overlap(first: PairRead, seed: int, caller: Caller) -> Chosen:
    """A pooling whose windows overlap; where only that is wrong, the same without overlap.

    Many write ``dx[...] = ...`` in place of ``dx[...] += ...``, because they think of windows that
    do not overlap. That is right for such windows only.
    """
    if first.fits_everywhere():
        return Chosen(first)
    pair = first.pair
    for plain in kind_of(pair).forms:
        if plain.is_lenient:
            continue
        form = with_settings(plain, pair)
        try:
            read = read_trial(working_trials(pair, {}, seed, caller, (form,))[0], seed, caller)
        except StudentError:
            continue
        if read.fits_everywhere():
            line = (
                "its gradient is right where the windows do not overlap, and wrong where they do "
                f"({_settings(first)}). There it should add to what other windows gave: += for ="
            )
            return Chosen(read, (LeftOut(pair.forward_name, line, is_open=True),))
    return Chosen(first)


def _settings(read: PairRead) -> str:
    given = read.trial.calls.given
    return ", ".join(f"{k}={v!r}" for k, v in given.items() if not isinstance(v, np.ndarray))


def _expect_checkable(read: PairRead) -> None:
    """Check that the cost depends on the arrays, and that a derivative is one of single entries.

    Raises:
        NotDone: the loss never changes, and all gradients are 0.
        NoShapes: backward gets no arriving gradient, and the outputs depend on several inputs.

    """
    pair, binding = read.pair, read.trial.calls.binding
    values = read.values
    is_loss = binding is None or not read.arriving[0].ndim
    if is_loss:
        moved = [value + 0.5 for value in values]
        still = read.cost(values) == read.cost(moved)
        if still and not any(np.any(each) for each in read.claims(values)[0].arrays):
            raise NotDone(f"{pair.forward_name} always returns the same loss, and gradients of 0")
    elif binding is not None and binding.is_derivative and not _is_elementwise(read.trial):
        raise NoShapes(
            f"{read.backward_name} gets no arriving gradient, and each output of "
            f"{pair.forward_name} depends on several inputs. Let it take the arriving gradient too"
        )


def _is_elementwise(trial: Trial) -> bool:
    """Whether each output entry depends on one input entry only, the one at the same place."""
    calls = trial.calls
    name = next(iter(trial.places.keys))
    before = np.asarray(calls.forward(dict(calls.given)).returned[0])
    value = calls.given[name]
    if before.shape != value.shape or len(trial.places.keys) != 1:
        return False
    moved = value.copy()
    moved.reshape(-1)[0] += 0.5
    after = np.asarray(calls.forward({**calls.given, name: moved}).returned[0])
    return not np.any((after != before).reshape(-1)[1:])
