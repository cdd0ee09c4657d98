"""Which methods of a class are the forward and the backward pass of a layer, and what they take.

The backward of a layer takes the gradient that arrives from downstream. The backward of a network
takes targets; the formats for networks read it. The names of the arguments show which one it is.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from gradcheck.homework.student_code import required_arguments
from gradcheck.homework.understanding.members import all_arguments, first_of

__all__ = [
    "BACKWARD_NAMES",
    "FORWARD_NAMES",
    "OF_PARAMETERS",
    "Argument",
    "LayerMethods",
    "argument_kind",
    "is_layer",
    "layer_methods",
]

FORWARD_NAMES = (
    *("forward", "forward_pass", "forward_propagation", "forward_prop", "forwardprop"),
    *("forward_propagate", "feed_forward", "feedforward", "forwards", "fprop", "updateOutput"),
    *("fwd", "feed", "propagate", "run", "__call__"),
)
BACKWARD_NAMES = (
    *("backward", "backward_pass", "backward_propagation", "backward_prop", "backprop"),
    *("back_prop", "backpropagation", "back_propagation", "backpropagate", "back_propagate"),
    *("backward_propagate", "backwards", "bprop", "bwd", "backward_delta"),
)
# A second method of the backward pass, where one gives the gradient of the input and the other
# those of the parameters.
OF_PARAMETERS = ("backward_update_gradient", "backward_update_gradients")
# Methods that give the derivative of an activation for each entry, in place of a backward pass.
DERIVATIVE_NAMES = ("gradient", "derivative", "grad", "prime", "deriv", "backward")
# Methods of a class that is a loss alone: its value, and its derivative besides those above.
LOSS_VALUES = (
    *("loss", "cost", "calculate", "calc", "compute", "compute_loss", "calculate_loss"),
    *("calc_loss", "get_loss", "value", "fn", "f"),
)
LOSS_DERIVATIVES = (
    *("loss_prime", "loss_derivative", "loss_gradient", "loss_grad", "cost_prime"),
    *("cost_derivative", "dloss", "compute_gradient", "calculate_gradient", "df", "delta"),
)
LOSS_CLASS = re.compile(
    r".*(loss|cost|entropy|mse|mae|squared|huber|hinge|criterion|objective|bce|nll).*"
)
NO_LOSS_CLASS = re.compile(r".*(net|model|classif|regress|train|layer).*")

# Words in the names of layers, and of the classes that they are made from.
LAYER_WORDS = re.compile(
    r"layer|module|activation|linear|dense|affine|conv|relu|sigmoid|tanh|softmax|pool|norm|dropout|"
    r"flatten|embedding"
)

# Words in the names of classes that are an activation with its derivative.
ACTIVATION = re.compile(
    r"activ|sigmoid|logistic$|tan_?h|relu|\b[cgs]?elu|soft_?(plus|sign|max)|swish|silu|mish|arctan"
)
COST_WORDS = re.compile(r"softmax|loss|cross|entropy|mse|squared|criterion")


class Argument(Enum):
    """What an argument of a forward or a backward pass means."""

    LEARNING_RATE = auto()
    OPTIMIZER = auto()
    TRAINING = auto()
    CACHE = auto()
    BATCH_SIZE = auto()
    TARGETS = auto()
    INPUTS = auto()
    OTHER = auto()


# The first pattern that matches the whole name counts.
ARGUMENTS = (
    (Argument.LEARNING_RATE, r"lr|eta|alpha|l_?rate|learning_?rate|learn_?rate|step(_size)?"),
    (Argument.OPTIMIZER, r"optim.*|.*optimi[sz]er.*|update_?(fn|rule|func)"),
    (Argument.TRAINING, r"(is_?)?train(ing|_?flg|_?flag|_?mode|able)?|is_?training|train_?phase"),
    (Argument.CACHE, r"cache|ctx|context|saved"),
    (Argument.BATCH_SIZE, r"batch_?size|n_?(samples|batch)"),
    (
        Argument.TARGETS,
        r"t|y|ys|Y|target.*|label.*|(y_?)?true|y_true.*|.*_true|expected.*|desired.*|"
        r"ground_?truth|gt|answers?|actual|gold|teacher",
    ),
    (
        Argument.INPUTS,
        r"x|X|inp|inputs?|input_?(data|tensor|array|batch)?|layer_?inputs?|data|a_?prev|prev_?a",
    ),
)


def argument_kind(name: str) -> Argument:
    """What an argument of this name means.

    >>> argument_kind("learning_rate").name
    'LEARNING_RATE'
    """
    plain = name.strip("_")
    return next(
        (kind for kind, each in ARGUMENTS if re.fullmatch(each, plain, re.IGNORECASE)),
        Argument.OTHER,
    )


@dataclass(frozen=True)
class LayerMethods:
    """The methods of a layer.

    Attributes:
        forward: the name of the forward pass.
        backward: of the backward pass, or of the derivative of an activation.
        is_derivative: whether it is the derivative for each entry.
        is_of_output: whether that derivative takes the output of forward, and not its input.
        is_loss: whether the forward pass takes targets.
        is_loss_alone: whether it is a loss by its methods, and learns nothing.

    """

    forward: str
    backward: str
    is_derivative: bool
    is_loss: bool
    is_loss_alone: bool = False
    is_of_output: bool = False


def layer_methods(kind: Any) -> LayerMethods | None:
    """The methods of a class, or an object, that make it a layer; None if it is none.

    Args:
        kind: of a student's.

    """
    return _methods_of_layer(kind) or _methods_of_loss(kind)


def _methods_of_loss(kind: Any) -> LayerMethods | None:
    """The methods of a class that is a loss alone, as ``loss(p, y)`` and ``gradient(p, y)``."""
    own = kind if isinstance(kind, type) else type(kind)
    name = own.__name__.lower()
    value = _first_own(LOSS_VALUES, kind)
    derivative = first_of((*BACKWARD_NAMES, *DERIVATIVE_NAMES, *LOSS_DERIVATIVES), kind)
    if value is None or derivative is None:
        return None
    if not LOSS_CLASS.fullmatch(name) or NO_LOSS_CLASS.fullmatch(name):
        return None
    for method in (value, derivative):
        kinds = [argument_kind(each) for each in _wanted(getattr(kind, method))]
        if len(kinds) != 2 or kinds.count(Argument.TARGETS) != 1:
            return None
    return LayerMethods(value, derivative, False, True, is_loss_alone=True)


def _methods_of_layer(kind: Any) -> LayerMethods | None:
    forward = _first_own(FORWARD_NAMES, kind)
    if forward is None:
        return None
    taken = _wanted(getattr(kind, forward))
    backward = first_of(BACKWARD_NAMES, kind)
    targets = [name for name in taken if argument_kind(name) is Argument.TARGETS]
    is_loss = len(taken) == 2 and (
        bool(targets[-1:] == taken[-1:])
        or _is_pair(taken)
        or (targets == taken[:1] and _is_pair(taken[::-1]))
    )
    if backward is not None:
        return LayerMethods(forward, backward, False, is_loss)
    derivative = first_of(DERIVATIVE_NAMES, kind)
    if derivative is None or is_loss or len(_wanted(getattr(kind, derivative))) != 1:
        return None
    return LayerMethods(forward, derivative, True, False)


def is_layer(kind: Any) -> bool:
    """Whether a class is a layer by its methods: its backward takes an arriving gradient.

    Args:
        kind: of a student's.

    """
    methods = layer_methods(kind)
    if methods is None:
        return False
    if methods.is_loss or methods.is_derivative:
        return not methods.is_derivative or bool(ACTIVATION.search(_lineage(kind)))
    taken = _wanted(getattr(kind, methods.backward))
    kinds = [argument_kind(name) for name in taken]
    if not 1 <= len(_wanted(getattr(kind, methods.forward))) <= 2 or len(taken) > 3:
        return False
    if not taken and COST_WORDS.search(_lineage(kind)):
        return True  # its cost has a method of its own, such as get_loss(t)
    if any(each in (Argument.OTHER, Argument.CACHE) for each in kinds):
        return True
    # ``y`` may be a gradient or targets: then the name of the class decides.
    return len(taken) == 1 and bool(LAYER_WORDS.search(_lineage(kind)))


def _is_pair(taken: list[str]) -> bool:
    """Whether two arguments are a prediction and what it should be."""
    return bool(re.match(r"(y_?)?(pred|hat|out|score|logit|prob)", taken[0], re.IGNORECASE))


def _lineage(kind: Any) -> str:
    own = kind if isinstance(kind, type) else type(kind)
    return " ".join(each.__name__ for each in own.__mro__).lower()


def _first_own(names: tuple[str, ...], kind: Any) -> str | None:
    """The first of these names that is a method; a class itself is called, so not ``__call__``."""
    own = kind if isinstance(kind, type) else type(kind)
    return next(
        (each for each in names if inspect.isfunction(getattr(own, each, None))),
        None,
    )


def _wanted(function: Callable[..., Any]) -> list[str]:
    """The arguments that a pass needs, without ``self`` and without flags."""
    names = [each for each in required_arguments(function) or [] if each != "self"]
    if not names:
        names = [each for each in all_arguments(function) if each not in ("self", "args")][:1]
    flags = (Argument.TRAINING, Argument.LEARNING_RATE, Argument.OPTIMIZER, Argument.BATCH_SIZE)
    return [each for each in names if argument_kind(each) not in flags]
