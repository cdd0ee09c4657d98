"""A layer as a part of a contract: its input and its parameters, held to a random gradient."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.arriving import cost_of_output
from gradcheck.homework.contract import NamedArray, Part, PartCost, Values
from gradcheck.homework.understanding.layers.claims import adds_gradients, claims_at
from gradcheck.homework.understanding.layers.convention import (
    divisor_of_parameters,
    expect_backward_of_output,
    expect_elementwise,
    sums_to_one,
)
from gradcheck.homework.understanding.layers.findings import layer_findings
from gradcheck.homework.understanding.layers.learned_numbers import expect_all_found
from gradcheck.homework.understanding.layers.losses import is_fused, loss_of
from gradcheck.homework.understanding.layers.on_trial import LayerOnTrial
from gradcheck.homework.understanding.layers.one_entry_arriving import (
    with_one_entry_where_only_one_counts,
)
from gradcheck.homework.understanding.layers.understood import UnderstoodLayer
from gradcheck.homework.understanding.student_cost import one_number
from nets.arrays import HostArray

__all__ = ["layer_part"]


def layer_part(trial: LayerOnTrial, name: str) -> Part:
    """A layer that was tried, as a part.

    Args:
        trial: with an input that its forward pass takes.
        name: of the layer, for the report.

    Raises:
        StudentError: its backward pass raised something, or leaves no gradients.

    """
    values = _values(trial)
    own = trial.placed(values)
    passed = trial.passed(own, trial.x, trial.arriving)
    has_parameters = bool(trial.parameters)
    expect_all_found(own, trial.calls.backward_name, has_parameters=has_parameters)
    if trial.calls.methods.is_derivative:
        calls = trial.calls
        expect_elementwise(
            calls.backward_name, lambda x: calls.forward(calls.fresh(), x)[0], trial.x
        )
    # This comes first, so that no layer is accused of something that it leaves to another one.
    if sums_to_one(passed.output) and trial.calls.targets is None:
        expect_backward_of_output(
            trial.calls.backward_name,
            lambda x: trial.passed(trial.placed(values), x, trial.arriving).input_gradient,
            trial.x,
        )
        trial = with_one_entry_where_only_one_counts(trial, values)
        passed = trial.passed(trial.placed(values), trial.x, trial.arriving)
    layer = UnderstoodLayer(trial, name, tuple(values), passed)
    layer.expect_gradients()
    return _part(layer)


def _values(trial: LayerOnTrial) -> list[HostArray]:
    """The parameters, with random numbers where all entries are the same, as in gamma = 1."""
    generator = np.random.default_rng([trial.calls.seed, 9])
    found = []
    for parameter in trial.parameters:
        value = np.array(parameter.array, dtype=np.float64)
        if value.size > 1 and np.ptp(value) == 0.0:
            value = value + 0.3 * generator.standard_normal(value.shape)
        found.append(value)
    return found


def _part(layer: UnderstoodLayer) -> Part:
    trial = layer.trial
    arrays = [NamedArray("x", trial.x, is_input=True)] if layer.has_input else []
    arrays += [
        NamedArray(trial.parameters[each].name, layer.values[each]) for each in layer.checked
    ]
    cost = _cost(layer)
    divisor = _divisor(layer, cost, arrays)
    return Part(
        name=layer.name,
        arrays=tuple(arrays),
        cost=cost,
        claims_at=partial(claims_at, layer, divisor=divisor),
        backward=trial.calls.backward_name,
        batch_size=trial.form.batch,
        findings=tuple(layer_findings(layer, divisor, adds=adds_gradients(layer))),
    )


def _divisor(layer: UnderstoodLayer, cost: PartCost, arrays: Sequence[NamedArray]) -> int:
    """The number that divides the gradients of the parameters: 1, or the number of examples."""
    counts = [layer.trial.form.batch]
    sizes = {array.value.size for array in arrays if not array.is_input}
    if len(sizes) == 1:
        # Batch norm of images takes means over examples and pixels.
        counts.append(layer.trial.x.size // sizes.pop())
    return divisor_of_parameters(
        cost.at,
        [array.value for array in arrays],
        layer.claims_of(layer.passed),
        [array.is_input for array in arrays],
        counts,
    )


def _cost(layer: UnderstoodLayer) -> PartCost:
    """The layer's own loss; of a layer without targets, its output times a random gradient."""
    trial = layer.trial
    if trial.calls.targets is None:
        name = "sum(output * arriving gradient)"
        if _penalty_of(layer) is not None:
            name += " + the layer's regularisation"
        return PartCost(name, partial(_cost_of_output, layer))
    own = trial.placed(list(layer.values))
    loss = loss_of(trial.calls, own, trial.x, trial.calls.forward(own, trial.x)[0])
    sums = (False, True) if np.ndim(loss) and trial.form.batch > 1 else ()
    name = "softmax and cross-entropy" if is_fused(trial.calls) else "its own loss"
    return PartCost(name, partial(_loss, layer), sums=sums)


def _cost_of_output(layer: UnderstoodLayer, values: Values) -> Any:
    x, parameters = layer.split(values)
    own = layer.trial.placed(parameters)
    output = layer.trial.calls.forward(own, np.array(x))[0]
    cost = cost_of_output(output, layer.trial.arriving)
    penalty = _penalty_of(layer)
    return cost if penalty is None else cost + penalty(own)


def _penalty_of(layer: UnderstoodLayer) -> Callable[[Any], float] | None:
    """The cost of the layer's regularisation, where it is known."""
    strengths = layer.trial.calls.regularised
    return None if strengths is None else strengths.penalty


def _loss(layer: UnderstoodLayer, values: Values) -> Any:
    x, parameters = layer.split(values)
    trial, calls = layer.trial, layer.trial.calls
    own = trial.placed(parameters)
    loss = loss_of(calls, own, x, calls.forward(own, np.array(x))[0])
    if np.ndim(loss):
        return np.sum(loss) / trial.form.batch
    return one_number(loss, f"{calls.name}.{calls.methods.forward}")
