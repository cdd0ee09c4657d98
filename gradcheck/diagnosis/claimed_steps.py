"""Of which step of backprop an array is the result."""

from collections.abc import Sequence

import numpy as np

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import CHAIN_RULE, PARAMETER_STEPS, by_step
from gradcheck.verdicts.array_report import ArrayReport
from nets.arrays import Array, HostArray, to_numpy
from nets.layers import LayerGradients

__all__ = ["claims_by_step", "parameter_step", "result_of"]


def claims_by_step(
    gradients: Sequence[LayerGradients | Array],
) -> dict[BackpropStep, HostArray]:
    """Gradients by step, on the host and in float64; steps without a result are left out.

    Args:
        gradients: the steps of every layer, or the arrays in the order and in the shapes of
            ``network.parameters``.

    """
    layers = [each for each in gradients if isinstance(each, LayerGradients)]
    if layers:
        results = by_step(layers)
    else:
        results = {
            BackpropStep(position // 2 + 1, PARAMETER_STEPS[position % 2]): array
            for position, array in enumerate(gradients)
        }
    return {step: _on_host(result) for step, result in results.items()}


def result_of(gradients: Sequence[LayerGradients], step: BackpropStep) -> HostArray:
    """The result of one step, in its own shape, on the host and in float64.

    Args:
        gradients: of every layer, upstream to downstream.
        step: one that has a result.

    """
    return _on_host(getattr(gradients[step.layer - 1], CHAIN_RULE[step.name].field))


def _on_host(result: Array) -> HostArray:
    return np.asarray(to_numpy(result), dtype=np.float64)


def parameter_step(array: ArrayReport) -> BackpropStep:
    """The step that computes the gradient of a parameter array."""
    return BackpropStep(array.layer or 0, f"gradient_wrt_{array.parameter}")
