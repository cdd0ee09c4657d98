"""Activation functions: value, derivative, and where the derivative has a kink.

Each activation is one record in a table. Values and derivatives take arrays of any shape, dtype
and library. The analytic ones take complex arrays too: then the imaginary part of ``value`` gives
the derivative (Squire and Trapp, "Using complex variables to estimate derivatives of real
functions", SIAM Review 40(1), 1998).
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
    """An activation function f, applied to every entry of z on its own.

    Attributes:
        name: the name that users type.
        value: f, from z of any shape to the activations, same shape.
        derivative: f', from z and the activations, both of the same shape, to d activation / dz,
            again this shape. ``forward`` has computed the activations, so they are passed in.
        kinks: the values of z at which f' jumps.
        analytic: whether f is analytic, so that ``value`` may be given complex z.
        bend: the maximum over all z of |f''| / |f'|: how fast f' can change, relative to itself,
            per unit of z. It is 0 if f is made of straight lines.
        cancellation: how many units of round-off f' is off by, not relative to itself, if it is
            computed from the activation a alone: by a (1 - a) for the sigmoid, 1 - a^2 for tanh.
            Where a is next to 1 the difference loses its digits.
        cheaper: f written with another function that takes less time to evaluate; None if no
            other is known. Near f = 0 it has fewer correct digits than ``value``, because it is
            a sum of larger numbers.

    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    kinks: tuple[float, ...] = ()
    analytic: bool = True
    bend: float = 0.0
    cancellation: float = 0.0
    cheaper: "Form | None" = None

    @property
    def form(self) -> "Form":
        """The form of f that takes the least time to evaluate, which may be f itself."""
        return self.cheaper or Form(self)


@dataclass(frozen=True)
class Form:
    """An activation function written as ``outer * function(inner * z) + shift``."""

    function: Activation
    inner: float = 1.0
    outer: float = 1.0
    shift: float = 0.0

    def finish(self, function_values: Array) -> Array:
        """The activations, from the values of ``function``; any shape, and the same shape."""
        if (self.outer, self.shift) == (1.0, 0.0):
            return function_values
        activations = self.outer * function_values
        activations += self.shift
        return activations


def identity(z: Array) -> Array:
    """The values z themselves, of any shape."""
    return z


def identity_derivative(z: Array, activations: Array) -> Array:
    """1 for every z, in the shape of z."""
    return array_namespace(z).ones_like(z)


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z)) for z of any shape, right to the last digits, without overflow.

    Where exp(-z) would overflow, z is replaced by the least value at which it does not: -695 in
    float64, where the sigmoid is 1e-302, and -86 in float32.
    """
    xp = array_namespace(z)
    floor = sigmoid_floor(xp, z.dtype)
    # xp.maximum takes no complex numbers.
    floored = xp.where(real_part(z) < floor, floor, z) if is_complex(z) else xp.maximum(z, floor)
    denominator = xp.exp(-floored)
    denominator += 1.0
    return 1.0 / denominator


@cache
def sigmoid_floor(xp: Any, dtype: Any) -> float:
    """The least z whose exp(-z) the dtype can hold, and 2 % above it.

    The margin is far more than the rounding of z needs.
    """
    return -0.98 * math.log(xp.finfo(dtype).max)


def sigmoid_derivative(z: Array, activations: Array) -> Array:
    """exp(-z) a^2 for z and a = sigmoid(z) of one shape, which the result has too."""
    # Not a * (1 - a): 1 - a loses its digits as a comes near 1, as it does in a trained network.
    # 1 - a = exp(-z) * a keeps them, and takes four operations where sigmoid(-z) takes six.
    xp = array_namespace(z)
    derivative = xp.exp(-xp.maximum(z, sigmoid_floor(xp, z.dtype)))
    derivative *= activations
    derivative *= activations
    return derivative


def tanh(z: Array) -> Array:
    """The hyperbolic tangent of z, in the shape of z."""
    return array_namespace(z).tanh(z)


def tanh_derivative(z: Array, activations: Array) -> Array:
    """4 times the sigmoid's derivative at 2 z, in the shape of z."""
    # Not 1 - a * a, for the same reason; tanh(z) = 2 sigmoid(2 z) - 1 gives this derivative.
    return 4.0 * sigmoid_derivative(2.0 * z, sigmoid(2.0 * z))


def relu(z: Array) -> Array:
    """The larger of z and 0, in the shape of z."""
    return array_namespace(z).maximum(z, 0.0)


def relu_derivative(z: Array, activations: Array) -> Array:
    """1 where z is positive and 0 elsewhere, in the shape of z."""
    # At the kink itself 0 is one of the valid subgradients.
    xp = array_namespace(z)
    return xp.astype(z > 0.0, z.dtype)


IDENTITY = Activation("identity", identity, identity_derivative)
# f''/f' is -2 tanh(z).
TANH = Activation("tanh", tanh, tanh_derivative, bend=2.0, cancellation=1.0)
RELU = Activation("relu", relu, relu_derivative, kinks=(0.0,), analytic=False)
SIGMOID = Activation(
    "sigmoid",
    sigmoid,
    sigmoid_derivative,
    cancellation=1.0,
    bend=1.0,  # f''/f' is 1 - 2 sigmoid(z)
    # sigmoid(z) = tanh(z / 2) / 2 + 1 / 2: one function instead of exp, a sum and a division.
    cheaper=Form(TANH, inner=0.5, outer=0.5, shift=0.5),
)

ACTIVATIONS = {activation.name: activation for activation in (IDENTITY, SIGMOID, TANH, RELU)}
