"""Activation functions: value, derivative, and where the derivative has a kink.

Each is one record in a table. Values and derivatives take arrays of any shape, dtype and
library; the analytic ones take complex arrays too, which is what the complex step needs
(Squire and Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40(1), 1998).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from nets.arrays import Array, array_namespace, is_complex, real_part

__all__ = ["ACTIVATIONS", "IDENTITY", "Activation", "Form", "sigmoid", "tanh", "tanh_derivative"]


@dataclass(frozen=True)
class Activation:
    """An activation function, applied to every entry of z on its own.

    Attributes:
        name: what ``--activation`` calls it.
        value: from z to the activation, same shape.
        derivative: from (z, the activation at z) to d activation / dz, same shape. The
            activation is passed in because forward has it already.
        kinks: the z at which the derivative jumps.
        analytic: whether ``value`` may be given complex z (the complex step).
        bend: the most that the second derivative can be, relative to the first: the relative
            change of the derivative for each unit of z.
        cheaper: the same function written with another one that takes less time to evaluate; None
            if there is none.

    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    kinks: tuple[float, ...] = ()
    analytic: bool = True
    bend: float = 0.0
    cheaper: "Form | None" = None

    @property
    def form(self) -> "Form":
        """The form that costs least to evaluate: the function itself, if no other does."""
        return self.cheaper or Form(self)


@dataclass(frozen=True)
class Form:
    """An activation written as ``outer * function(inner * z) + shift``."""

    function: Activation
    inner: float = 1.0
    outer: float = 1.0
    shift: float = 0.0

    def finish(self, function_values: Array) -> Array:
        """The activations, from the values of ``function``; any shape, which is kept."""
        if (self.outer, self.shift) == (1.0, 0.0):
            return function_values
        activations = self.outer * function_values
        activations += self.shift
        return activations


def identity(z: Array) -> Array:
    return z


def identity_derivative(z: Array, activations: Array) -> Array:
    return array_namespace(z).ones_like(z)


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z)), right to the last digits for every z, without overflow.

    Where exp(-z) would overflow, z is held at the last value where it does not: -695 in float64,
    where sigmoid is 1e-302, and -86 in float32.
    """
    xp = array_namespace(z)
    floor = sigmoid_floor(xp, z.dtype)
    # Complex numbers have no maximum.
    floored = xp.where(real_part(z) < floor, floor, z) if is_complex(z) else xp.maximum(z, floor)
    denominator = xp.exp(-floored)
    denominator += 1.0
    return 1.0 / denominator


@cache
def sigmoid_floor(xp: Any, dtype: Any) -> float:
    """The least z whose exp(-z) the dtype can hold, and a little above it."""
    return -0.98 * math.log(xp.finfo(dtype).max)


def sigmoid_derivative(z: Array, activations: Array) -> Array:
    # Not a * (1 - a): that loses every digit as a nears 1, where a trained neuron lives. But
    # 1 - a = exp(-z) a does not, and takes four operations where sigmoid(-z) takes six.
    xp = array_namespace(z)
    derivative = xp.exp(-xp.maximum(z, sigmoid_floor(xp, z.dtype)))
    derivative *= activations
    derivative *= activations
    return derivative


def tanh(z: Array) -> Array:
    return array_namespace(z).tanh(z)


def tanh_derivative(z: Array, activations: Array) -> Array:
    # Not 1 - a * a, for the same reason; tanh(z) = 2 sigmoid(2 z) - 1.
    return 4.0 * sigmoid_derivative(2.0 * z, sigmoid(2.0 * z))


def relu(z: Array) -> Array:
    return array_namespace(z).maximum(z, 0.0)


def relu_derivative(z: Array, activations: Array) -> Array:
    # At the kink itself 0 is taken, one of the valid subgradients.
    xp = array_namespace(z)
    return xp.astype(z > 0.0, z.dtype)


IDENTITY = Activation("identity", identity, identity_derivative)
TANH = Activation("tanh", tanh, tanh_derivative, bend=2.0)
RELU = Activation("relu", relu, relu_derivative, kinks=(0.0,), analytic=False)
SIGMOID = Activation(
    "sigmoid",
    sigmoid,
    sigmoid_derivative,
    bend=1.0,
    # sigmoid(z) = tanh(z / 2) / 2 + 1 / 2: one function instead of exp, a sum and a division.
    cheaper=Form(TANH, inner=0.5, outer=0.5, shift=0.5),
)

ACTIVATIONS = {activation.name: activation for activation in (IDENTITY, SIGMOID, TANH, RELU)}
