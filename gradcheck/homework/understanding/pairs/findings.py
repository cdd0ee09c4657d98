"""How a pair of functions was understood, and what its backward does besides its numbers."""

import numpy as np

from gradcheck.homework.finding import ODDITY, Finding, fault, guess, oddity
from gradcheck.homework.understanding.pairs.argument_roles import (
    TARGET_ROLES,
    role_in,
    target_rank,
)
from gradcheck.homework.understanding.pairs.part import PairRead
from gradcheck.homework.unusable_gradient import unusable
from gradcheck.show.numbers import typed_shape
from gradcheck.verdicts.functions.findings import backward_findings

__all__ = ["findings_of"]


def findings_of(read: PairRead) -> list[Finding]:
    """How the functions are called, and what is unusual about them."""
    return [_understood(read), *_unusual(read)]


def _understood(read: PairRead) -> Finding:
    """What forward was called with."""
    calls = read.trial.calls
    shapes = ", ".join(
        f"{name} {typed_shape(value.shape) or 'a number'}"
        for name, value in calls.given.items()
        if isinstance(value, np.ndarray)
    )
    others = ", ".join(
        f"{name}={value!r}"
        for name, value in calls.given.items()
        if not isinstance(value, np.ndarray)
    )
    more = f"; {others}" if others else ""
    return guess(f"{read.pair.forward_name} was called with {shapes}{more}.")


def _unusual(read: PairRead) -> list[Finding]:
    """What backward does besides its numbers, and the arrays without a gradient.

    What ``check_backward`` finds wrong besides the numbers is a fault.
    """
    found = []
    is_loss = not read.arriving[0].ndim
    missing = [
        name
        for name in read.trial.calls.arrays
        if name not in read.trial.places.keys
        and role_in(name, read.trial.form) not in TARGET_ROLES
        and not (is_loss and target_rank(name))
    ]
    if missing:
        text = f"{read.backward_name} returns no gradient of {', '.join(missing)}."
        found.append(Finding(ODDITY, text, tuple(missing)))
    found += unusable(list(read.trial.unusable))
    if read.trial.reshaped:
        found.append(
            oddity(
                f"The gradient of {', '.join(read.trial.reshaped)} has another number of axes "
                "than the array. It was reshaped for the check."
            )
        )
    if read.has_means:
        found.append(
            guess(
                f"{read.backward_name} divides the gradients of the parameters by the number "
                "of examples, but not the gradient of the input: the cost is a mean over the "
                "examples. They were multiplied by that number for the check."
            )
        )
    if read.pair.backward is None or read.trial.calls.binding is None:
        return found
    if read.trial.calls.binding.is_derivative:
        return found
    with read.caller.calling(f"{read.backward_name}(...)"), np.errstate(all="ignore"):
        sentences = backward_findings(read.functions, read.arriving).sentences
    return found + [fault(_with_names(read, each)) for each in sentences]


def _with_names(read: PairRead, sentence: str) -> str:
    """A sentence about forward or backward, with the function's own name."""
    for word, name in (
        ("forward ", read.pair.forward_name),
        ("backward ", read.backward_name),
    ):
        if sentence.startswith(word):
            return f"{name} {sentence.removeprefix(word)}"
    return sentence
