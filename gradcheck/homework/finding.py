"""What a reader of the verdict must know about a student's code: guesses, oddities and faults."""

from dataclasses import dataclass

__all__ = ["FAULT", "GUESS", "ODDITY", "Finding", "fault", "guess", "oddity"]

GUESS, ODDITY, FAULT = "guess", "oddity", "fault"


@dataclass(frozen=True)
class Finding:
    """One fact about a student's code.

    Attributes:
        kind: ``guess`` (how the code was understood), ``oddity`` (something unusual that it does
            or holds) or ``fault`` (something wrong that it does besides its numbers).
        text: a sentence.

    """

    kind: str
    text: str


def guess(text: str) -> Finding:
    """How something in the class was understood, as nothing in the class says it."""
    return Finding(GUESS, text)


def oddity(text: str) -> Finding:
    """Something unusual in the class; its gradients may be right all the same."""
    return Finding(ODDITY, text)


def fault(text: str) -> Finding:
    """Something wrong besides the numbers: a strict check does not pass with it."""
    return Finding(FAULT, text)
