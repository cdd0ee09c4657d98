"""Arrays and claimed gradients, checked and brought to float64."""

import warnings

import numpy as np
from array_api_compat import device, is_jax_array

from gradcheck.engines.libraries import detached, for_arithmetic
from gradcheck.verdicts.claim import Claim
from nets.arrays import Array, array_namespace
from nets.errors import BadInput, is_number
from nets.plain_arrays import expect_plain

__all__ = ["claim_of", "promoted_array"]


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
