"""A student's cost as in the book's second program: an object or a class with ``fn(a, y)``."""

from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import guess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.forms import COLUMN, WHOLE, Call
from gradcheck.homework.understanding.forward_pass import ForwardPass, find_forward_pass
from gradcheck.homework.understanding.student_cost import StudentCost, one_number
from gradcheck.homework.understanding.student_network import StudentNetwork

__all__ = ["cost_of_object"]


def cost_of_object(student: StudentNetwork, batch: MiniBatch, name: str, own: Any) -> StudentCost:
    """The mean over the mini-batch of ``fn(a, y)``, called for each example.

    Args:
        student: whose cost it is.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        name: of the attribute that holds the cost.
        own: the attribute: an object or a class with ``fn``.

    Raises:
        StudentError: there is no forward pass, or ``fn`` gives no number.

    """
    kind = own.__name__ if isinstance(own, type) else type(own).__name__
    forward = find_forward_pass(student, batch)
    cost = _MeanOfFn(own, f"{kind}.fn(a, y)", forward, batch)
    try:
        cost.value()
    except StudentError:
        if not isinstance(own, type):
            raise
        with student.caller.calling(f"{kind}()"):
            instance = own()  # fn may be an ordinary method of it
        cost = _MeanOfFn(instance, cost.called, forward, batch)
        cost.value()
    text = f"The cost is {name}.fn(a, y) of {kind}, averaged over the mini-batch."
    return StudentCost(
        f"{kind}.fn",
        cost.value,
        forward.form.calls(batch.size),
        (forward.finding(), guess(text)),
    )


@dataclass(frozen=True)
class _MeanOfFn:
    """The mean over a mini-batch of the ``fn`` of an object or class."""

    own: Any
    called: str
    forward: ForwardPass
    batch: MiniBatch

    def value(self) -> Any:
        form = COLUMN if self.forward.form is WHOLE else self.forward.form
        call = Call(self.own.fn, self.called, form, self.forward.caller, quietly=True)
        output, targets = self.forward.output(self.batch.inputs), self.batch.targets
        costs: list[Any] = []
        for example in range(self.batch.size):
            one = slice(example, example + 1)
            costs += call.results(MiniBatch(output[:, one], targets[:, one]))
        return sum(one_number(cost, self.called) for cost in costs) / self.batch.size
