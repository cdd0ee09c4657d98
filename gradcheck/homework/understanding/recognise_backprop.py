"""Find out how a student's backprop takes its examples, and what it returns, by trying."""

import re
from collections.abc import Mapping
from functools import partial

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import StudentError, required_arguments
from gradcheck.homework.understanding.backprop import Backprop, backprop_call
from gradcheck.homework.understanding.forms import COLUMN, FORMS, Form
from gradcheck.homework.understanding.read_gradients import readings_that_fit
from gradcheck.homework.understanding.returned_arrays import Unfit
from gradcheck.homework.understanding.student_network import NetworkBuilder, StudentNetwork

__all__ = ["recognise_backprop"]

# A third argument of backprop with such a name is the number of examples.
COUNT = re.compile(r"batch|size|count|num|len|examples|samples|^[nmNMbBkK]$")
# Two sums of the same gradients in another order differ by less than this part of each entry. It
# is far above rounding, and far below a factor such as the number of examples.
SAME_GRADIENT = 1e-6


def recognise_backprop(
    builder: NetworkBuilder, batch: MiniBatch, *, each_array: bool = False
) -> Backprop:
    """Find out how backprop takes its examples and what it returns.

    Each form is tried in turn, on a new network. The first that works is taken, with one
    exception: a backprop for single examples, given a whole mini-batch, often works too, but
    leaves a column for each example in the gradients of the biases.

    Args:
        builder: builds a network for each attempt.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        each_array: whether, if no form works, the one is taken in which most arrays fit.

    Raises:
        StudentError: no form works. The message is about the form in which most arrays fitted or,
            if none did, about one example at a time as a column vector, the book's form.

    """
    counted = _takes_the_count(builder.build())
    errors: dict[str, StudentError] = {}
    per_example: Backprop | None = None
    for form in FORMS:
        try:
            found = _tried(builder, form, counted, _told_apart(batch))
        except StudentError as error:
            errors[form.name] = error
            continue
        if found.leaves_biases_per_example and not counted:
            per_example = per_example or found
        elif per_example and _divides_by_the_examples(builder, per_example, found, batch):
            return per_example
        else:
            return found
    if per_example is not None:
        return per_example
    nearest = _most_telling(errors)
    if each_array and isinstance(nearest, Unfit):
        form = next(each for each in FORMS if errors.get(each.name) is nearest)
        return _tried(builder, form, counted, _told_apart(batch), each_array=True)
    raise nearest


def _takes_the_count(student: StudentNetwork) -> bool:
    """Whether backprop must be given the number of examples too.

    Raises:
        StudentError: it takes arguments that have no known meaning.

    """
    arguments = required_arguments(student.backprop)
    if arguments is None or len(arguments) == 2:
        return False
    should = "it should be backprop(x, y) or backprop(x, y, batch_size)"
    listed = ", ".join(arguments)
    if len(arguments) != 3:
        raise StudentError(f"backprop takes ({listed}); {should}")
    if not COUNT.search(arguments[2]):
        raise StudentError(
            f"backprop takes ({listed}), and {arguments[2]} has no known meaning; {should}"
        )
    return True


def _told_apart(batch: MiniBatch) -> MiniBatch:
    """The mini-batch, with one more example if its columns could be taken for rows."""
    if batch.inputs.shape[0] != batch.size:
        return batch
    return MiniBatch(
        *(np.concatenate([m, m[:, :1]], axis=1) for m in (batch.inputs, batch.targets))
    )


def _tried(
    builder: NetworkBuilder,
    form: Form,
    counted: bool,
    batch: MiniBatch,
    *,
    each_array: bool = False,
) -> Backprop:
    """Call backprop once in this form, and read what it returned.

    Raises:
        StudentError: it raised something, or no reading fits.

    """
    examples = form.examples_in_a_call(batch.size)
    some = MiniBatch(batch.inputs[:, :examples], batch.targets[:, :examples])
    student = builder.build()
    (returned,) = backprop_call(student, form, examples, counted=counted).results(some)
    slots = student.parameters.slots
    fitting = readings_that_fit(returned, slots, form, examples, each_array=each_array)
    return Backprop(form, counted, tuple(fitting), next(iter(fitting.values())))


def _divides_by_the_examples(
    builder: NetworkBuilder, whole: Backprop, one: Backprop, batch: MiniBatch
) -> bool:
    """Whether some array of a whole mini-batch is the mean over its examples, called one by one.

    If so, the code divides by the number of examples: it is meant for whole mini-batches.
    """
    gradients = []
    for backprop in (whole, one):
        student = builder.build()
        parameters = student.parameters
        before = partial(parameters.place, parameters.values())
        try:
            gradients.append(backprop.gradients(student, batch, before=before)[0])
        except StudentError:
            return False  # the same error comes again when the gradients are computed to be checked
    return batch.size > 1 and any(
        bool(np.any(mean)) and np.allclose(of_all, mean, rtol=SAME_GRADIENT, atol=0.0)
        for of_all, mean in zip(*gradients, strict=True)
    )


def _most_telling(errors: Mapping[str, StudentError]) -> StudentError:
    """The error to report: of the form in which most arrays fitted, else of the book's form."""
    unfit = {name: error.fitting for name, error in errors.items() if isinstance(error, Unfit)}
    if not unfit:
        return errors[COLUMN.name]
    # If several are equal, the book's form: a reader of the book expects its shapes.
    best = max(unfit, key=lambda name: (unfit[name], name == COLUMN.name))
    return errors[best]
