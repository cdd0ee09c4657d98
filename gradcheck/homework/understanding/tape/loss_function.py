"""A loss of inputs, targets and parameters, where the parameters are nodes of a tape engine."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import StudentError, Unread, required_arguments
from gradcheck.homework.understanding.constructor import USUAL_SIZES
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS
from gradcheck.homework.understanding.tape.cost import TapeCost, is_loss
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.network import first_that_works
from gradcheck.homework.understanding.tape.parameters import TapeParameters, in_groups
from gradcheck.homework.understanding.where_parameters_are import NUMBERED_NAMES

__all__ = ["loss_functions", "read_function"]

# Whether the examples are rows, and whether biases are vectors.
FORMS = ((True, True), (True, False), (False, False))


def loss_functions(functions: Mapping[str, Callable[..., Any]]) -> list[str]:
    """The functions that take examples, and then parameters by names such as ``w1`` and ``b1``."""
    return [
        name
        for name, function in functions.items()
        if is_loss(name) and len(_numbered(required_arguments(function) or [])) >= 2
    ]


def read_function(
    function: Callable[..., Any], name: str, engine: TapeEngine, asked: Asked
) -> Part:
    """Find out the shapes of the parameters that a loss of inputs, targets and parameters takes.

    Args:
        function: the loss.
        name: of it.
        engine: whose nodes the parameters are.
        asked: sizes and seed.

    Raises:
        Unread: its arguments are others, or the sizes that were asked for do not fit.
        StudentError: no shapes of the parameters work.

    """
    arguments = required_arguments(function) or []
    numbered = _numbered(arguments)
    if len(arguments) - len(numbered) != 2:
        raise Unread(
            f"{name} takes ({', '.join(arguments)}); it should take inputs, targets and parameters "
            "with names such as w1 and b1"
        )
    layers = sum(NUMBERED_NAMES["weights"].fullmatch(each) is not None for each in numbered)
    sizes = asked.sizes or USUAL_SIZES[: layers + 1]
    if len(sizes) != layers + 1:
        raise Unread(
            f"{name} has the weights of {layers} layers, so it takes {layers + 1} sizes; --sizes "
            f"gave {len(sizes)}"
        )
    generator = np.random.default_rng([asked.seed, 5])
    errors: list[StudentError] = []
    tries = [(False, each) for each in FORMS]
    tries += [(True, each) for each in FORMS] if asked.each_array else []
    for each_array, (in_rows, flat) in tries:
        nodes = {
            each: engine.node(generator.standard_normal(shape))
            for each, shape in _shapes(numbered, sizes, in_rows, flat).items()
        }
        parameters = TapeParameters(engine, in_groups(engine, list(nodes.items())))
        try:
            costs = _costs(function, nodes, engine, asked, sizes)
            return first_that_works(name, parameters, costs, each_array=each_array).part()
        except StudentError as error:
            errors.append(error)
    raise errors[0]


def _costs(
    function: Callable[..., Any],
    nodes: Mapping[str, Any],
    engine: TapeEngine,
    asked: Asked,
    sizes: Sequence[int],
) -> list[TapeCost]:
    """The function as a cost of its parameters, the examples in each form."""
    batch = asked.mini_batch(sizes)
    first, second = [each for each in required_arguments(function) or [] if each not in nodes]

    def costs_of(x: Any, y: Any) -> Callable[[], Any]:
        return lambda: function(**{first: np.array(x), second: np.array(y)}, **nodes)

    text = f"{function.__name__}({first}, {second}, ...)"
    return [
        TapeCost(
            f"the code's own {text}, it takes {form.name}",
            text,
            costs_of(*form.arguments(batch)),
            batch.size,
        )
        for form in EXAMPLE_FORMS
    ]


def _numbered(arguments: Sequence[str]) -> list[str]:
    return [
        each
        for each in arguments
        if any(pattern.fullmatch(each) for pattern in NUMBERED_NAMES.values())
    ]


def _shapes(
    numbered: Sequence[str], sizes: Sequence[int], in_rows: bool, flat: bool
) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter by its name; layers may be counted from 0."""
    found = [
        (match[0], parameter, int(match[1]))
        for each in numbered
        for parameter, pattern in NUMBERED_NAMES.items()
        if (match := pattern.fullmatch(each)) is not None
    ]
    first = min(number for _, _, number in found)
    layers = list(pairwise(sizes))
    shapes: dict[str, tuple[int, ...]] = {}
    for name, parameter, number in found:
        n_up, n_down = layers[min(number - first, len(layers) - 1)]
        if parameter == "weights":
            shapes[name] = (n_up, n_down) if in_rows else (n_down, n_up)
        else:
            shapes[name] = (n_down,) if flat else (1, n_down) if in_rows else (n_down, 1)
    return shapes
