"""The classes of layers, and of chains of layers, in a student's file."""

from pathlib import Path
from types import ModuleType

from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.understanding.layers.constructor_arguments import takes_layers
from gradcheck.homework.understanding.layers.methods import is_layer

__all__ = ["classes_in_sight", "is_chain_class", "layer_classes"]


def layer_classes(module: StudentModule) -> dict[str, type]:
    """The layers that a file defines, without the classes that others are made from."""
    found = {name: kind for name, kind in module.classes.items() if is_layer(kind)}
    return {
        name: kind
        for name, kind in found.items()
        if not any(kind in other.__mro__[1:] for other in module.classes.values())
    }


def is_chain_class(kind: type) -> bool:
    """Whether a class takes layers, and goes through them forward and backward."""
    return is_layer(kind) and (takes_layers(kind) or callable(getattr(kind, "add", None)))


def classes_in_sight(module: StudentModule) -> dict[str, type]:
    """The classes that a file defines or imports, and those of the modules that it imports."""
    modules = [each for each in module.names.values() if isinstance(each, ModuleType)]
    beside = [each for each in modules if _is_beside(each, module.path)]
    spaces = [vars(each) for each in beside] + [module.names]
    return {
        name: each for space in spaces for name, each in space.items() if isinstance(each, type)
    }


def _is_beside(imported: ModuleType, path: Path) -> bool:
    """Whether an imported module is a file in the folder of the student's file."""
    file = getattr(imported, "__file__", None)
    return file is not None and Path(file).is_relative_to(path.parent)
