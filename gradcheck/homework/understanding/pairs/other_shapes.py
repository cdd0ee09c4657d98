"""Pairs that are right for some shapes alone: layers of square images, losses of one output."""

from collections.abc import Mapping
from dataclasses import replace

from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.one_output import (
    has_one_output,
    one_output_shapes,
    open_for_several_outputs,
)
from gradcheck.homework.understanding.pairs.chosen import Chosen
from gradcheck.homework.understanding.pairs.drawn_values import Kind, Values
from gradcheck.homework.understanding.pairs.part import PairRead, read_trial
from gradcheck.homework.understanding.pairs.trials import working_trials
from gradcheck.homework.understanding.square_images import open_for_other_images, square_shapes

__all__ = ["with_one_output", "with_square_images"]


def with_square_images(first: PairRead, seed: int, caller: Caller) -> Chosen | None:
    """A layer of images that is right for square ones alone, with square ones; else None."""
    squares = {
        role: [replace(value, shape=each) for each in square_shapes(value.shape)]
        for role, value in first.trial.form.values.items()
        if isinstance(value, Values)
    }
    roles = [role for role, each in squares.items() if each]
    for others in zip(*(squares[role] for role in roles), strict=False):
        read = _right_with(first, dict(zip(roles, others, strict=True)), seed, caller)
        if read is not None:
            return Chosen(read, (open_for_other_images(first.pair.forward_name),))
    return None


def with_one_output(first: PairRead, seed: int, caller: Caller) -> Chosen | None:
    """A loss that is right for one output alone, with one output; else None."""
    name = first.pair.forward_name
    arrays = first.trial.calls.arrays
    same = {value.shape for value in arrays.values()}
    if first.arriving[0].ndim or len(arrays) != 2 or len(same) != 1:
        return None
    (shape,) = same
    for other in one_output_shapes(name, shape):
        values = dict.fromkeys(first.trial.form.values, Values(other, Kind.CHANCES))
        read = _right_with(first, values, seed, caller)
        if read is not None:
            open_one = open_for_several_outputs(name, shape[1])
            return Chosen(read, () if has_one_output(name) else (open_one,))
    return None


def _right_with(
    first: PairRead, values: Mapping[str, Values], seed: int, caller: Caller
) -> PairRead | None:
    """The same pair with other values for some of its roles, if all its gradients are right."""
    form = first.trial.form
    other = replace(form, values={**form.values, **values})
    try:
        trials = working_trials(first.pair, {}, seed, caller, (other,))
    except StudentError:
        return None
    readings = (read_trial(trial, seed, caller) for trial in trials)
    same = (read for read in readings if read.names == first.names)
    return next((read for read in same if read.fits_everywhere()), None)
