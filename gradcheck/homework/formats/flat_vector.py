"""A cost of one long vector of all parameters, as optimisers want it, with its gradient.

``nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)``
returns the cost and the gradient; or the gradient comes from a second function.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import guess
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.fitting import fit_of
from gradcheck.homework.understanding.flat_arguments import has_sizes, meanings_of, vector_size
from gradcheck.homework.understanding.flat_calls import FlatCalls
from gradcheck.homework.understanding.flat_pairs import (
    CostAndGradients,
    costs_and_gradients,
    is_gradient,
)
from gradcheck.homework.understanding.loss_calls import REGULARISATION
from gradcheck.homework.understanding.target_forms import target_forms
from nets.arrays import HostArray

__all__ = ["FORMAT"]

# The second ends in ten classes, as digits have, for functions that say 10 in their code.
USUAL_SIZES = ((6, 5, 4), (6, 5, 10))
CLASS_SIZES = (6, 4)  # of functions that take a matrix, with a column or a row for each class
NEURON_SIZES = (6, 1)  # of functions that take no sizes: one neuron, as logistic regression has
SCALE = 0.5  # the standard deviation of the parameters

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
    groups, _ = costs_and_gradients(found if asked.name is None else [asked.name])
    name = groups[0].cost
    opened = partial(_open, functions, found)
    is_network = has_sizes(meanings_of(functions[name]) or {})
    sureness = Sureness.CERTAIN if is_network else Sureness.POSSIBLE
    return [Recognised(asked.name or name, sureness, opened)]


def _open(functions: Functions, names: Sequence[str], asked: Asked, caller: Caller) -> Contract:
    """Each cost with its gradient as a part; the first one must work.

    Raises:
        StudentError: it works in no form.

    """
    every = [name for name in functions if meanings_of(functions[name]) is not None]
    if asked.name is not None:
        groups, unclaimed = costs_and_gradients([asked.name, *filter(is_gradient, every)])
        return Contract((_part_of(functions, groups[0], asked, caller),))
    groups, unclaimed = costs_and_gradients(names)
    parts = [_part_of(functions, groups[0], asked, caller)]
    for group in groups[1:]:
        # A cost without a gradient may be there only to be looked at.
        with suppress(StudentError):
            parts.append(_part_of(functions, group, asked, caller))
    used = {part.backward for part in parts}
    left_out = [
        LeftOut(name, "it is not clear to which cost this gradient belongs")
        for name in unclaimed
        if name not in used
    ]
    left_out += [
        LeftOut(name, f"it works in no known form beside {group.cost}")
        for group in groups[1:]
        for name in group.gradients
        if not used & set(group.gradients)
    ]
    return Contract(tuple(parts), left_out=tuple(left_out))


def _part_of(functions: Functions, group: CostAndGradients, asked: Asked, caller: Caller) -> Part:
    """The first form in which a gradient fits the cost; else the first that works.

    Raises:
        StudentError: it works in no form.

    """
    errors: list[StudentError] = []
    first: FlatCalls | None = None
    for calls in _forms(functions, group, asked, caller):
        vector = _drawn(calls, asked.seed)
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
            return _part(calls, vector)
        first = first or calls
    if first is None:
        raise errors[0]
    return _part(first, _drawn(first, asked.seed))


def _cost_of(calls: FlatCalls) -> Callable[[Values], Any]:
    return lambda values: calls.cost(values[0])


def _forms(
    functions: Functions, group: CostAndGradients, asked: Asked, caller: Caller
) -> Iterator[FlatCalls]:
    """The forms in which the function may be called, the likeliest first."""
    name = group.cost
    pairs = [(name, name), *((name, other) for other in group.gradients)]
    calls = partial(FlatCalls, functions, caller=caller)
    if not has_sizes(meanings_of(functions[name]) or {}):
        yield from _of_neuron(calls, pairs, asked)
        yield from _of_matrix(calls, pairs, asked)
        return
    for sizes in USUAL_SIZES if asked.sizes is None else (asked.sizes,):
        batch = asked.mini_batch(sizes)
        size = vector_size(sizes)
        for names in pairs:
            for shape in ((size,), (size, 1)):
                for form in target_forms():
                    yield calls(names, sizes, batch, form, shape)


def _of_neuron(
    calls: Callable[..., FlatCalls], pairs: Sequence[tuple[str, str]], asked: Asked
) -> Iterator[FlatCalls]:
    """The forms for one neuron: vector and targets both flat, or both columns, come first.

    If one is flat and the other is a column, NumPy broadcasts them to a matrix.
    """
    sizes = asked.sizes or NEURON_SIZES
    batch = asked.mini_batch(sizes)
    column, flat = target_forms()[:2]
    alike, other = ((False, flat), (True, column)), ((False, column), (True, flat))
    takes_bias = calls(pairs[0], sizes, batch, flat, (sizes[0],)).has_bias
    for size in (sizes[0],) if takes_bias else (sizes[0], vector_size(sizes)):
        for names in pairs:
            for is_column, form in (*alike, *other):
                yield calls(names, sizes, batch, form, (size, 1) if is_column else (size,))
    if takes_bias and asked.sizes is None:  # one number for each example
        for names in pairs:
            yield calls(names, (1, 1), asked.mini_batch((1, 1)), flat, ())


def _of_matrix(
    calls: Callable[..., FlatCalls], pairs: Sequence[tuple[str, str]], asked: Asked
) -> Iterator[FlatCalls]:
    """The forms with a neuron for each class, as softmax regression has: a matrix of weights."""
    sizes = asked.sizes or CLASS_SIZES
    batch = asked.mini_batch(sizes)
    for names in pairs:
        for shape in ((sizes[0], sizes[-1]), (sizes[-1], sizes[0])):
            for form in reversed(target_forms()):
                yield calls(names, sizes, batch, form, shape)


def _drawn(calls: FlatCalls, seed: int) -> HostArray:
    generator = np.random.default_rng([seed, 9])
    return SCALE * generator.standard_normal(calls.weights + calls.has_bias)


def _part(calls: FlatCalls, vector: HostArray) -> Part:
    """The vector as one array, and the bias as another, if there is one; with their cost."""
    meanings = meanings_of(calls.functions[calls.names[0]]) or {}
    named = {meaning: key for key, meaning in meanings.items()}
    arrays = [NamedArray(named["vector"], vector[: calls.weights])]
    if calls.has_bias:
        arrays.append(NamedArray(named["bias"], vector[calls.weights :]))

    def cost_at(values: Values) -> Any:
        return calls.cost(np.concatenate(list(values)))

    def claims_at(values: Values) -> list[NamedGradients]:
        found = np.split(calls.gradient(np.concatenate(list(values))), [calls.weights])
        return [NamedGradients("in the order of the vector", False, found[: len(arrays)])]

    text = (
        f"{calls.names[0]} was called with the sizes {', '.join(map(str, calls.sizes))}, an "
        f"example in each row, {calls.form.name}, and the strength {REGULARISATION} of "
        "regularisation if it takes one."
    )
    return Part(
        name=calls.names[0],
        arrays=tuple(arrays),
        cost=PartCost(f"{calls.names[0]}(...)", cost_at),
        claims_at=claims_at,
        backward=calls.names[1],
        batch_size=calls.batch.size,
        findings=(guess(text),),
    )


FORMAT = Format("a cost of one long vector", 42, recognise)
