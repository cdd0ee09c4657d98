"""Costs that are made of a network's output with the operators of its tape engine."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.cost import TapeCost
from gradcheck.homework.understanding.tape.engine import ENDS, TapeEngine
from gradcheck.homework.understanding.tape.network_calls import NetworkCall, network_calls
from gradcheck.homework.understanding.tape.object_paths import object_paths
from gradcheck.homework.understanding.tape.weights import weigher

__all__ = ["made_costs"]

# A cost of the output, the target and a random weight, each of them a node.
Maker = Callable[[Any, Any, Any], Any]


def made_costs(
    own: Any, engine: TapeEngine, functions: Mapping[str, Callable[..., Any]], batch: MiniBatch
) -> Iterator[TapeCost]:
    """Costs made of the network's output with the engine's operators, the usual ones first.

    Args:
        own: the network.
        engine: that it is built on.
        functions: of the student's file, that may be operators too.
        batch: the examples.

    """
    calls = list(network_calls(own, engine, batch))
    ends = ENDS if engine.holds_arrays else ENDS[:1]
    for (text, maker), end in product(_makers(engine, functions).items(), ends):
        for call in calls:
            if "one-hot" not in call.form.name:
                continue
            y = call.form.targets(batch.targets)
            if engine.holds_arrays:
                node = partial(_of_arrays, engine, call, y, maker, end)
            else:
                node = partial(_of_numbers, engine, call, y, maker)
            yield TapeCost(f"{text}, computed with the engine's operators", text, node, batch.size)


def _makers(engine: TapeEngine, functions: Mapping[str, Callable[..., Any]]) -> dict[str, Maker]:
    weigh = weigher(engine, functions) if engine.holds_arrays else None
    return {
        "the sum of (output - target) ** 2": lambda out, target, _: (out - target) ** 2,
        "the sum of (output - target) * (output - target)": lambda out, target, _: (
            (out - target) * (out - target)
        ),
        "the sum of output * weight, with random weights": lambda out, _, weight: (
            out * weight if weigh is None else weigh(out, 0)
        ),
        "the sum of the outputs": lambda out, _, __: out,
    }


def _of_arrays(
    engine: TapeEngine, call: NetworkCall, targets: Any, maker: Maker, end: Callable[[Any], Any]
) -> Any:
    """A cost with an entry for each output."""
    output = call.outputs(call.inputs)
    if not engine.is_node(output):
        raise StudentError(f"The network returned an object of type {type(output).__name__}")
    shape = engine.value(output).shape
    if np.shape(targets) != shape:
        raise StudentError(f"The network returned shape {shape} for targets {np.shape(targets)}")
    return end(maker(output, engine.node(targets), engine.node(arriving_gradient(shape, 0))))


def _of_numbers(engine: TapeEngine, call: NetworkCall, targets: Any, maker: Maker) -> Any:
    """The same for single numbers, added up."""
    outputs = [call.outputs(each) for each in call.inputs]
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
