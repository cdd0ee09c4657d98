"""What a reader of the verdict must know about a student's class: guesses and oddities."""

from dataclasses import dataclass

__all__ = ["DIFFERENCES", "GUESS", "ODDITY", "Finding", "guess", "oddity"]

GUESS, ODDITY, DIFFERENCES = "guess", "oddity", "differences"


@dataclass(frozen=True)
class Finding:
    """One fact about a student's class.

    Attributes:
        kind: ``guess`` (how the class was understood), ``oddity`` (something unusual that it
            does or holds) or ``differences`` (its backward pass differentiates numerically).
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
