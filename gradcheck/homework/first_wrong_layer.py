"""For a chain of layers: the first wrong layer on the way back, and which of its gradients.

Each layer was checked by itself, with a random arriving gradient. So each layer is right or wrong
by itself; no mistake downstream can make it wrong. Backprop goes through the layers from the last
to the first, and the first wrong one that it meets is the one to mend first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradcheck.homework.disagreement import wrong_arrays
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.verdicts.verdict import Verdict

__all__ = ["FirstWrongLayer", "first_wrong_layer"]

WHOLE = "how-layers-are-joined"  # the name of the place where no layer is wrong by itself


@dataclass(frozen=True)
class FirstWrongLayer:
    """Where a chain of layers is wrong first.

    Attributes:
        layer: the name of the part, such as ``layer 2 (Tanh)``; None if every layer that was
            checked is right by itself.
        wrong: the arrays whose gradients are wrong in it.
        right: those whose gradients are right in it.
        right_after: how many layers downstream of it are right by themselves.
        cause: the likely mistake in it; None if only hints are to be given.
        hints: at most three. Each says more than the one before.

    """

    layer: str | None
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    right_after: int
    cause: LikelyCause | None
    hints: tuple[str, ...]

    @property
    def after(self) -> str:
        """What is known of the layers downstream."""
        if not self.right_after:
            return "It is the last layer."
        if self.right_after == 1:
            return "The layer after it is right by itself."
        return f"The {self.right_after} layers after it are right by themselves."

    def as_hints(self, count: int) -> "FirstWrongLayer":
        """Only the first hints; with one hint, the arrays stay hidden too.

        Args:
            count: how many hints, 1 to 3.

        """
        shown = self if count > 1 else replace(self, wrong=(), right=())
        return replace(shown, cause=None, hints=self.hints[:count])

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "layer": self.layer,
            "wrong": list(self.wrong),
            "right": list(self.right),
            "layers_right_after": self.right_after,
            "hints": list(self.hints),
        }

    @property
    def evidence(self) -> str:
        """What is right downstream of the layer, and what is right and wrong in it."""
        return f"{self.after} {self.hints[1]}"

    def lines(self) -> list[str]:
        """The layer, its gradients, and the likely mistake; or the hints."""
        if self.cause is None:
            return [f"Hint {n}: {hint}" for n, hint in enumerate(self.hints, start=1)]
        if self.layer is None:
            return [self.cause.sentence]
        return [f"First wrong layer on the way back: {self.layer}. {self.evidence}",
                self.cause.sentence]  # fmt: skip


def first_wrong_layer(parts: Sequence[PartReport]) -> FirstWrongLayer | None:
    """The first wrong layer of a chain, on the way back.

    Args:
        parts: the whole chain, then its layers in the order of the forward pass.

    Returns:
        None if nothing disagrees.

    """
    whole, layers = parts[0], parts[1:]
    for position in range(len(layers) - 1, -1, -1):
        if layers[position].report.verdict is Verdict.DISAGREE:
            return _in_layer(layers[position], len(layers) - 1 - position)
    if whole.report.verdict is not Verdict.DISAGREE:
        return None
    return _in_the_whole(whole, layers)


def _in_layer(part: PartReport, right_after: int) -> FirstWrongLayer:
    wrong = wrong_arrays(part.report)
    names = tuple(array.name for array in wrong)
    right = tuple(
        array.name
        for array in part.report.arrays
        if array.verdicts.size and array.name not in names
    )
    what = f"The gradient{'s' if len(names) > 1 else ''} of {_listed(names)} "
    what += "are wrong." if len(names) > 1 else "is wrong."
    if right:
        what += f" {'Those' if len(right) > 1 else 'That'} of {_listed(right)} "
        what += "are right." if len(right) > 1 else "is right."
    lines = f"Read the lines of its backward pass that compute the gradient of {_words(names[0])}."
    cause = part.likely_cause or LikelyCause(f"gradient-of-{names[0]}", lines, is_mistake=False)
    found = FirstWrongLayer(part.name, names, right, right_after, cause, ())
    return replace(found, hints=(f"Look at {part.name}. {found.after}", what, lines))


def _in_the_whole(whole: PartReport, layers: Sequence[PartReport]) -> FirstWrongLayer:
    """Every layer is right by itself, and the whole is not."""
    wrong = tuple(array.name for array in wrong_arrays(whole.report))
    checked = f"Each of the {len(layers)} layers that were checked is right by itself"
    where = (
        f"{checked}, but the whole is wrong. Check how its backward pass joins them: their order, "
        "what it hands from one to the next, and branches that must be added."
    )
    hints = (f"{checked}.", f"The whole is wrong in {_listed(wrong)}.", where)
    cause = LikelyCause(WHOLE, where, is_mistake=False)
    if whole.likely_cause is not None and whole.likely_cause.is_mistake:
        cause = whole.likely_cause
    right = tuple(array.name for array in whole.report.arrays if array.name not in wrong)
    return FirstWrongLayer(None, wrong, right, len(layers), cause, hints)


def _listed(names: Sequence[str]) -> str:
    words = [_words(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _words(name: str) -> str:
    return "its input x" if name == "x" else name
