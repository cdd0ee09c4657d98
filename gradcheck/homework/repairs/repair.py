"""A change that may mend a student's code, and the mistake that it would mend."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from gradcheck.homework.repairs.change import Change, Site
from gradcheck.homework.repairs.code_units import CodeUnit
from gradcheck.homework.repairs.watched_run import Scope

__all__ = ["CAUSES", "Place", "Repair", "Sizes"]

# What each mistake is, in a sentence. A mistake that other diagnoses know has the same name there.
CAUSES = {
    "sign-flipped": "A sign is wrong.",
    "factor-two": "The gradient is twice too large.",
    "factor-half": "A factor of 2 is missing, or the gradient is halved.",
    "not-divided-by-batch": "The gradient is not divided by the number of examples.",
    "divided-twice": "The gradient is divided by the number of examples once too often.",
    "not-divided-by-outputs": "The gradient is not divided by the numbers of an output.",
    "divided-by-outputs": "The gradient is divided by the numbers of an output once too often.",
    "constant-factor": "A constant factor is wrong.",
    "mean-for-sum": "A mean is taken where a sum is needed.",
    "sum-for-mean": "A sum is taken where a mean is needed.",
    "wrong-axis": "The sum or mean runs over the wrong axis.",
    "weights-not-transposed": "An array is transposed where it should not be, or the reverse.",
    "axes-in-wrong-order": "The axes are in a wrong order.",
    "flipped": "An array is turned round where it should not be.",
    "missing-activation-derivative": (
        "The gradient is not multiplied by the derivative of the activation function."
    ),
    "derivative-twice": (
        "The gradient is multiplied by a derivative of an activation function once too often."
    ),
    "wrong-activation-derivative": "The derivative of the activation function is wrong.",
    "derivative-at-activation": (
        "The derivative of the activation function is taken at the activation a instead of at z."
    ),
    "derivative-formula-at-z": (
        "The formula for the derivative is a formula in the activation a, but z is put into it."
    ),
    "derivative-of-another-function": "The derivative is that of another function.",
    "wrong-power": "A power is wrong.",
    "wrong-operator": "An arithmetic operation is wrong.",
    "wrong-number": "A constant is wrong.",
    "wrong-condition": "A condition is wrong.",
    "wrong-index": "An index is wrong: the values are those of another layer or step.",
    "wrong-variable": "Another variable is needed: the values are those of another step.",
    "overwritten": "The values before are overwritten: each part should be added to them.",
    "added-to-old": "The values before are added: they should be replaced.",
    "part-left-out": "A part of the sum is left out.",
    "examples-left-out": "Only some of the examples are used.",
    "outside-the-loop": "A line is outside of a loop, so it runs only once and not for every part.",
    "factor-missing": "A factor is missing.",
    "factor-too-many": "There is a factor too many.",
    "term-missing": "A term is missing.",
    "term-too-many": "There is a term too many.",
    "weight-decay-missing": "The derivative of the regularisation is missing.",
    "weight-decay": "There is more regularisation in the gradient than in the cost.",
    "bias-regularised": "The biases are regularised in the gradient, but not in the cost.",
    "call-too-many": "A function is called that should not be.",
}


@dataclass(frozen=True)
class Sizes:
    """Numbers that a wrong factor may come from.

    Attributes:
        examples: what the number of examples may be.
        outputs: what the numbers of one output may be.

    """

    examples: tuple[int, ...] = ()
    outputs: tuple[int, ...] = ()

    def cause_of_factor(self, factor: float, otherwise: str = "constant-factor") -> str:
        """The name of the mistake that makes a gradient so many times too large.

        Args:
            factor: how many times.
            otherwise: the name if the factor says nothing.

        >>> Sizes((7,)).cause_of_factor(7.0), Sizes((7,)).cause_of_factor(0.5)
        ('not-divided-by-batch', 'factor-half')
        """
        if factor < 0.0:
            return "sign-flipped"
        table = {2.0: "factor-two", 0.5: "factor-half"}
        for sizes, large, small in (
            (self.examples, "not-divided-by-batch", "divided-twice"),
            (self.outputs, "not-divided-by-outputs", "divided-by-outputs"),
        ):
            for size in sizes:
                table.setdefault(float(size), large)
                table.setdefault(1.0 / size, small)
        near = (name for value, name in table.items() if abs(factor / value - 1.0) < 1e-9)
        return next(near, otherwise)


@dataclass(frozen=True, eq=False)
class Place:
    """A statement of the backward pass, or a lambda.

    Attributes:
        node: the statement or the lambda.
        sites: its expressions.
        function: the function that it is in; the lambda itself.
        scope: what the names there stood for; None if that is not known.
        sizes: of the part that is checked.
        unit: the outermost function.
        body: the statements among which it is.
        position: its position there.

    """

    node: ast.stmt | ast.Lambda
    sites: Sequence[Site]
    function: ast.AST
    scope: Scope | None
    sizes: Sizes
    unit: CodeUnit
    body: list[ast.stmt] = field(default_factory=list)
    position: int = 0

    @property
    def is_simple(self) -> bool:
        """Whether no statements are inside of the statement."""
        return isinstance(self.node, ast.Lambda) or not hasattr(self.node, "body")

    @property
    def is_there(self) -> bool:
        """Whether the statement is still in its place; a change may put another one there."""
        return not self.body or self.body[self.position] is self.node

    @property
    def results(self) -> list[Site]:
        """What is assigned, returned or added: whole, and each item of a tuple or list."""
        found = []
        for site in self.sites:
            value = site.parent is self.node and site.field in ("value", "body")
            if value and isinstance(site.node, ast.Tuple | ast.List):
                found += [each for each in self.sites if each.parent is site.node]
            elif value:
                found.append(site)
        return found


@dataclass(frozen=True, eq=False)
class Repair:
    """A change that may mend a student's code.

    Attributes:
        cause: a name in ``CAUSES``.
        changes: of the syntax tree.
        place: where it is made.
        slope: the position in ``SLOPES`` of the function that it calls; None if it calls none.

    """

    cause: str
    changes: tuple[Change, ...]
    place: Place
    slope: int | None = None
