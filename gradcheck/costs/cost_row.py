"""What one network costs, measured and on paper."""

from dataclasses import dataclass
from typing import Any

from gradcheck.costs.multiply_adds import (
    backprop_forward_passes,
    backward_multiply_adds,
    batched_work,
    book_forward_passes,
    forward_multiply_adds,
)
from gradcheck.costs.sampled_time import Ratio, Timing

__all__ = ["LECTURE", "Case", "CostRow", "Measured"]

# A part of 1: a forward pass that reaches this part of the rate of a large matrix product is bound
# by arithmetic. One half is a convention: arithmetic then takes at least half of the time.
ARITHMETIC = 0.5
# Seconds for each layer. NumPy needs about 1.7 microseconds to multiply two 2 x 2 matrices, nearly
# all of it for the call. A product that takes at most about three times as long counts as a call.
SHORT_PRODUCT = 5e-6


@dataclass(frozen=True)
class Case:
    """What is measured in one row.

    Attributes:
        sizes: the number of neurons in each layer, the inputs first.
        batch_size: the number of examples in the mini-batch.

    """

    sizes: tuple[int, ...]
    batch_size: int


# The rows of `gradcheck cost-compare` without arguments: the book's network with growing
# mini-batches, and networks that grow wider, up to a million parameters.
LECTURE = (
    *(Case((784, 30, 10), batch_size) for batch_size in (1, 10, 100, 1000)),
    *(Case((784, width, 10), 10) for width in (100, 300, 1258)),
)


@dataclass(frozen=True)
class Measured:
    """How long a long piece of work takes in all.

    Attributes:
        timing: seconds for all of the work.
        estimated: whether only a part of the work was timed, and its time scaled up.
        times: how many times as long it takes as another work that was timed in turns with it;
            None if there was no other work.

    """

    timing: Timing
    estimated: bool
    times: Ratio | None = None

    @property
    def seconds(self) -> float:
        """How long it takes while nothing disturbs it."""
        return self.timing.seconds


@dataclass(frozen=True)
class CostRow:
    """What one network and mini-batch cost.

    Attributes:
        case: the sizes of the network and of the mini-batch.
        device: ``cpu`` or ``gpu``.
        dtype: of forward and backprop.
        forward, backprop: seconds of one pass; backprop is forward and backward together.
        book_loop: seconds of backprop, one example at a time.
        one_by_one: seconds of (46) for all parameters, with one forward pass for each.
        batched: seconds of (46) for all parameters by the batched engine.
        product_rate: multiply-adds per second of a large matrix product in the same run.
        product_seconds: how long the matrix products of one forward pass take.
        activation_seconds: how long the activation functions of one forward pass take.
        derivative_seconds: how long their derivatives take in one backward pass.

    """

    case: Case
    device: str
    dtype: str
    forward: Timing
    backprop: Timing
    book_loop: Measured
    one_by_one: Measured
    batched: Measured
    product_rate: float
    product_seconds: float
    activation_seconds: float
    derivative_seconds: float

    @property
    def parameters(self) -> int:
        """The number of weights and biases."""
        return book_forward_passes(self.case.sizes) - 1

    @property
    def times(self) -> Ratio:
        """How many times as long as backprop (46) one by one takes."""
        return self.one_by_one.times or self.one_by_one.timing.over(self.backprop)

    @property
    def predicted(self) -> float:
        """The cost of backprop in forward passes, counted in multiply-adds."""
        return backprop_forward_passes(self.case.sizes)

    @property
    def predicted_with_activations(self) -> float:
        """The same, with the measured time of the activation functions added to both passes."""
        sizes, batch_size = self.case.sizes, self.case.batch_size
        forward = forward_multiply_adds(sizes, batch_size) / self.product_rate
        backward = backward_multiply_adds(sizes, batch_size) / self.product_rate
        whole = forward + self.activation_seconds
        return 1.0 + (backward + self.derivative_seconds) / whole

    @property
    def achieved(self) -> float:
        """The rate of the forward pass, as a part of the rate of a large matrix product."""
        done = forward_multiply_adds(self.case.sizes, self.case.batch_size)
        return done / self.forward.seconds / self.product_rate

    @property
    def arithmetic_takes_most(self) -> bool:
        """Whether a forward pass reaches at least half the rate of a large matrix product."""
        return self.achieved >= ARITHMETIC

    @property
    def limited_by(self) -> str:
        """What takes most of the time of a forward pass.

        ``arithmetic``: see ``arithmetic_takes_most``.
        Otherwise ``products`` (they are too narrow for that rate), ``activations`` (the activation
        functions) or ``calls`` (calling many small functions), whichever takes longest.
        """
        if self.arithmetic_takes_most:
            return "arithmetic"
        rest = self.forward.seconds - self.product_seconds - self.activation_seconds
        shares = {
            "products": self.product_seconds,
            "activations": self.activation_seconds,
            "calls": rest,
        }
        if self.product_seconds < SHORT_PRODUCT * (len(self.case.sizes) - 1):
            shares["calls"] += shares.pop("products")
        return max(shares, key=lambda name: shares[name])

    def to_dict(self) -> dict[str, Any]:
        """The row as plain numbers, lists and strings."""
        ratio = self.backprop.over(self.forward)
        return {
            "sizes": list(self.case.sizes),
            "parameters": self.parameters,
            "batch_size": self.case.batch_size,
            "device": self.device,
            "dtype": self.dtype,
            "multiply_adds": self._multiply_adds(),
            "forward_passes": {
                "backprop_predicted": self.predicted,
                "backprop_predicted_with_activations": self.predicted_with_activations,
                "backprop_measured": ratio.value if ratio.steady else None,
                "finite_differences": book_forward_passes(self.case.sizes),
            },
            "seconds": {
                "forward": self.forward.seconds,
                "backprop": self.backprop.seconds,
                "book_loop_backprop": self.book_loop.seconds,
                "finite_differences": self.one_by_one.seconds,
                "finite_differences_batched": self.batched.seconds,
            },
            "quartiles": {
                "forward": self.forward.quartiles,
                "backprop": self.backprop.quartiles,
                "finite_differences": self.one_by_one.timing.quartiles,
                "finite_differences_batched": self.batched.timing.quartiles,
            },
            "finite_differences_over_backprop": self.times.value if self.times.steady else None,
            "book_loop_estimated": self.book_loop.estimated,
            "finite_differences_estimated": self.one_by_one.estimated,
            "finite_differences_batched_estimated": self.batched.estimated,
            "achieved_rate": self.achieved,
            "limited_by": self.limited_by,
        }

    def _multiply_adds(self) -> dict[str, int]:
        sizes, batch_size = self.case.sizes, self.case.batch_size
        return {
            "forward": forward_multiply_adds(sizes, batch_size),
            "backward": backward_multiply_adds(sizes, batch_size),
            "finite_differences_batched": batched_work(sizes, batch_size).multiply_adds,
        }
