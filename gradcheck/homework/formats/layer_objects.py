"""Layer objects: ``forward(x)`` and ``backward(gradient)``, alone, in a library, or in a chain.

A layer is checked with a random gradient that arrives from downstream. The gradient with respect to
its input is checked too. A chain is checked as a whole, and each of its layers by itself. In a file
that only holds layers, each layer is a part.
"""

import inspect
from collections.abc import Mapping, Sequence
from functools import partial

from gradcheck.homework.asked import Asked
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.understanding.layers.file_of_layers import open_file_of_layers
from gradcheck.homework.understanding.layers.layer_classes import is_chain_class, layer_classes
from gradcheck.homework.understanding.layers.methods import BACKWARD_NAMES, is_layer
from gradcheck.homework.understanding.layers.open_layer import open_layer
from gradcheck.homework.understanding.members import first_of, listed_methods, methods_of

__all__ = ["FORMAT"]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The layers of a file: one by its name, or all of them together."""
    if asked.name is not None:
        built = module.names.get(asked.name)
        if not callable(built):
            return NotMine(f"{asked.name} is no class")
        if isinstance(built, type) and not is_layer(built) and not is_chain_class(built):
            return _beside_layers(module, built) or _not_mine({asked.name: built})
        sure = Sureness.CERTAIN if isinstance(built, type) else Sureness.POSSIBLE
        return [Recognised(asked.name, sure, partial(open_layer, module, asked.name))]
    layers = layer_classes(module)
    if not layers:
        return _not_mine(module.classes)
    name = next(iter(layers)) if len(layers) == 1 else f"{len(layers)} layers"
    return [Recognised(name, Sureness.LIKELY, partial(open_file_of_layers, module, layers))]


def _beside_layers(module: StudentModule, kind: type) -> NotMine | None:
    """Why a class without methods is no layer, in a file that has layers."""
    if methods_of(kind) or not layer_classes(module):
        return None
    return NotMine(
        f"{kind.__name__} has no forward and no backward; its methods are: none. Add forward(x). "
        "Add backward(gradient) that returns the gradient of the input",
        1,
    )


def _not_mine(classes: Mapping[str, type]) -> NotMine:
    for kind in classes.values():
        if any(inspect.isfunction(getattr(kind, name, None)) for name in ("forward", "__call__")):
            backward = first_of(BACKWARD_NAMES, kind)
            if backward is None:
                return NotMine(
                    f"{kind.__name__} has forward and no backward; its methods are: "
                    f"{listed_methods(kind)}. Add backward(gradient) that returns the gradient of "
                    "the input",
                    1,
                )
    return NotMine("A class would be needed that has forward(x) and backward(gradient)")


FORMAT = Format("layers with forward and backward", 50, recognise)
