"""What ``check_gradients`` is given, checked before anything is measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from gradcheck.engines.libraries import for_arithmetic
from gradcheck.engines.one_by_one import Box
from gradcheck.verdicts.checked_arrays import claim_of, promoted_array
from gradcheck.verdicts.checked_bounds import Bounds, boxes_of
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.packing import Words, matched, named_arrays, packer
from nets.arrays import Array
from nets.errors import BadInput, in_one_line, is_number

__all__ = ["Given", "Parameters", "given"]

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
