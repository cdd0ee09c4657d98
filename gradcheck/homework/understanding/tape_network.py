"""A network on a tape engine: built, its parameters found, a cost that its engine can compute."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import StudentError, Unread, required_arguments
from gradcheck.homework.understanding.constructor import (
    USUAL_LAYERS,
    USUAL_SIZES,
    Construction,
    construction_of,
)
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.members import first_of
from gradcheck.homework.understanding.object_paths import object_paths
from gradcheck.homework.understanding.tape_costs import TapeCost, costs_to_try, is_loss
from gradcheck.homework.understanding.tape_engine import TapeEngine
from gradcheck.homework.understanding.tape_parameters import TapeParameters, in_groups
from gradcheck.homework.understanding.tape_whole import TapeWhole
from gradcheck.homework.understanding.where_parameters_are import NUMBERED_NAMES

__all__ = ["is_network", "loss_functions", "read_function", "read_network"]

PARAMETERS_NAMES = ("parameters", "params", "get_parameters", "get_params")
FORWARD_NAMES = ("__call__", "forward", "predict")


def is_network(kind: type, engine: type) -> bool:
    """Whether a class has ``parameters()`` and is called with inputs, or has a loss."""
    if issubclass(kind, engine) or first_of(PARAMETERS_NAMES, kind) is None:
        return False
    return any(
        inspect.isfunction(getattr(kind, name, None)) for name in (*FORWARD_NAMES, *LOSS_NAMES)
    )


def loss_functions(functions: Mapping[str, Callable[..., Any]]) -> list[str]:
    """The functions that take examples, and then parameters by names such as ``w1`` and ``b1``."""
    return [
        name
        for name, function in functions.items()
        if is_loss(name) and len(_numbered(required_arguments(function) or [])) >= 2
    ]


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
    return _first_that_works(name, parameters, costs).part()


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
            return own, given.sizes or asked.sizes or USUAL_SIZES[:USUAL_LAYERS]
        errors.append(StudentError(f"{name}({given.text}) has no parameters"))
    raise errors[0]


def _constructions(
    built: type, name: str, asked: Asked, errors: list[StudentError]
) -> Iterator[Construction]:
    """The usual arguments; and the number of inputs with a list of the other sizes."""
    required = required_arguments(built) or []
    sizes = asked.sizes or USUAL_SIZES[:USUAL_LAYERS]
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


def _first_that_works(
    name: str, parameters: TapeParameters, costs: Sequence[TapeCost]
) -> TapeWhole:
    """The first cost that can be computed, and whose gradients arrive at some parameter.

    Raises:
        StudentError: there is none; the error is that of the first.

    """
    errors: list[StudentError] = []
    values = parameters.values()
    for cost in costs:
        whole = TapeWhole(name, parameters, cost)
        try:
            whole.cost_at(values)
            whole.claims_at(values)
        except StudentError as error:
            errors.append(error)
        else:
            return whole
    if not errors:
        raise Unread(f"{name} has no method that takes inputs, such as __call__(x)")
    raise errors[0]


def read_function(
    function: Callable[..., Any], name: str, engine: TapeEngine, asked: Asked
) -> Part:
    """Find out which parameters a loss of inputs, targets and parameters takes.

    Raises:
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
    for in_rows, flat in ((True, True), (True, False), (False, False)):
        nodes = {
            each: engine.node(generator.standard_normal(_shape(each, sizes, in_rows, flat)))
            for each in numbered
        }
        parameters = TapeParameters(engine, in_groups(engine, list(nodes.items())))
        try:
            return _first_that_works(
                name, parameters, _costs(function, nodes, engine, asked, sizes)
            ).part()
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


def _shape(name: str, sizes: Sequence[int], in_rows: bool, flat: bool) -> tuple[int, ...]:
    """The shape of the parameter of this name."""
    for parameter, pattern in NUMBERED_NAMES.items():
        match = pattern.fullmatch(name)
        if match is None:
            continue
        layer = min(max(int(match[1]), 1), len(sizes) - 1)
        n_up, n_down = list(pairwise(sizes))[layer - 1]
        if parameter == "weights":
            return (n_up, n_down) if in_rows else (n_down, n_up)
        if flat:
            return (n_down,)
        return (1, n_down) if in_rows else (n_down, 1)
    raise ValueError(name)
