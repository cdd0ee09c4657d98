"""Activation functions that students use, and derivatives that they get wrong."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nets.activations import ACTIVATIONS
from nets.arrays import HostArray

__all__ = ["KNOWN_FUNCTIONS", "WRONG_SLOPES", "KnownFunction", "WrongSlope"]

Function = Callable[[HostArray], HostArray]

# Leaky ReLUs are compared with these slopes on the negative side: those that courses use.
LEAKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3)
# Half the step of a central difference: the cube root of the unit round-off.
HALF_STEP = 2.0**-17


@dataclass(frozen=True)
class KnownFunction:
    """An activation function, applied to every entry on its own.

    Attributes:
        name: as a sentence calls it.
        value: of z, in its shape.
        is_a_switch: whether its derivative is 0 or 1 everywhere.

    """

    name: str
    value: Function
    is_a_switch: bool = False

    def slope(self, z: HostArray) -> HostArray:
        """The derivative at z, in its shape, to about ten digits."""
        difference = self.value(z + HALF_STEP) - self.value(z - HALF_STEP)
        return np.asarray(difference / (2.0 * HALF_STEP))


def _leaky(slope: float) -> Function:
    return lambda z: np.where(z > 0.0, z, slope * z)


def _sigmoid(z: HostArray) -> HostArray:
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def _gelu_by_tanh(z: HostArray) -> HostArray:
    inner = math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3)
    return np.asarray(0.5 * z * (1.0 + np.tanh(inner)))


def _gelu(z: HostArray) -> HostArray:
    return np.asarray(0.5 * z * (1.0 + np.vectorize(math.erf)(z / math.sqrt(2.0))))


KNOWN_FUNCTIONS = (
    *(
        KnownFunction(
            name,
            lambda z, each=each: np.asarray(each.value(z)),  # type: ignore[misc]
            is_a_switch=each.bend == 0.0,  # then its derivative changes only at kinks
        )
        for name, each in ACTIVATIONS.items()
    ),
    *(KnownFunction(f"leaky ReLU ({slope:g})", _leaky(slope)) for slope in LEAKS),
    KnownFunction("ELU", lambda z: np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))),
    KnownFunction("softplus", lambda z: np.logaddexp(0.0, z)),
    KnownFunction("swish", lambda z: np.asarray(z * _sigmoid(z))),
    KnownFunction("GELU", _gelu),
    KnownFunction("GELU", _gelu_by_tanh),
    KnownFunction("arctan", np.arctan),
    KnownFunction("softsign", lambda z: np.asarray(z / (1.0 + np.abs(z)))),
    KnownFunction("sine", np.sin),
)


@dataclass(frozen=True)
class WrongSlope:
    """A formula that stands in the place of the derivative of an activation function.

    Attributes:
        text: the formula.
        of_a: from a = f(z), of any shape, to its values in this shape; None if it takes z.
        of_z: from z likewise; None if it takes a.

    """

    text: str
    of_a: Function | None = None
    of_z: Function | None = None

    def of(self, z: HostArray, a: HostArray) -> HostArray:
        """The numbers, in the shape of z and a."""
        if self.of_a is not None:
            return self.of_a(a)
        assert self.of_z is not None
        return self.of_z(z)


WRONG_SLOPES = (
    WrongSlope("a", of_a=lambda a: a),
    WrongSlope("1 - a", of_a=lambda a: 1.0 - a),
    WrongSlope("1 + a", of_a=lambda a: 1.0 + a),
    WrongSlope("a^2", of_a=lambda a: a**2),
    WrongSlope("1 + a^2", of_a=lambda a: 1.0 + a**2),
    WrongSlope("1 - a^2", of_a=lambda a: 1.0 - a**2),
    WrongSlope("a^2 - 1", of_a=lambda a: a**2 - 1.0),
    WrongSlope("a (1 - a)", of_a=lambda a: a * (1.0 - a)),
    WrongSlope("a (1 + a)", of_a=lambda a: a * (1.0 + a)),
    WrongSlope("a (a - 1)", of_a=lambda a: a * (a - 1.0)),
    WrongSlope("a^2 (1 - a)", of_a=lambda a: a**2 * (1.0 - a)),
    WrongSlope("a (1 - a)^2", of_a=lambda a: a * (1.0 - a) ** 2),
    WrongSlope("a (1 - a^2)", of_a=lambda a: a * (1.0 - a**2)),
    WrongSlope("1 / (1 + a^2)", of_a=lambda a: 1.0 / (1.0 + a**2)),
    WrongSlope("the larger of a and 0", of_a=lambda a: np.maximum(a, 0.0)),
    WrongSlope("z", of_z=lambda z: z),
    WrongSlope("1 - z", of_z=lambda z: 1.0 - z),
    WrongSlope("1 - z^2", of_z=lambda z: 1.0 - z**2),
    WrongSlope("z (1 - z)", of_z=lambda z: z * (1.0 - z)),
    WrongSlope("1 / (1 + z^2)", of_z=lambda z: 1.0 / (1.0 + z**2)),
    WrongSlope("1 / (1 + |z|)", of_z=lambda z: 1.0 / (1.0 + np.abs(z))),
    WrongSlope("1 / cosh z", of_z=lambda z: 1.0 / np.cosh(z)),
    WrongSlope("exp(z)", of_z=np.exp),
    WrongSlope("exp(-z)", of_z=lambda z: np.exp(-z)),
    WrongSlope("sigmoid(z)", of_z=_sigmoid),
    WrongSlope("sigmoid(-z)", of_z=lambda z: _sigmoid(-z)),
    WrongSlope("1 where z is negative, and 0 elsewhere", of_z=lambda z: (z < 0.0).astype(float)),
)
