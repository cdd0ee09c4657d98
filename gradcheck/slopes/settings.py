"""How a check measures: the scheme, its step, and which entries."""

from dataclasses import dataclass

from gradcheck.engines.entries import expect_sample
from gradcheck.slopes.schemes import Scheme, checked_epsilon, scheme_named

__all__ = ["Settings"]


@dataclass(frozen=True)
class Settings:
    """How a check measures.

    Attributes:
        scheme: how slopes are made of costs.
        epsilon: the step relative to max(1, |w|).
        sample: at most so many entries of each array are checked; None for all.
        seed: of the sample, and of the entries at which the noise is measured.

    """

    scheme: Scheme
    epsilon: float
    sample: int | None
    seed: int

    @classmethod
    def of(
        cls,
        scheme: str,
        epsilon: float | None = None,
        sample: int | None = None,
        seed: int = 0,
    ) -> "Settings":
        """Check what was asked for; without an epsilon the scheme's own is taken.

        Raises:
            BadInput: there is no such scheme, or a step, a sample or a seed cannot be used.

        >>> Settings.of("forward").epsilon == 2.0**-21
        True

        """
        chosen = scheme_named(scheme)
        expect_sample(sample, seed)
        return cls(chosen, checked_epsilon(chosen, epsilon), sample, seed)
