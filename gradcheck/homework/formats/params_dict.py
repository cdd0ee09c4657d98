"""A class with a dict of parameters: ``params``, and ``loss(x, y)`` with its gradients.

Two ways of writing it are common. ``loss(x, y)`` returns the loss and a dict of gradients. Or
``loss(x, t)`` returns the loss alone, and ``gradient(x, t)`` beside it returns the dict. The
gradients must be those of exactly this loss, regularisation included.
"""

from collections.abc import Callable, Sequence
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import (
    Format,
    NotMine,
    Recognised,
    Sureness,
    recognised_classes,
)
from gradcheck.homework.student_code import Caller
from gradcheck.homework.understanding.loss_calls import GRADIENT_NAMES, LOSS_NAMES
from gradcheck.homework.understanding.members import attributes_used, first_of, listed_methods
from gradcheck.homework.understanding.params_class import PARAMS_NAMES, read_params_class

__all__ = ["FORMAT"]

OWN_NAME = "params"  # of the dict; other names for it are those of lists elsewhere


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The classes that use a dict of parameters and have a loss."""
    classes = module.classes_named(asked.name)
    found = recognised_classes(classes, _sureness, _open)
    if found:
        return found
    for kind in classes.values():
        if OWN_NAME in attributes_used(kind):
            return NotMine(
                f"{kind.__name__} uses params, but has no method loss; its methods are: "
                f"{listed_methods(kind)}. Add loss(x, y) that returns the loss and a dict of "
                "gradients",
                2,
            )
    return NotMine("A class would be needed that has a dict params and loss(x, y)")


def _sureness(kind: type) -> Sureness | None:
    """How sure we are that a class is of this kind; None if it is not."""
    used = attributes_used(kind)
    if not used & set(PARAMS_NAMES) or first_of(LOSS_NAMES, kind) is None:
        return None
    if OWN_NAME in used:
        return Sureness.CERTAIN
    return Sureness.LIKELY if first_of(GRADIENT_NAMES, kind) is not None else Sureness.POSSIBLE


def _open(built: Callable[..., Any], name: str, asked: Asked, caller: Caller) -> Contract:
    return read_params_class(built, name, asked, caller)


FORMAT = Format("a class with a dict of parameters", 20, recognise)
