"""Checks that something is an array of plain numbers, or a place where arrays can be put."""

import numpy as np

from nets.arrays import Place, array_namespace, expect_finite, is_masked
from nets.errors import BadInput

__all__ = ["expect_place", "expect_plain", "expect_real_beside"]


def expect_plain(name: str, array: object) -> None:
    """Check that this is an array of some library, whose entries are plain numbers, all present.

    Args:
        name: what messages call it.
        array: what was given, of any type.

    Raises:
        BadInput: it is no array, or a masked array, or a ``np.matrix``, or it does not hold real
            numbers.

    """
    if is_masked(array):
        raise BadInput(f"{name} is a masked array; give a plain array, without gaps")
    if isinstance(array, np.matrix):
        raise BadInput(f"{name} is a np.matrix; give an array: np.asarray makes one of it")
    try:
        xp = array_namespace(array)
        is_real = xp.isdtype(array.dtype, ("real floating", "integral", "bool"))  # type: ignore[attr-defined]
    except (TypeError, AttributeError) as error:
        raise BadInput(
            f"{name} is a {type(array).__name__}; give an array (np.array makes one of a number or "
            "a list)"
        ) from error
    if not is_real:
        raise BadInput(f"{name} has dtype {array.dtype}; give real numbers")  # type: ignore[attr-defined]


def expect_real_beside(where: Place, name: str, array: object) -> None:
    """Check that an array of any shape holds finite real numbers, in the library of a place.

    Args:
        where: the place of what it is computed with, such as a network.
        name: what messages call the array.
        array: what was given.

    Raises:
        BadInput: it does not.

    """
    expect_plain(name, array)
    if array_namespace(array) is not where.namespace:
        raise BadInput(
            f"{name} belongs to another array library than the network; give both as arrays of "
            "one library"
        )
    expect_finite(name, array)


def expect_place(name: str, where: object) -> None:
    """Check that arrays can be put somewhere.

    Args:
        name: of the argument.
        where: what was given.

    Raises:
        BadInput: it is no ``Place``, or nothing can be put there.

    """
    if not isinstance(where, Place):
        raise BadInput(f"{name} is a {type(where).__name__}; give what nets.place returns")
    try:
        where.put(0.0)
    except (AttributeError, TypeError, ValueError) as error:
        raise BadInput(
            f"{name} is a Place that takes no numbers ({type(error).__name__}); give what "
            "nets.place returns"
        ) from error
