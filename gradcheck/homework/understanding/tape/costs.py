"""The costs that a network on a tape engine may have: its own, the file's, or one made for it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError, required_arguments
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS, ExampleForm
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.members import first_of
from gradcheck.homework.understanding.tape.engine import ENDS, TapeEngine
from gradcheck.homework.understanding.tape.object_paths import object_paths
from gradcheck.homework.understanding.tape.weights import weigher

__all__ = ["TapeCost", "costs_to_try", "is_loss"]

LOSS_FUNCTION = re.compile(
    r".*(loss|cost|cross_?entropy|mse|nll|criterion|error|objective).*", re.IGNORECASE
)
# A network of single numbers is slow: so many examples are enough.
EXAMPLES_OF_NUMBERS = 4


@dataclass(frozen=True)
class TapeCost:
    """A cost as a node of a student's engine.

    Attributes:
        text: what it is, in words.
        name: of it, short.
        node: computes it. Its entries are added up, as ``backward`` without arguments does.
        batch_size: examples in it.

    """

    text: str
    name: str
    node: Callable[[], Any] = field(repr=False)
    batch_size: int


def is_loss(name: str) -> bool:
    """Whether a function's name says that it is a loss."""
    return LOSS_FUNCTION.fullmatch(name) is not None


def costs_to_try(
    own: Any,
    engine: TapeEngine,
    functions: Mapping[str, Callable[..., Any]],
    asked: Asked,
    sizes: tuple[int, ...],
) -> list[TapeCost]:
    """All costs that a network may have, the likeliest first.

    Args:
        own: the network.
        engine: that it is built on.
        functions: of the student's file.
        asked: the mini-batch.
        sizes: of the network.

    """
    batch = asked.mini_batch(sizes)
    if not engine.holds_arrays:
        few = slice(EXAMPLES_OF_NUMBERS)
        batch = MiniBatch(batch.inputs[:, few], batch.targets[:, few])
    return [
        *_own_costs(own, engine, batch),
        *_costs_of_functions(own, engine, functions, batch),
        *_made_costs(own, engine, functions, batch),
    ]


def _wrapped(engine: TapeEngine, array: Any, *, as_node: bool) -> Any:
    """Examples as nodes, or as plain numbers, new ones for each call."""
    if engine.holds_arrays:
        return engine.node(array) if as_node else np.array(array)
    if not as_node:
        return np.asarray(array).tolist()
    return [
        engine.node(each) if np.ndim(each) == 0 else _wrapped(engine, each, as_node=True)
        for each in array
    ]


def _own_costs(own: Any, engine: TapeEngine, batch: MiniBatch) -> Iterator[TapeCost]:
    """The network's own loss of inputs and targets."""
    name = first_of(LOSS_NAMES, own)
    if name is None or len(required_arguments(getattr(own, name)) or ()) != 2:
        return
    for form in EXAMPLE_FORMS:
        x, y = form.arguments(batch)
        for as_node in (False, True):

            def node(x: Any = x, y: Any = y, as_node: bool = as_node) -> Any:
                return getattr(own, name)(
                    _wrapped(engine, x, as_node=as_node), _wrapped(engine, y, as_node=as_node)
                )

            text = f"the class's own {name}(x, y); it takes {form.name}"
            yield TapeCost(text, f"{name}(x, y)", node, batch.size)


def _costs_of_functions(
    own: Any, engine: TapeEngine, functions: Mapping[str, Callable[..., Any]], batch: MiniBatch
) -> Iterator[TapeCost]:
    """The loss functions of the file, of the network's outputs and of targets."""
    if not engine.holds_arrays:
        return
    for name, function in functions.items():
        if not is_loss(name) or len(required_arguments(function) or ()) != 2:
            continue
        for form, x, outputs in _forwards(own, engine, batch):
            y = form.targets(batch.targets)
            for as_node in (True, False):

                def node(
                    x: Any = x,
                    y: Any = y,
                    outputs: Callable[[Any], Any] = outputs,
                    as_node: bool = as_node,
                    function: Callable[..., Any] = function,
                ) -> Any:
                    found = function(outputs(x), _wrapped(engine, y, as_node=as_node))
                    if engine.is_node(found) and engine.value(found).size != 1:
                        raise StudentError(f"{function.__name__} did not return one number")
                    return found

                text = f"the file's {name} of {form.name}"
                yield TapeCost(text, f"{name}(output, target)", node, batch.size)


