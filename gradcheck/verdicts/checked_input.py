"""What ``check_gradients`` is given, checked before anything is measured."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from array_api_compat import device, is_jax_array

from gradcheck.engines.libraries import detached, for_arithmetic
from gradcheck.engines.one_by_one import Box
from gradcheck.verdicts.checked_bounds import Bounds, boxes_of
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.packing import Words, matched, named_arrays, packer
from nets.arrays import Array, array_namespace
from nets.errors import BadInput, in_one_line, is_number
from nets.plain_arrays import expect_plain

__all__ = ["Given", "Parameters", "claim_of", "given", "promoted_array"]

# An array, or a dict, a list or a tuple in which there are arrays, or such dicts, lists and tuples.
Parameters = Mapping[str, Any] | Sequence[Any] | Array


@dataclass(frozen=True)
class Given:
    """A cost, its parameters and their claimed gradients, in one order.

    Attributes:
        function: the cost function, as it was given.
        parameters: as they were given.
        packed: packs arrays in this order like the parameters.
        names: of the parameter arrays.
        values: the arrays, as they were given.
        gradients: the claims, as they were given.

    """

    function: Callable[..., Array]
    parameters: Parameters
    packed: Callable[[Sequence[Array]], Any]
    names: Sequence[str]
    values: Sequence[Array]
    gradients: Sequence[Array]

    def cost(self, arrays: Sequence[Array]) -> Array:
        """The cost of arrays in this order and in the shapes of the parameters: one number."""
        return self.function(self.packed(arrays))

    @cached_property
    def arrays(self) -> list[Array]:
        """What the cost function gets: the arrays in float64 and in their own library and shapes.

        Raises:
            BadInput: one of them is no array of finite real numbers.

        """
        return [
            promoted_array(name, value) for name, value in zip(self.names, self.values, strict=True)
        ]

    def claims(self, nondeterminism: float = 0.0) -> list[Claim]:
        """The arrays with their claims, in float64, for the arithmetic of the check.

        Args:
            nondeterminism: how far apart two evaluations of the cost may come out.

        Raises:
            BadInput: there is nothing to check, or an array and its claim do not fit each other.

        """
        if not is_number(nondeterminism) or nondeterminism < 0.0:
            raise BadInput(
                f"nondeterminism is {in_one_line(nondeterminism)}; give a number from 0, the "
                "largest difference between two costs of the same parameters"
            )
        claims = [
            claim_of(name, None, name, for_arithmetic(array), gradient)
            for name, array, gradient in zip(self.names, self.arrays, self.gradients, strict=True)
        ]
        if not any(claim.values.size for claim in claims):
            raise BadInput("there are no parameters to check; give an array that has entries")
        # Numbers in a range of this width have a standard deviation of at most half of it
        # (Popoviciu's inequality).
        return [replace(claim, cost_round_off=nondeterminism / 2.0) for claim in claims]

    def boxes(self, bounds: Bounds | None) -> list[Box] | None:
        """For each array its lowest and its highest values, each of its shape; None for no bounds.

        Raises:
            BadInput: the bounds do not fit the parameters, or a parameter lies outside.

        """
        values = [for_arithmetic(array) for array in self.arrays]
        return boxes_of(bounds, self.parameters, self.names, values)


def given(cost: Callable[..., Array], parameters: Parameters, gradients: Parameters) -> Given:
    """Bring parameters and gradients into one order.

    Args:
        cost: from parameters, packed like these, to one number.
        parameters: an array, or a dict, list or tuple of arrays or of further ones, each array of
            any shape.
        gradients: the claims, packed in the same way, each in the shape of its array.

    Raises:
        BadInput: they are packed otherwise, or a gradient is missing, or the cost is no function.

    """
    if not callable(cost):
        raise BadInput(f"the cost is a {type(cost).__name__}; give a function as first argument")
    named = named_arrays(parameters)
    if not hasattr(parameters, "shape") and named == [("parameters", parameters)]:
        raise BadInput(
            f"the parameters are a {type(parameters).__name__}; give an array, a list of arrays or "
            "a dict of arrays"
        )
    pack = packer(parameters)
    return Given(
        cost,
        parameters,
        lambda arrays: pack(iter(arrays)),
        [name for name, _ in named],
        [value for _, value in named],
        matched(parameters, gradients, Words("gradient", "gradients")),
    )


def promoted_array(name: str, array: Array) -> Array:
    """The array in float64 and in its own shape and library, without a gradient of its own.

    Args:
        name: what messages call it.
        array: of any shape and library.

    Raises:
        BadInput: it is no array of finite real numbers, or its library has no float64.

    """
    expect_plain(name, array)
    if isinstance(array, np.ndarray | np.generic):
        array = np.asarray(array)  # not a class of its own, whose operators may be others
    xp = array_namespace(array)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # JAX warns that it stays in float32: see below
            promoted = xp.astype(detached(array), xp.float64)
        finite = bool(xp.all(xp.isfinite(promoted)))
    except (TypeError, NotImplementedError, RuntimeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise BadInput(
            f"{name} cannot be read as float64 ({reason}); give an array that holds numbers, on a "
            "device that has float64"
        ) from error
    if promoted.dtype != xp.float64:
        mend = (
            'call jax.config.update("jax_enable_x64", True) before any array is made'
            if is_jax_array(promoted)
            else "give an array of a library that has float64"
        )
        raise BadInput(
            f"a check needs float64, but the library of {name} makes {promoted.dtype} of it; {mend}"
        )
    if not finite:
        raise BadInput(f"{name} contains NaN or infinity; give finite numbers")
    return promoted


def claim_of(name: str, layer: int | None, parameter: str, values: Array, gradient: Array) -> Claim:
    """An array with the gradient that is claimed for it, both in float64.

    Args:
        name: what messages and tables call the array.
        layer: its layer, counted from 1, if it belongs to one.
        parameter: ``weights``, ``biases``, or the name.
        values: the array, of any shape.
        gradient: of the same shape; a plain number will do for an array of shape (). It may be of
            another library than NumPy where the array is NumPy's, as with PyTorch and JAX.

    Raises:
        BadInput: one of them is no array of real numbers, or they do not fit each other.

    """
    promoted = promoted_array(name, values)
    shape = tuple(promoted.shape)
    if shape == () and is_number(gradient) and not hasattr(gradient, "shape"):
        gradient = array_namespace(promoted).asarray(float(gradient), device=device(promoted))
    if not hasattr(gradient, "shape"):
        raise BadInput(
            f"the gradient of {name} is a {type(gradient).__name__}; it should be an array of "
            f"shape {shape}"
        )
    expect_plain(f"the gradient of {name}", gradient)
    if tuple(gradient.shape) != shape:
        raise BadInput(
            f"the gradient of {name} has shape {tuple(gradient.shape)}; it should be {shape}"
        )
    gradient = _read(f"the gradient of {name}", gradient)
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


def _read(name: str, array: Array) -> Array:
    """An array of any shape and library for the arithmetic of the check.

    Raises:
        BadInput: its numbers cannot be read.

    """
    try:
        return for_arithmetic(array)
    except (TypeError, NotImplementedError, RuntimeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise BadInput(f"{name} cannot be read ({reason}); give an array of numbers") from error
