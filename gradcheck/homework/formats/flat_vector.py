"""A cost of one long vector of all parameters, as optimisers want it, with its gradient.

``nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)``
returns the cost and the gradient; or the gradient comes from a second function.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import guess
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.fitting import fit_of
from gradcheck.homework.understanding.flat_arguments import meanings_of, vector_size
from gradcheck.homework.understanding.flat_calls import FlatCalls
from gradcheck.homework.understanding.loss_calls import REGULARISATION
from gradcheck.homework.understanding.target_forms import target_forms
from nets.arrays import HostArray

__all__ = ["FORMAT"]

# The second ends in ten classes, as digits have, for functions that say 10 in their code.
USUAL_SIZES = ((6, 5, 4), (6, 5, 10))
SCALE = 0.5  # the standard deviation of the parameters
GRADIENT = "grad"  # in the name of a function that gives a gradient

Functions = Mapping[str, Callable[..., Any]]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The functions that take a vector of parameters, sizes, inputs and targets."""
    functions = module.functions
    found = [name for name in functions if meanings_of(functions[name]) is not None]
    if asked.name is not None:
        found = [name for name in found if name == asked.name]
    if not found:
        return NotMine(
            "A function would be needed such as cost(params, input_size, hidden_size, output_size, "
            "X, y)"
        )
    found.sort(key=lambda name: GRADIENT in name.lower())
    opened = partial(_open, functions, found[0])
    return [Recognised(asked.name or found[0], Sureness.CERTAIN, opened)]


def _open(functions: Functions, name: str, asked: Asked, caller: Caller) -> Contract:
    """The first form in which the gradient fits the cost; else the first that works.

    Raises:
        StudentError: it works in no form.

    """
    errors: list[StudentError] = []
    first: FlatCalls | None = None
    for calls in _forms(functions, name, asked, caller):
        vector = _drawn(calls.sizes, asked.seed)
        try:
            gradient = calls.gradient(vector)
            if not np.isfinite(calls.cost(vector)):
                raise StudentError(f"{calls.names[0]} gives a cost that is not finite")
            reading = NamedGradients("", False, [gradient])
            fits = fit_of([reading], _cost_of(calls), [vector], any_factor=False)
        except StudentError as error:
            errors.append(error)
            continue
        if fits is not None:
            return _contract(calls, vector)
        first = first or calls
    if first is None:
        raise errors[0]
    return _contract(first, _drawn(first.sizes, asked.seed))


def _cost_of(calls: FlatCalls) -> Callable[[Values], Any]:
    return lambda values: calls.cost(values[0])


def _forms(functions: Functions, name: str, asked: Asked, caller: Caller) -> Iterator[FlatCalls]:
    """The forms in which the function may be called, the likeliest first."""
    alike = [
        other
        for other in functions
        if other != name and GRADIENT in other.lower() and meanings_of(functions[other]) is not None
    ]
    for sizes in USUAL_SIZES if asked.sizes is None else (asked.sizes,):
        batch = asked.mini_batch(sizes)
        for names in ((name, name), *((name, other) for other in alike)):
            for is_column in (False, True):
                for form in target_forms():
                    yield FlatCalls(functions, names, sizes, batch, form, is_column, caller)


def _drawn(sizes: Sequence[int], seed: int) -> HostArray:
    generator = np.random.default_rng([seed, 9])
    return SCALE * generator.standard_normal(vector_size(sizes))


def _contract(calls: FlatCalls, vector: HostArray) -> Contract:
    """The vector as one array, with its cost."""
    meanings = meanings_of(calls.functions[calls.names[0]]) or {}
    argument = next(key for key, meaning in meanings.items() if meaning == "vector")

    def claims_at(values: Values) -> list[NamedGradients]:
        return [NamedGradients("in the order of the vector", False, [calls.gradient(values[0])])]

    text = (
        f"{calls.names[0]} was called with the sizes {', '.join(map(str, calls.sizes))}, an "
        f"example in each row, {calls.form.name}, and the strength {REGULARISATION} of "
        "regularisation if it takes one."
    )
    part = Part(
        name=calls.names[0],
        arrays=(NamedArray(argument, vector),),
        cost=PartCost(f"{calls.names[0]}(...)", _cost_of(calls)),
        claims_at=claims_at,
        backward=calls.names[1],
        batch_size=calls.batch.size,
        findings=(guess(text),),
    )
    return Contract((part,))


FORMAT = Format("a cost of one long vector", 42, recognise)
