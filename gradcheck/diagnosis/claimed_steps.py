"""Of which step of backprop an array is the result."""

from collections.abc import Sequence

import numpy as np

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import PARAMETER_STEPS, by_step
from gradcheck.verdicts.array_report import ArrayReport
from nets.arrays import Array, HostArray, to_numpy
from nets.layers import LayerGradients

__all__ = ["claims_by_step", "parameter_step"]


def claims_by_step(
    gradients: Sequence[LayerGradients | Array],
) -> dict[BackpropStep, HostArray]:
    """Gradients by step, on the host and in float64; steps without a result are left out.

    Args:
        gradients: the steps of every layer, or the arrays in the order of ``network.parameters``.

    """
    layers = [each for each in gradients if isinstance(each, LayerGradients)]
    if layers:
        results = by_step(layers)
    else:
        results = {
            BackpropStep(position // 2 + 1, PARAMETER_STEPS[position % 2]): array
            for position, array in enumerate(gradients)
        }
    return {
        step: np.asarray(to_numpy(result), dtype=np.float64) for step, result in results.items()
    }


def parameter_step(array: ArrayReport) -> BackpropStep:
    """The step that computes the gradient of a parameter array."""
    return BackpropStep(array.layer or 0, f"gradient_wrt_{array.parameter}")
