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
from gradcheck.costs.timing import Ratio, Timing

# Below this part of the rate of a large product, arithmetic is not what takes the time.
ARITHMETIC = 0.5


# A product that takes less than this has hardly begun when it is over: that is a call's time.
SHORT_PRODUCT = 5e-6


@dataclass(frozen=True)
class Case:
    """What a row is about: layer sizes and examples in the mini-batch."""

    sizes: tuple[int, ...]
    batch_size: int


# What `gradcheck cost-compare` shows without arguments: the book's network over batch sizes, and
# a sweep of widths up to a million parameters.
LECTURE = (
    *(Case((784, 30, 10), batch_size) for batch_size in (1, 10, 100, 1000)),
    *(Case((784, width, 10), 10) for width in (100, 300, 1258)),
)


@dataclass(frozen=True)
class Measured:
    """How long the whole takes.

    Attributes:
        timing: of the whole.
        estimated: whether it was scaled up from a part of the work.
        times: how many times as long as a work that was measured in turns with it, if any.

    """

    timing: Timing
    estimated: bool
    times: Ratio | None = None

    @property
    def seconds(self) -> float:
        """The median."""
        return self.timing.median


@dataclass(frozen=True)
class CostRow:
    """What one network and mini-batch cost.

    Attributes:
        case: the network's sizes and the batch.
        device: ``cpu`` or ``gpu``.
        dtype: of forward and backprop.
        forward, backprop: seconds of one pass; backprop is forward and backward together.
        book_loop: backprop one example at a time.
        one_by_one: (46) for all parameters, a forward pass for each.
        batched: the same partials by the batched engine.
        product_rate: multiply-adds a second of a large matrix product in the same run.
        product_seconds: what the matrix products of one forward pass take.
        activation_seconds: what the activation functions of one forward pass take.
        derivative_seconds: what their derivatives take in one backward pass.

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
        """How many weights and biases."""
        return book_forward_passes(self.case.sizes) - 1

    @property
    def times(self) -> Ratio:
        """How many times as long as backprop (46) takes, one by one."""
        return self.one_by_one.times or self.one_by_one.timing.over(self.backprop)

    @property
    def predicted(self) -> float:
        """Backprop in forward passes, by multiply-adds."""
        return backprop_forward_passes(self.case.sizes)

    @property
    def predicted_with_activations(self) -> float:
        """The same, with the measured time of the activation functions counted in."""
        sizes, batch_size = self.case.sizes, self.case.batch_size
        forward = forward_multiply_adds(sizes, batch_size) / self.product_rate
        backward = backward_multiply_adds(sizes, batch_size) / self.product_rate
        whole = forward + self.activation_seconds
        return 1.0 + (backward + self.derivative_seconds) / whole

    @property
    def achieved(self) -> float:
        """The part of a large product's rate that the forward pass reaches."""
        done = forward_multiply_adds(self.case.sizes, self.case.batch_size)
        return done / self.forward.median / self.product_rate

    @property
    def limited_by(self) -> str:
        """What takes most of a forward pass.

        ``arithmetic`` (its products run at the rate of a large one), ``products`` (they do not:
        they are too narrow for it), ``activations`` (the functions), or ``calls`` (what calling
        many small functions costs).
        """
        if self.achieved >= ARITHMETIC:
            return "arithmetic"
        rest = self.forward.median - self.product_seconds - self.activation_seconds
        shares = {
            "products": self.product_seconds,
            "activations": self.activation_seconds,
            "calls": rest,
        }
        if self.product_seconds < SHORT_PRODUCT * (len(self.case.sizes) - 1):
            shares["calls"] += shares.pop("products")
        return max(shares, key=lambda name: shares[name])

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        sizes, batch_size = self.case.sizes, self.case.batch_size
        ratio = self.backprop.over(self.forward)
        batched = batched_work(sizes, batch_size)
        return {
            "sizes": list(sizes),
            "parameters": self.parameters,
            "batch_size": batch_size,
            "device": self.device,
            "dtype": self.dtype,
            "multiply_adds": {
                "forward": forward_multiply_adds(sizes, batch_size),
                "backward": backward_multiply_adds(sizes, batch_size),
                "finite_differences_batched": batched.multiply_adds,
            },
            "forward_passes": {
                "backprop_predicted": self.predicted,
                "backprop_predicted_with_activations": self.predicted_with_activations,
                "backprop_measured": ratio.value if ratio.steady else None,
                "finite_differences": book_forward_passes(sizes),
            },
            "seconds": {
                "forward": self.forward.median,
                "backprop": self.backprop.median,
                "book_loop_backprop": self.book_loop.seconds,
                "finite_differences": self.one_by_one.seconds,
                "finite_differences_batched": self.batched.seconds,
            },
            "quartiles": {
                "forward": _quartiles(self.forward),
                "backprop": _quartiles(self.backprop),
                "finite_differences": _quartiles(self.one_by_one.timing),
                "finite_differences_batched": _quartiles(self.batched.timing),
            },
            "finite_differences_over_backprop": self.times.value if self.times.steady else None,
            "book_loop_estimated": self.book_loop.estimated,
            "finite_differences_estimated": self.one_by_one.estimated,
            "finite_differences_batched_estimated": self.batched.estimated,
            "achieved_rate": self.achieved,
            "limited_by": self.limited_by,
        }


def _quartiles(timing: Timing) -> list[float]:
    return [timing.lower_quartile, timing.upper_quartile]
