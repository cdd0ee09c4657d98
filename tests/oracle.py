"""The cost of a network written a second time, for HIPS autograd: tests compare with it."""

from collections.abc import Sequence
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np

from nets.arrays import HostArray, to_numpy
from nets.layers import parameter_gradients
from nets.network import Network

# logaddexp avoids overflow and cancellation. With where, the slope of relu at its kink is 0:
# several slopes are valid there, and backprop uses this one.
ACTIVATION_OF = {
    "identity": lambda z: z,
    "sigmoid": lambda z: anp.exp(-anp.logaddexp(0.0, -z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.where(z > 0.0, z, 0.0),
}


def quadratic(output: Any, targets: HostArray) -> Any:
    return anp.sum((output - targets) ** 2) / 2


def sigmoid_cross_entropy(z: Any, targets: HostArray) -> Any:
    return anp.sum(targets * anp.logaddexp(0.0, -z) + (1 - targets) * anp.logaddexp(0.0, z))


def softmax_cross_entropy(z: Any, targets: HostArray) -> Any:
    largest = anp.max(z, axis=0, keepdims=True)
    logarithms = z - largest - anp.log(anp.sum(anp.exp(z - largest), axis=0, keepdims=True))
    return -anp.sum(targets * logarithms)


COST_OF = {
    "quadratic": quadratic,
    "fused-sigmoid-cross-entropy": sigmoid_cross_entropy,
    "fused-softmax-cross-entropy": softmax_cross_entropy,
}


def oracle_cost(
    network: Network, parameters: Sequence[Any], inputs: HostArray, targets: HostArray
) -> Any:
    """C of a network with other parameters, without any of our own arithmetic."""
    activations: Any = inputs
    for layer, weights, biases in zip(
        network.layers, parameters[0::2], parameters[1::2], strict=True
    ):
        z = anp.dot(weights, activations) + biases
        activations = ACTIVATION_OF[layer.activation.name](z)
    return COST_OF[network.cost_function.name](activations, targets) / inputs.shape[1]


def oracle_gradients(network: Network, inputs: HostArray, targets: HostArray) -> list[HostArray]:
    """The gradient of each of the parameters by reverse-mode automatic differentiation."""
    gradient = autograd.grad(lambda parameters: oracle_cost(network, parameters, inputs, targets))
    parameters = [to_numpy(array) for array in network.parameters]
    return [np.asarray(array) for array in gradient(parameters)]


def complex_step_gradients(
    network: Network, inputs: HostArray, targets: HostArray
) -> list[HostArray]:
    """The gradient of each of the parameters, an entry at a time: Im C(w + ih) / h."""
    step = 1e-30
    gradients = []
    for which, array in enumerate(network.parameters):
        gradient = np.empty(array.shape)
        for index in np.ndindex(*array.shape):
            parameters = [parameter.astype(complex) for parameter in network.parameters]
            parameters[which][index] += step * 1j
            cost = network.with_parameters(parameters).cost(inputs, targets)
            gradient[index] = cost.imag / step
        gradients.append(gradient)
    return gradients


def backprop_gradients(network: Network, inputs: Any, targets: Any) -> list[HostArray]:
    """The gradients of backprop, on the host, in the order of ``network.parameters``."""
    return [*map(to_numpy, parameter_gradients(network.backprop(inputs, targets)))]
