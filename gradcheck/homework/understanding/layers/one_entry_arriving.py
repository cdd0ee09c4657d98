"""Softmax layers whose backward pass uses one entry of the arriving gradient, and stops there.

Behind the cross-entropy of a class only the entry of that class is not 0. A backward pass that
looks for this entry, and returns at it, is right there. It must not be held to a gradient that has
other entries too.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.arriving import alone
from gradcheck.homework.understanding.layers.on_trial import LayerOnTrial
from nets.arrays import HostArray

__all__ = ["with_one_entry_where_only_one_counts"]


def with_one_entry_where_only_one_counts(
    trial: LayerOnTrial, values: Sequence[Any]
) -> LayerOnTrial:
    """The layer; with an arriving gradient of a single entry, if its backward uses no more.

    Args:
        trial: a layer whose output is a softmax.
        values: of its parameters, in their shapes.

    Raises:
        StudentError: its backward pass raised something.

    """
    arriving = trial.arriving
    first, second = (alone(arriving, position) for position in (0, 1))
    whole = _gradients(trial, values, arriving)
    if not _are_equal(whole, _gradients(trial, values, first)):
        return trial
    # A backward pass that always uses the first entry alone gives 0 for the second.
    other = _gradients(trial, values, second)
    if not any(np.any(each) for each in other) or _are_equal(whole, other):
        return trial
    return replace(trial, only_entry=arriving.size // 2)


def _gradients(trial: LayerOnTrial, values: Sequence[Any], arriving: HostArray) -> list[HostArray]:
    """The gradients that the layer gives, in the shapes of the input and the parameters."""
    passed = trial.passed(trial.placed([*values]), trial.x, arriving)
    return [each for each in (passed.input_gradient, *passed.gradients) if each is not None]


def _are_equal(one: Sequence[HostArray], other: Sequence[HostArray]) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))
