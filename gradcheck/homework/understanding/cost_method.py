"""A student's cost that is a method: of inputs and targets, or of output and targets."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import guess
from gradcheck.homework.near import ROUNDING_ALONE
from gradcheck.homework.student_code import StudentError, required_arguments
from gradcheck.homework.understanding.forms import FORMS, Call, Form
from gradcheck.homework.understanding.forward_pass import find_forward_pass
from gradcheck.homework.understanding.student_cost import StudentCost, one_number
from gradcheck.homework.understanding.student_network import StudentNetwork

__all__ = ["cost_of_method"]

# First arguments that mean the inputs; any other may mean the output.
INPUT_NAMES = ("x", "xs", "inputs", "data", "features")
# First arguments that mean the targets; then the second is the output. y may mean inputs or
# targets: it means the targets if the second argument means the output.
TARGET_NAMES = ("y_true", "ytrue", "target", "targets", "label", "labels", "expected", "desired")
OUTPUT_NAMES = (
    *("a", "al", "y_hat", "yhat", "y_pred", "ypred", "pred", "prediction", "predictions"),
    *("predicted", "out", "output", "outputs", "activation", "activations", "probs"),
)
# A method that takes one example does not say whether a mini-batch costs the mean or the sum.
EITHER = (False, True)


def cost_of_method(
    student: StudentNetwork, batch: MiniBatch, name: str, own: Callable[..., Any], form: Form
) -> StudentCost:
    """The cost that a student's method gives, in the first way of calling it that works.

    Args:
        student: whose cost it is.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        name: of the method.
        own: the method.
        form: tried before the other forms.

    Raises:
        StudentError: it works in no way; the message is about the likeliest one.

    """
    forms = (form, *(other for other in FORMS if other is not form))
    errors: list[StudentError] = []
    for way in _ways(own, name):
        for each in forms:
            try:
                return _called_so(student, batch, way, each)
            except StudentError as error:
                errors.append(error)
    raise StudentError(
        f"{errors[0].line}; mend it, or use --cost to name another cost", errors[0].traceback
    )


@dataclass(frozen=True)
class _Way:
    """A way to call a cost: with the inputs or the output first, and the targets."""

    function: Callable[..., Any]
    name: str
    takes_inputs: bool


def _ways(own: Callable[..., Any], name: str) -> Iterator[_Way]:
    """Both ways. The names of the arguments say which one is likelier; it comes first."""
    of_inputs = _Way(own, f"{name}(x, y)", True)
    of_output = _Way(own, f"{name}(a, y)", False)
    if _targets_first(own):
        of_output = _Way(lambda a, y: own(y, a), f"{name}(y, a)", False)
    first = next(iter(required_arguments(own) or ()), "")
    yield from (of_inputs, of_output) if first.lower() in INPUT_NAMES else (of_output, of_inputs)


def _targets_first(function: Callable[..., Any]) -> bool:
    """Whether a cost of output and targets takes them in this order: (y_true, y_pred)."""
    names = [name.lower() for name in required_arguments(function) or ()]
    if len(names) != 2:
        return False
    return names[0] in TARGET_NAMES or (names[0] == "y" and names[1] in OUTPUT_NAMES)


def _called_so(student: StudentNetwork, batch: MiniBatch, way: _Way, form: Form) -> StudentCost:
    """The cost of the mini-batch, with the method called in this way.

    Raises:
        StudentError: that does not work.

    """
    call = Call(way.function, way.name, form, student.caller, quietly=True)
    forward = None if way.takes_inputs else find_forward_pass(student, batch)
    takes_examples = form if forward is None else forward.form
    findings = () if forward is None else (forward.finding(),)

    def arguments() -> MiniBatch:
        """The method's first argument, inputs or output, and the targets."""
        first = batch.inputs if forward is None else forward.output(batch.inputs)
        return MiniBatch(first, batch.targets)

    scale = _scale_of(call, arguments())
    return StudentCost(
        way.name,
        lambda: scale.factor * _mean(call, arguments()),
        takes_examples.calls(batch.size),
        (*findings, guess(f"The cost is the class's own {way.name}; {scale.text}.")),
        sums=scale.sums,
    )


def _mean(call: Call, batch: MiniBatch) -> Any:
    """The mean of what the method returns for each call."""
    returned = call.results(batch)
    return sum(one_number(cost, call.name) for cost in returned) / len(returned)


@dataclass(frozen=True)
class _Scale:
    """How to get the mean over the mini-batch from what a method returns.

    Attributes:
        factor: to multiply with.
        sums: see ``StudentCost``.
        text: how the method was understood, in words.

    """

    factor: float
    sums: tuple[bool, ...]
    text: str


def _scale_of(call: Call, batch: MiniBatch) -> _Scale:
    """Compare the cost of the mini-batch with the costs of its examples, each called alone.

    Raises:
        StudentError: the method does not work for the mini-batch.

    """
    value = abs(_mean(call, batch))
    takes = f"it takes {call.form.name}"
    if not call.form.whole:
        return _Scale(1.0, EITHER, f"{takes}, and its values were averaged over the mini-batch")
    if batch.size == 1:
        return _Scale(1.0, EITHER, takes)
    total = 0.0
    try:
        for example in range(batch.size):
            one = slice(example, example + 1)
            total += abs(_mean(call, MiniBatch(batch.inputs[:, one], batch.targets[:, one])))
    except StudentError:
        return _Scale(1.0, (), f"{takes}, and its value was used as it is")
    if math.isclose(value, total, rel_tol=ROUNDING_ALONE):
        text = f"{takes}, and adds up its examples, so it was divided by their number"
        return _Scale(1 / batch.size, (True,), text)
    if math.isclose(value, total / batch.size, rel_tol=ROUNDING_ALONE):
        return _Scale(1.0, (False,), f"{takes}, and is the mean over its examples")
    text = f"{takes}, is neither the sum nor the mean over its examples, and was used as it is"
    return _Scale(1.0, (), text)
