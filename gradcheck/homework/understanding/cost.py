"""Which cost a student's gradients belong to: the class's own, or one that it names."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.own_cost import is_cost_name
from gradcheck.homework.understanding.by_trying.usual_cost import usual_costs
from gradcheck.homework.understanding.cost_method import cost_of_method
from gradcheck.homework.understanding.cost_object import cost_of_object
from gradcheck.homework.understanding.forms import Form
from gradcheck.homework.understanding.forward_pass import find_forward_pass
from gradcheck.homework.understanding.members import methods_of
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT, meant_by
from gradcheck.homework.understanding.student_cost import StudentCost
from gradcheck.homework.understanding.student_network import StudentNetwork

__all__ = ["cost_named", "cost_of"]

# The attributes that may hold the cost, in the order in which they are looked at.
NAMES = ("cost", "loss", "cost_function", "loss_function", "compute_cost", "compute_loss")
VALUE_SHOWN = 40  # characters of an attribute that is no cost


def cost_of(student: StudentNetwork, batch: MiniBatch, form: Form) -> StudentCost:
    """The cost of a student's network on a mini-batch, as far as the class says which it is.

    Args:
        student: whose cost it is.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        form: how backprop takes its examples: tried first for a cost that takes inputs.

    Raises:
        StudentError: there is neither a forward pass nor a cost.

    """
    unused: list[Finding] = []
    for name in NAMES:
        own = getattr(student.own, name, None)
        if own is None:
            continue
        found = _cost_in(student, batch, form, name, own)
        if found is not None:
            return replace(found, findings=(*unused, *found.findings))
        unused.append(
            oddity(f"{name} = {own!r:.{VALUE_SHOWN}} is not a cost function, so it was not used.")
        )
    own_cost = _under_another_name(student, batch, form)
    if own_cost is not None:
        return replace(own_cost, findings=(*unused, *own_cost.findings))
    has_derivative = callable(getattr(student.own, "cost_derivative", None))
    why = "the class has cost_derivative but no cost" if has_derivative else "the class names none"
    found = cost_named(student, batch, _usual(student, batch), why, guessed=True)
    return replace(found, findings=(*unused, *found.findings))


def _under_another_name(
    student: StudentNetwork, batch: MiniBatch, form: Form
) -> StudentCost | None:
    """A method that gives a cost under a name such as ``total_cost``; None if there is none."""
    for name in methods_of(type(student.own)):
        if name in NAMES or not is_cost_name(name):
            continue
        with suppress(StudentError):
            return cost_of_method(student, batch, name, getattr(student.own, name), form)
    return None


def _usual(student: StudentNetwork, batch: MiniBatch) -> str:
    """The likeliest cost of the output: outputs that add up to 1 come from softmax."""
    outputs = find_forward_pass(student, batch).output(batch.inputs)
    return usual_costs("", outputs)[0]


def _cost_in(
    student: StudentNetwork, batch: MiniBatch, form: Form, name: str, own: Any
) -> StudentCost | None:
    """The cost in one attribute: a word, an object with ``fn``, or a method; None if neither."""
    if isinstance(own, str):
        meaning = meant_by(own)
        if meaning is None:
            return None
        return cost_named(student, batch, meaning, f"{name} = {own!r}", guessed=True)
    if hasattr(own, "fn"):
        return cost_of_object(student, batch, name, own)
    if callable(own):
        return cost_of_method(student, batch, name, own, form)
    return None


def cost_named(
    student: StudentNetwork, batch: MiniBatch, name: str, why: str, *, guessed: bool = False
) -> StudentCost:
    """A cost of the output of the student's forward pass, the mean over the mini-batch.

    Args:
        student: whose forward pass it is.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        name: in ``COSTS_OF_OUTPUT``.
        why: this cost was chosen.
        guessed: whether it may be another one.

    Raises:
        StudentError: there is no forward pass.

    """
    cost = COSTS_OF_OUTPUT[name]
    forward = find_forward_pass(student, batch)

    def evaluate() -> Any:
        return np.sum(cost.per_example(forward.output(batch.inputs), batch.targets)) / batch.size

    text = f"The cost is {cost.formula}, averaged over the mini-batch ({why})."
    return StudentCost(
        name,
        evaluate,
        forward.form.calls(batch.size),
        (forward.finding(), guess(text)),
        guessed=guessed,
    )
