"""How a student's methods want their examples: all at once or one by one, columns, rows or flat."""

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.source import Caller, StudentError
from nets.arrays import HostArray

__all__ = [
    "COLUMN",
    "FORMS",
    "WHOLE",
    "Form",
    "called_by_example",
    "copied",
    "output_of",
    "required_arguments",
]


@dataclass(frozen=True)
class Form:
    """A form in which examples are handed over.

    Attributes:
        name: in words.
        whole: whether all of a mini-batch go into one call.
        pieces: from a matrix (n, batch), a column an example, to what the calls receive.
        columns: back from what such a call returned to a matrix (n, 1 or batch).

    """

    name: str
    whole: bool
    pieces: Callable[[HostArray], list[HostArray]]
    columns: Callable[[HostArray], HostArray]


def _columns(matrix: HostArray) -> list[HostArray]:
    return [matrix[:, example : example + 1].copy() for example in range(matrix.shape[1])]


FORMS = (
    Form("a whole mini-batch, a column an example", True, lambda m: [m.copy()], lambda a: a),
    Form("one example at a time, a column vector", False, _columns, lambda a: a),
    Form(
        "one example at a time, a flat vector",
        False,
        lambda m: [column[:, 0] for column in _columns(m)],
        lambda a: a[:, np.newaxis],
    ),
    Form("a whole mini-batch, a row an example", True, lambda m: [m.T.copy()], lambda a: a.T),
)
WHOLE, COLUMN = FORMS[0], FORMS[1]


def required_arguments(function: Callable[..., Any]) -> list[str] | None:
    """The names of the arguments that a call must give; None where Python cannot tell."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [
        each.name
        for each in parameters
        if each.default is each.empty and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]


def output_of(
    forward: Callable[..., Any], name: str, inputs: HostArray, n_output: int, caller: Caller
) -> tuple[Form, Callable[[], HostArray]]:
    """The form in which a forward pass works, and the output (n_output, batch) that it gives.

    Where a whole mini-batch at once gives what its examples give one by one, that is taken: it
    is much quicker.

    Raises:
        StudentError: it works in no form; what is told is how it fails on column vectors.

    """
    errors: list[tuple[Form, StudentError]] = []
    outputs: dict[str, HostArray] = {}
    working: list[Form] = []
    for form in FORMS:
        try:
            outputs[form.name] = _output(forward, name, form, inputs, n_output, caller)
        except StudentError as error:
            errors.append((form, error))
            continue
        working.append(form)
        if form is not WHOLE:
            break
    if not working:
        raise next(error for form, error in errors if form is COLUMN)
    chosen = working[-1]
    if working[0] is WHOLE and np.allclose(
        outputs[WHOLE.name], outputs[chosen.name], rtol=1e-9, atol=1e-12, equal_nan=True
    ):
        chosen = WHOLE
    return chosen, lambda: _output(forward, name, chosen, inputs, n_output, caller, quietly=True)


def _output(
    forward: Callable[..., Any],
    name: str,
    form: Form,
    inputs: HostArray,
    n_output: int,
    caller: Caller,
    *,
    quietly: bool = False,
) -> HostArray:
    columns = []
    for piece in form.pieces(inputs):
        with caller.calling(f"{name}(x)", quietly=quietly):
            returned = forward(piece)
        batch = inputs.shape[1] if form.whole else 1
        output = np.asarray(returned) if not isinstance(returned, tuple | list) else None
        if output is None or output.dtype.kind not in "fciub":
            try:
                output = np.asarray(returned, dtype=np.float64)
            except (TypeError, ValueError) as error:
                raise StudentError(
                    f"{name}(x) returned a {type(returned).__name__}; wanted is the output, an "
                    f"array of shape ({n_output}, 1)"
                ) from error
        try:
            matrix = form.columns(output)
        except (IndexError, ValueError):
            matrix = output
        if matrix.shape != (n_output, batch):
            raise StudentError(
                f"{name}(x) returned shape {tuple(output.shape)} for x of shape "
                f"{tuple(piece.shape)}; wanted is the output of {n_output} neurons"
            )
        columns.append(matrix)
    return np.concatenate(columns, axis=1) if len(columns) > 1 else columns[0]


def copied(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, whose arrays are nobody else's: a class may fill its own anew."""
    return lambda *given: copy.deepcopy(function(*given))


def called_by_example(
    function: Callable[..., Any],
    name: str,
    form: Form,
    inputs: HostArray,
    targets: HostArray,
    caller: Caller,
    *,
    extra: tuple[int, ...] = (),
    quietly: bool = False,
    before: Callable[[], None] = lambda: None,
) -> list[Any]:
    """What a function of x and y returns, for each call that the form makes of a mini-batch.

    Args:
        function: the student's.
        name: with its arguments, such as ``backprop(x, y)``.
        form: says how x and y are handed over.
        inputs: (n_input, batch).
        targets: (n_output, batch).
        caller: guards each call.
        extra: further arguments.
        quietly: whether the parent has been told of such calls.
        before: called before each call.

    """
    returned = []
    for x, y in zip(form.pieces(inputs), form.pieces(targets), strict=True):
        before()
        with caller.calling(name, quietly=quietly):
            returned.append(function(x, y, *extra))
    return returned
