"""The mistakes of the exercises: those of the zoo that are slips in code, and some more.

The zoo spoils one step in one layer. A few slips are no such step: they exist in source only.
"""

from dataclasses import dataclass

from gradcheck.bugs.in_code import IN_CODE
from gradcheck.bugs.zoo import BUGS
from nets.errors import BadInput, did_you_mean

__all__ = ["LEVELS", "MISTAKES", "Mistake", "expect_mistake"]


@dataclass(frozen=True)
class Mistake:
    """A mistake that an exercise can have.

    Attributes:
        name: what ``--bug`` calls it.
        says: the mistake in a sentence.
        why: why people make it.
        hint: a question that leads to it without naming it.
        also: what ``verify`` may call it where it knows the numbers of one array only.

    """

    name: str
    says: str
    why: str
    hint: str
    also: tuple[str, ...] = ()


ONLY_IN_SOURCE = (
    Mistake(
        "loop-one-layer-short",
        "The loop over the layers ends before the first layer, so that its gradients stay zero.",
        "range leaves out its end: range(last, 0, -1) stops at 1.",
        "Which layers does the loop visit? Write their numbers down, from the first to the last.",
        also=("all-zero",),
    ),
    Mistake(
        "regularisation-missing",
        "The loss contains the squares of the weights, but the gradient of one layer does not.",
        "The penalty was added to the loss later, and one line of the backward pass was forgotten.",
        "Which terms does the loss have? Which of them depend on this parameter?",
        also=("weight-decay-missing",),
    ),
    Mistake(
        "regularisation-twice",
        "The gradient of the penalty is added twice in one layer.",
        "The derivative of a square brings a factor 2, but the loss has a factor 1/2 that cancels "
        "it.",
        "Write the penalty down with every factor, and differentiate it by hand.",
        also=("weight-decay",),
    ),
)

# What the zoo's mistakes are called where only the numbers of an array are known.
ALSO = {
    "half-missing": ("factor-two",),
    "weights-factor-two": ("factor-two",),
    "not-divided-by-batch": ("constant-factor",),
    "bias-forgotten": ("all-zero",),
    "bias-not-summed": ("examples-left-out",),
    "bias-first-example-only": ("examples-left-out",),
    "derivative-at-activation": ("wrong-variable",),
    "softmax-off-diagonal-dropped": ("term-missing",),
    "derivative-of-another-function": ("wrong-activation-derivative",),
    "activation-for-derivative": ("wrong-activation-derivative",),
    "derivative-formula-at-z": ("wrong-activation-derivative",),
}

MISTAKES: dict[str, Mistake] = {
    **{
        name: Mistake(name, bug.says, IN_CODE[name].why, bug.hint, ALSO.get(name, ()))
        for name, bug in BUGS.items()
    },
    **{mistake.name: mistake for mistake in ONLY_IN_SOURCE},
}

# How hard they are to find. 1: an array is zero, or its numbers are wrong by one factor. 2: one
# step of the chain rule is wrong. 3: the numbers look plausible, and the line looks right.
LEVELS: dict[int, tuple[str, ...]] = {
    1: (
        "sign-flipped",
        "not-divided-by-batch",
        "divided-twice",
        "half-missing",
        "weights-factor-two",
        "bias-averaged",
        "bias-forgotten",
        "loop-one-layer-short",
    ),
    2: (
        "relu-derivative-one",
        "missing-activation-derivative",
        "cross-entropy-shortcut",
        "derivative-twice",
        "derivative-of-another-function",
        "derivative-formula-at-z",
        "activation-for-derivative",
        "fused-derivative-once-more",
        "bias-not-summed",
        "bias-first-example-only",
        "weight-decay",
        "gradient-clipped",
    ),
    3: (
        "targets-shuffled",
        "softmax-off-diagonal-dropped",
        "derivative-at-activation",
        "weights-gradient-transposed",
        "upstream-and-downstream-swapped",
        "z-for-activations",
        "rounded-to-half-precision",
        "weights-not-transposed",
        "wrong-layers-weights",
        "updated-weights",
        "regularisation-missing",
        "regularisation-twice",
    ),
}


def expect_mistake(name: str) -> None:
    """Check that there is a mistake with a name.

    Raises:
        BadInput: there is none.

    """
    if name not in MISTAKES:
        raise BadInput(
            f"bug {name!r} is unknown{did_you_mean(name, MISTAKES)}; gradcheck bugs lists them"
        )