def _forwards(
    own: Any, engine: TapeEngine, batch: MiniBatch
) -> Iterator[tuple[ExampleForm, Any, Callable[[Any], Any]]]:
    """The ways of calling the network: a form of the examples, the inputs, and the call."""
    name = "__call__" if callable(own) else first_of(("forward", "predict"), own)
    if name is None:
        return
    for form in EXAMPLE_FORMS:
        for as_node in (True, False):

            def outputs(x: Any, as_node: bool = as_node) -> Any:
                return getattr(own, name)(_wrapped(engine, x, as_node=as_node))

            yield form, form.inputs(batch.inputs), outputs


def _made_costs(
    own: Any, engine: TapeEngine, functions: Mapping[str, Callable[..., Any]], batch: MiniBatch
) -> Iterator[TapeCost]:
    """Costs made of the network's output with the engine's operators."""
    weigh = weigher(engine, functions) if engine.holds_arrays else None
    makers: dict[str, Callable[[Any, Any, Any], Any]] = {
        "the sum of (output - target) ** 2": lambda out, target, _: (out - target) ** 2,
        "the sum of (output - target) * (output - target)": lambda out, target, _: (
            (out - target) * (out - target)
        ),
        "the sum of output * weight, with random weights": lambda out, _, weight: (
            out * weight if weigh is None else weigh(out, 0)
        ),
        "the sum of the outputs": lambda out, _, __: out,
    }
    calls = list(_forwards(own, engine, batch))
    ends = ENDS if engine.holds_arrays else ENDS[:1]
    for (text, maker), end in product(makers.items(), ends):
        for form, x, outputs in calls:
            if "one-hot" not in form.name:
                continue
            y = form.targets(batch.targets)

            def node(
                x: Any = x,
                y: Any = y,
                outputs: Callable[[Any], Any] = outputs,
                maker: Callable[[Any, Any, Any], Any] = maker,
                end: Callable[[Any], Any] = end,
            ) -> Any:
                if engine.holds_arrays:
                    return end(_made_of_arrays(engine, outputs(x), y, maker))
                return _made_of_numbers(engine, [outputs(each) for each in x], y, maker)

            yield TapeCost(f"{text}, computed with the engine's operators", text, node, batch.size)


def _made_of_arrays(
    engine: TapeEngine, output: Any, targets: Any, maker: Callable[[Any, Any, Any], Any]
) -> Any:
    """A cost with an entry for each output."""
    if not engine.is_node(output):
        raise StudentError(f"The network returned an object of type {type(output).__name__}")
    shape = engine.value(output).shape
    if np.shape(targets) != shape:
        raise StudentError(f"The network returned shape {shape} for targets {np.shape(targets)}")
    return maker(output, engine.node(targets), engine.node(arriving_gradient(shape, 0)))


def _made_of_numbers(
    engine: TapeEngine, outputs: Any, targets: Any, maker: Callable[[Any, Any, Any], Any]
) -> Any:
    """The same of single numbers, added up."""
    nodes = [node for _, node in object_paths(outputs, engine.is_node)]
    wanted = np.ravel(targets)
    if len(nodes) != wanted.size:
        raise StudentError(
            f"The network returned {len(nodes)} objects of type {engine.kind.__name__} for "
            f"{wanted.size} targets"
        )
    total = None
    weights = arriving_gradient(wanted.shape, 0)
    for node, target, weight in zip(nodes, wanted, weights, strict=True):
        one = maker(node, engine.node(target), engine.node(weight))
        total = one if total is None else total + one
    return total
