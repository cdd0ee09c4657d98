"""What ``check_gradients`` is given, checked before anything is measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from array_api_compat import device

from gradcheck.verdicts.claim import Claim
from nets.arrays import Array, array_namespace, is_complex
from nets.errors import BadInput

__all__ = ["Given", "Parameters", "claim_of", "given", "promoted_array"]

Parameters = Mapping[str, Array] | Sequence[Array] | Array


@dataclass(frozen=True)
class Given:
    """A cost, its parameters and their claimed gradients, in one order.

    Attributes:
        function: the cost function, as it was given.
        packed: packs arrays in this order like the parameters that were given.
        names: of the parameter arrays.
        values: the arrays, as they were given.
        gradients: the claims, as they were given.

    """

    function: Callable[..., Array]
    packed: Callable[[Sequence[Array]], Any]
    names: Sequence[str]
    values: Sequence[Array]
    gradients: Sequence[Array]

    def cost(self, arrays: Sequence[Array]) -> Array:
        """The cost of arrays in this order and in the shapes of the parameters: one number."""
        return self.function(self.packed(arrays))

    def claims(self) -> list[Claim]:
        """The arrays with their claims, in float64.

        Raises:
            BadInput: there is nothing to check, or an array and its claim do not fit each other.

        """
        claims = [
            claim_of(name, None, name, value, gradient)
            for name, value, gradient in zip(self.names, self.values, self.gradients, strict=True)
        ]
        if not any(claim.values.size for claim in claims):
            raise BadInput("there are no parameters to check; give an array that has entries")
        return claims


def given(cost: Callable[..., Array], parameters: Parameters, gradients: Parameters) -> Given:
    """Bring parameters and gradients into one order.

    Args:
        cost: from parameters, packed like these, to one number.
        parameters: an array, or a list or a dict of arrays, each of any shape.
        gradients: the claims, packed in the same way, each in the shape of its array.

    Raises:
        BadInput: they are packed otherwise, or a gradient is missing, or the cost is no function.

    """
    if not callable(cost):
        raise BadInput(f"the cost is a {type(cost).__name__}; give a function as first argument")
    if isinstance(parameters, Mapping):
        return _given_by_name(cost, parameters, gradients)
    if hasattr(parameters, "shape"):
        return Given(cost, lambda arrays: arrays[0], ["parameters"], [parameters], [gradients])
    if not isinstance(parameters, Sequence) or isinstance(parameters, str):
        raise BadInput(
            f"the parameters are a {type(parameters).__name__}; give an array, a list of arrays or "
            "a dict of arrays"
        )
    wanted = f"give a list of {len(parameters)}, in the order of the parameters"
    if not isinstance(gradients, Sequence):
        raise BadInput(f"the gradients are a {type(gradients).__name__}; {wanted}")
    if len(gradients) != len(parameters):
        raise BadInput(f"{len(gradients)} gradients were given; {wanted}")
    names = [f"parameter {position}" for position in range(len(parameters))]
    return Given(cost, list, names, list(parameters), list(gradients))


def _given_by_name(
    cost: Callable[..., Array], parameters: Mapping[str, Array], gradients: Parameters
) -> Given:
    if not isinstance(gradients, Mapping):
        raise BadInput(
            f"the gradients are a {type(gradients).__name__}; give a dict with the names of the "
            f"parameters, {list(parameters)}"
        )
    if missing := [name for name in parameters if name not in gradients]:
        raise BadInput(f"no gradient was given for {', '.join(map(repr, missing))}")
    if unknown := [name for name in gradients if name not in parameters]:
        raise BadInput(
            f"a gradient was given for {', '.join(map(repr, unknown))}; the parameters are "
            f"{', '.join(map(repr, parameters))}"
        )
    return Given(
        cost,
        lambda arrays: dict(zip(parameters, arrays, strict=True)),
        [str(name) for name in parameters],
        list(parameters.values()),
        [gradients[name] for name in parameters],
    )


def promoted_array(name: str, array: Array) -> Array:
    """The array in float64 and in its own shape.

    Args:
        name: what messages call it.
        array: of any shape and library.

    Raises:
        BadInput: it is no array of finite real numbers.

    """
    if isinstance(array, np.ma.MaskedArray):
        raise BadInput(f"{name} is a masked array; give a plain array, without gaps")
    try:
        xp = array_namespace(array)
    except TypeError as error:
        raise BadInput(
            f"{name} is a {type(array).__name__}; give an array (np.array makes one of a number or "
            "a list)"
        ) from error
    if is_complex(array) or not xp.isdtype(array.dtype, ("real floating", "integral", "bool")):
        raise BadInput(f"{name} has dtype {array.dtype}; give real numbers")
    promoted = xp.astype(array, xp.float64)
    if not bool(xp.all(xp.isfinite(promoted))):
        raise BadInput(f"{name} contains NaN or infinity; give finite numbers")
    return promoted


def claim_of(name: str, layer: int | None, parameter: str, values: Array, gradient: Array) -> Claim:
    """An array with the gradient that is claimed for it, both in float64.

    Args:
        name: what messages and tables call the array.
        layer: its layer, counted from 1, if it belongs to one.
        parameter: ``weights``, ``biases``, or the name.
        values: the array, of any shape.
        gradient: of the same shape; a plain number will do for an array of shape ().

    Raises:
        BadInput: one of them is no array of real numbers, or they do not fit each other.

    """
    promoted = promoted_array(name, values)
    shape = tuple(promoted.shape)
    if shape == () and isinstance(gradient, int | float):
        gradient = array_namespace(promoted).asarray(float(gradient), device=device(promoted))
    if not hasattr(gradient, "shape"):
        raise BadInput(
            f"the gradient of {name} is a {type(gradient).__name__}; it should be an array of "
            f"shape {shape}"
        )
    if tuple(gradient.shape) != shape:
        raise BadInput(
            f"the gradient of {name} has shape {tuple(gradient.shape)}; it should be {shape}"
        )
    try:
        xp = array_namespace(promoted, gradient)
    except TypeError as error:
        raise BadInput(
            f"the gradient of {name} belongs to another array library than {name} itself; give "
            "both as arrays of one library"
        ) from error
    if not xp.isdtype(gradient.dtype, ("real floating", "integral")):
        raise BadInput(f"the gradient of {name} has dtype {gradient.dtype}; give real numbers")
    is_single = xp.isdtype(gradient.dtype, "real floating") and gradient.dtype != xp.float64
    claimed = xp.astype(gradient, xp.float64)
    return Claim(name, layer, parameter, promoted, claimed, is_single=is_single)
