"""What a reader of the verdict must know about a student's code: guesses, oddities and faults."""

from dataclasses import dataclass

__all__ = [
    "DIFFERENCES",
    "FAULT",
    "GUESS",
    "ODDITY",
    "UNUSABLE",
    "Finding",
    "fault",
    "guess",
    "oddity",
]

GUESS, ODDITY, FAULT, DIFFERENCES = "guess", "oddity", "fault", "differences"
UNUSABLE = "wrong shape"


@dataclass(frozen=True)
class Finding:
    """One fact about a student's code.

    Attributes:
        kind: ``guess`` (how the code was understood), ``oddity`` (something unusual that it does
            or holds), ``fault`` (something wrong that it does besides its numbers),
            ``differences`` (its backward pass differentiates numerically) or ``wrong shape`` (a
            gradient cannot be compared with its array).
        text: a sentence.
        missing: the names of arrays, if it says that the backward pass returns no gradient of them.

    """

    kind: str
    text: str
    missing: tuple[str, ...] = ()


def guess(text: str) -> Finding:
    """How something in the class was understood, because nothing in the class says it."""
    return Finding(GUESS, text)


def oddity(text: str) -> Finding:
    """Something unusual in the class; its gradients may be right all the same."""
    return Finding(ODDITY, text)


def fault(text: str) -> Finding:
    """Something wrong besides the numbers: a strict check does not pass with it."""
    return Finding(FAULT, text)
