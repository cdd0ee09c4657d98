"""The possible costs of a network on a tape engine: its own, one of the file, or a made one."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError, required_arguments
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.members import first_of
from gradcheck.homework.understanding.tape.cost import TapeCost, is_loss
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.made_costs import made_costs
from gradcheck.homework.understanding.tape.network_calls import (
    NetworkCall,
    network_calls,
    wrapped,
)

__all__ = ["costs_to_try"]

# A network of single numbers is slow: so many examples are enough.
EXAMPLES_OF_NUMBERS = 4


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
        *made_costs(own, engine, functions, batch),
    ]


def _own_costs(own: Any, engine: TapeEngine, batch: MiniBatch) -> Iterator[TapeCost]:
    """The network's own loss of inputs and targets."""
    name = first_of(LOSS_NAMES, own)
    if name is None or len(required_arguments(getattr(own, name)) or ()) != 2:
        return
    for form in EXAMPLE_FORMS:
        x, y = form.arguments(batch)
        for as_node in (False, True):
            node = partial(_own_cost, own, name, engine, x, y, as_node=as_node)
            text = f"the class's own {name}(x, y); it takes {form.name}"
            yield TapeCost(text, f"{name}(x, y)", node, batch.size)


def _own_cost(own: Any, name: str, engine: TapeEngine, x: Any, y: Any, *, as_node: bool) -> Any:
    return getattr(own, name)(
        wrapped(engine, x, as_node=as_node), wrapped(engine, y, as_node=as_node)
    )


def _costs_of_functions(
    own: Any, engine: TapeEngine, functions: Mapping[str, Callable[..., Any]], batch: MiniBatch
) -> Iterator[TapeCost]:
    """The loss functions of the file, of the network's outputs and of targets."""
    if not engine.holds_arrays:
        return
    for name, function in functions.items():
        if not is_loss(name) or len(required_arguments(function) or ()) != 2:
            continue
        for call in network_calls(own, engine, batch):
            y = call.form.targets(batch.targets)
            for as_node in (True, False):
                node = partial(_cost_of_function, function, engine, call, y, as_node=as_node)
                text = f"the file's {name} of {call.form.name}"
                yield TapeCost(text, f"{name}(output, target)", node, batch.size)


def _cost_of_function(
    function: Callable[..., Any], engine: TapeEngine, call: NetworkCall, y: Any, *, as_node: bool
) -> Any:
    found = function(call.outputs(call.inputs), wrapped(engine, y, as_node=as_node))
    if engine.is_node(found) and engine.value(found).size != 1:
        raise StudentError(f"{function.__name__} did not return one number")
    return found
