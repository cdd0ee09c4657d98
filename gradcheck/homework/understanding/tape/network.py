"""A network on a tape engine: built, its parameters found, a cost that its engine can compute."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import StudentError, Unread, required_arguments
from gradcheck.homework.understanding.constructor import (
    USUAL_NETWORK,
    Construction,
    construction_of,
)
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.members import first_of
from gradcheck.homework.understanding.tape.cost import TapeCost
from gradcheck.homework.understanding.tape.costs_to_try import costs_to_try
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.object_paths import object_paths
from gradcheck.homework.understanding.tape.parameters import TapeParameters, in_groups
from gradcheck.homework.understanding.tape.whole import TapeWhole
from gradcheck.homework.unusable_gradient import UnusableGradient

__all__ = ["first_that_works", "is_network", "read_network"]

PARAMETERS_NAMES = ("parameters", "params", "get_parameters", "get_params")
FORWARD_NAMES = ("__call__", "forward", "predict")


def is_network(kind: type, engine: type) -> bool:
    """Whether a class has ``parameters()`` and is called with inputs, or has a loss."""
    if issubclass(kind, engine) or first_of(PARAMETERS_NAMES, kind) is None:
        return False
    return any(
        inspect.isfunction(getattr(kind, name, None)) for name in (*FORWARD_NAMES, *LOSS_NAMES)
    )


def read_network(
    built: type, name: str, engine: TapeEngine, module: StudentModule, asked: Asked
) -> Part:
    """Build a network, and find a cost that depends on its parameters.

    Raises:
        StudentError: it cannot be built, has no parameters, or cannot be called.

    """
    own, sizes = _built(built, name, engine, asked)
    parameters = TapeParameters(engine, in_groups(engine, _parameters(own, engine)))
    costs = costs_to_try(own, engine, module.functions, asked, sizes)
    return first_that_works(name, parameters, costs, each_array=asked.each_array).part()


def _built(built: type, name: str, engine: TapeEngine, asked: Asked) -> tuple[Any, tuple[int, ...]]:
    """A network that has parameters, and the sizes that it was built with.

    Raises:
        StudentError: no form of its arguments works.

    """
    errors: list[StudentError] = []
    for given in _constructions(built, name, asked, errors):
        seed_generators(asked.seed)
        try:
            with engine.caller.calling(f"{name}({given.text})"):
                own = built(*given.arguments, **given.named)
                found = list(_parameters(own, engine))
        except StudentError as error:
            errors.append(error)
            continue
        if found:
            return own, given.sizes or asked.sizes or USUAL_NETWORK
        errors.append(StudentError(f"{name}({given.text}) has no parameters"))
    raise errors[0]


def _constructions(
    built: type, name: str, asked: Asked, errors: list[StudentError]
) -> Iterator[Construction]:
    """The usual arguments; and the number of inputs with a list of the other sizes."""
    required = required_arguments(built) or []
    sizes = asked.sizes or USUAL_NETWORK
    try:
        yield construction_of(built, name, asked.sizes)
    except StudentError as error:
        errors.append(error)
    if len(required) == 2:
        yield Construction((sizes[0], list(sizes[1:])), {}, sizes)
        yield Construction((sizes[0], sizes[-1]), {}, (sizes[0], sizes[-1]))


def _parameters(own: Any, engine: TapeEngine) -> list[tuple[str, Any]]:
    """The parameters of a network, each once, with the path at which it holds them."""
    method = first_of(PARAMETERS_NAMES, own)
    given = () if method is None else getattr(own, method)()
    given = list(given) if isinstance(given, Iterator) else given
    listed = [node for _, node in object_paths(given, engine.is_node)]
    paths = {id(node): path for path, node in reversed(list(object_paths(own, engine.is_node)))}
    each_once = {id(node): node for node in listed}
    return [
        (paths.get(which, f"parameters()[{position}]"), node)
        for position, (which, node) in enumerate(each_once.items())
    ]


def first_that_works(
    name: str,
    parameters: TapeParameters,
    costs: Sequence[TapeCost],
    *,
    each_array: bool = False,
) -> TapeWhole:
    """The first cost that can be computed, and whose gradients have the shapes of the parameters.

    Args:
        name: of the network.
        parameters: of it.
        costs: to try.
        each_array: whether, if there is none, the first is taken in which some gradients have.

    Raises:
        StudentError: there is none; the error is that of the first.

    """
    errors: list[StudentError] = []
    partly: list[TapeWhole] = []
    values = parameters.values()
    for cost in costs:
        whole = TapeWhole(name, parameters, cost)
        try:
            whole.cost_at(values)
            whole.claims_at(values)
        except UnusableGradient as error:
            errors.append(error)
            wrong = parameters.wrong_shapes()
            if len(wrong) < len(values):
                partly.append(replace(whole, unusable=wrong))
        except StudentError as error:
            errors.append(error)
        else:
            return whole
    if partly and each_array:
        return partly[0]
    if not errors:
        raise Unread(f"{name} has no method that takes inputs, such as __call__(x)")
    raise errors[0]
