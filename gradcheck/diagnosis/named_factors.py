"""The factors that have a name: what a gradient that is a multiple of the right one may be."""

from dataclasses import dataclass

__all__ = ["FACTORS", "Factor"]


@dataclass(frozen=True)
class Factor:
    """A factor that has a name: a constant times powers of the sizes.

    Attributes:
        name: of the mistake.
        says: the mistake, a sentence; ``{m}`` and ``{n}`` stand for the sizes.
        constant: what the powers are multiplied by.
        batch: the power of m, the number of examples.
        outputs: the power of n, how many numbers one output has.

    """

    name: str
    says: str
    constant: float = 1.0
    batch: int = 0
    outputs: int = 0

    @property
    def has_sizes(self) -> bool:
        """Whether it depends on m or n."""
        return bool(self.batch or self.outputs)

    def value(self, m: int | None, n: int | None) -> float | None:
        """The factor; None if a size that it depends on is not known, or is 1."""
        if (self.batch and (m or 1) == 1) or (self.outputs and (n or 1) == 1):
            return None
        return self.constant * float(m or 1) ** self.batch * float(n or 1) ** self.outputs


FACTORS = (
    Factor("sign-flipped", "The sign is wrong: it is minus the measured gradient.", constant=-1.0),
    Factor("sign-flipped", "It is minus twice the measured gradient.", constant=-2.0),
    Factor("sign-flipped", "It is minus half of the measured gradient.", constant=-0.5),
    Factor("factor-two", "It is twice the measured gradient.", constant=2.0),
    Factor("factor-half", "It is half of the measured gradient.", constant=0.5),
    Factor(
        "not-divided-by-batch",
        "It is m = {m} times too large: a sum over the examples where the cost has a mean.",
        batch=1,
    ),
    Factor(
        "divided-twice",
        "It is m = {m} times too small: divided by the number of examples once too often.",
        batch=-1,
    ),
    Factor(
        "sign-flipped",
        "It is minus m = {m} times the measured gradient.",
        constant=-1.0,
        batch=1,
    ),
    Factor(
        "sign-flipped",
        "It is minus 1/m = 1/{m} of the measured gradient.",
        constant=-1.0,
        batch=-1,
    ),
    Factor(
        "not-divided-by-outputs",
        "It is {n} times too large, and one output has {n} numbers: a sum over them where the cost "
        "has a mean.",
        outputs=1,
    ),
    Factor(
        "divided-by-outputs",
        "It is {n} times too small, and one output has {n} numbers: divided by their number once "
        "too often.",
        outputs=-1,
    ),
    Factor(
        "not-divided-by-batch",
        "It is m n = {m} x {n} times too large: a sum over the examples and over the numbers of "
        "each output, where the cost has a mean.",
        batch=1,
        outputs=1,
    ),
    Factor(
        "divided-twice",
        "It is m n = {m} x {n} times too small: divided by the size of the output once too often.",
        batch=-1,
        outputs=-1,
    ),
)
