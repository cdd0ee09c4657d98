"""How a student's backprop is called, and how its results are read."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.understanding.forms import Call, Form
from gradcheck.homework.understanding.left_gradients import left_gradients
from gradcheck.homework.understanding.read_gradients import ReadGradients, mean_gradients
from gradcheck.homework.understanding.readings import Reading
from gradcheck.homework.understanding.student_network import StudentNetwork
from gradcheck.homework.unusable_gradient import unusable
from nets.arrays import HostArray

__all__ = ["Backprop", "backprop_call"]


@dataclass(frozen=True)
class Backprop:
    """How a student's backprop is called, and how its results are read.

    Attributes:
        form: how examples are handed over.
        counted: whether it takes the number of examples as a third argument.
        readings: all that fit the shapes returned, at least one.
        read: what the first reading found in one call.

    """

    form: Form
    counted: bool
    readings: tuple[Reading, ...]
    read: ReadGradients

    @property
    def leaves_biases_per_example(self) -> bool:
        """Whether all bias gradients of a whole mini-batch have a column for each example."""
        return self.form.whole and 2 * len(self.read.left_per_example) == len(self.read.gradients)

    def gradients(
        self,
        student: StudentNetwork,
        batch: MiniBatch,
        *,
        before: Callable[[], object],
    ) -> list[list[HostArray]]:
        """The gradients of a mini-batch: for each reading, an array in the shape of each slot.

        Args:
            student: whose backprop is called.
            batch: inputs (n_input, batch) and targets (n_output, batch).
            before: called before each call.

        Raises:
            StudentError: backprop raised something, or returned other shapes than before.

        """
        call = backprop_call(student, self.form, batch.size, counted=self.counted, copied=True)
        returned = call.results(batch, before=before)
        slots = student.parameters.slots
        return [
            mean_gradients(
                returned,
                reading,
                slots,
                self.form,
                batch.size,
                each_array=bool(self.read.unusable),
            )
            for reading in self.readings
        ]

    def findings(self) -> list[Finding]:
        """How backprop was understood, and what is unusual about its gradients."""
        takes = self.form.name + (", and the number of examples" if self.counted else "")
        returns = f"; it returns {self.readings[0].text}" if len(self.readings) == 1 else ""
        found = [guess(f"backprop takes {takes}{returns}.")]
        if self.read.left_per_example:
            names = ", ".join(self.read.left_per_example)
            found.append(
                guess(
                    f"The gradients of {names} have a column for each example. The columns were "
                    "added up."
                )
            )
        for kind, of in self.read.unusual.items():
            digits = " (7 digits, so no more of them are asked for)" if kind == "float32" else ""
            found.append(oddity(f"The gradients of {', '.join(of)} are {kind}{digits}."))
        return found + unusable(self.read.unusable)


def backprop_call(
    student: StudentNetwork,
    form: Form,
    batch_size: int,
    *,
    counted: bool,
    copied: bool = False,
) -> Call:
    """The call of a student's backprop in one form.

    Args:
        student: whose backprop is called.
        form: how examples are handed over.
        batch_size: examples in the mini-batch.
        counted: whether backprop takes the number of examples as a third argument.
        copied: whether to copy what it returns: a class may return the same arrays each time, with
            other numbers in them.

    """
    own = student.backprop

    def gradients(*given: Any) -> Any:
        returned = own(*given)
        if returned is None:
            returned = left_gradients(student.own)
        return copy.deepcopy(returned) if copied else returned

    extra = (form.examples_in_a_call(batch_size),) if counted else ()
    return Call(gradients, f"{student.backprop_name}(x, y)", form, student.caller, extra)
