"""Random weights for the outputs of a tape engine's operators, by the engine's own product.

Without them the gradient that arrives at an operator would be 1 everywhere. Then an operator that
does not multiply by it would pass.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.engine import ENDS, TapeEngine

__all__ = ["Weigh", "weigher"]

# Functions that are products of two nodes.
PRODUCTS, MATMULS = ("mul", "multiply", "times"), ("matmul", "mm", "dot")
# From an output and a seed to another node, whose entries depend on all of the output's entries
# in different ways.
Weigh = Callable[[Any, int], Any]


def weigher(engine: TapeEngine, functions: Mapping[str, Callable[..., Any]]) -> Weigh | None:
    """The first product of an output with random weights that the engine computes correctly."""
    columns = 4
    shape = (3, columns) if engine.holds_arrays else ()
    value = arriving_gradient(shape, 1)
    for weigh in _weights_to_try(engine, functions):
        node = engine.node(value)
        try:
            with engine.caller.calling("a * b"), np.errstate(all="ignore"):
                before = np.sum(engine.value(weigh(engine.node(value), 0)))
                after = np.sum(engine.value(weigh(engine.node(2.0 * value), 0)))
                engine.run_backward(weigh(node, 0))
            # The product is linear, so its slope along the value is its change.
            slope = np.sum(engine.gradient(node) * value)
            if np.isclose(slope, after - before) and after != before:
                return weigh
        except (StudentError, ValueError):
            continue
    return None


def _weights_to_try(
    engine: TapeEngine, functions: Mapping[str, Callable[..., Any]]
) -> Iterator[Weigh]:
    """Products and what ends in one number, for engines whose ``backward`` needs one number."""
    products = list(_products(engine, functions))
    ends = ENDS if engine.holds_arrays else ENDS[:1]
    for end in ends:
        yield from (_ended(product, end) for product in products)
    if not engine.takes_gradient:
        yield from (_ended(lambda output, _: output, end) for end in ends)


def _ended(product: Weigh, end: Callable[[Any], Any]) -> Weigh:
    return lambda output, seed: end(product(output, seed))


def _products(engine: TapeEngine, functions: Mapping[str, Callable[..., Any]]) -> Iterator[Weigh]:
    """The engine's products, of entries first, then of matrices."""

    def weigh_by(product: Callable[..., Any], *, of_entries: bool) -> Weigh:
        def weigh(output: Any, seed: int) -> Any:
            shape = engine.value(output).shape
            if not of_entries:
                shape = (shape[-1], 2)
            return product(output, engine.node(arriving_gradient(shape, seed)))

        return weigh

    for each in (operator.mul, *(functions[name] for name in PRODUCTS if name in functions)):
        yield weigh_by(each, of_entries=True)
    if engine.holds_arrays:
        for each in (operator.matmul, *(functions[name] for name in MATMULS if name in functions)):
            yield weigh_by(each, of_entries=False)
