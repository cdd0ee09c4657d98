"""Layer objects: ``forward(x)`` and ``backward(gradient)``, alone, in a library, or in a chain.

A layer is checked with a random gradient that arrives from downstream, its gradient with respect to
its input too. A chain is checked as a whole, and each of its layers by itself. Of a file that only
holds layers, each layer is a part.
"""

import inspect
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.finding import oddity
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.understanding.layers.arrays_inside import arrays_in_object
from gradcheck.homework.understanding.layers.build_layer import build_layer, build_sequence
from gradcheck.homework.understanding.layers.chain import layers_in, read_chain, with_findings
from gradcheck.homework.understanding.layers.constructor_arguments import takes_layers
from gradcheck.homework.understanding.layers.methods import BACKWARD_NAMES, is_layer
from gradcheck.homework.understanding.layers.sizes import sizes_of
from gradcheck.homework.understanding.members import (
    all_arguments,
    first_of,
    listed_methods,
    methods_of,
)

__all__ = ["FORMAT"]

BUILDERS = re.compile(
    r"(make|build|create|get|init|new)_?\w*(net|network|model|mlp|cnn|sequential)\w*",
    re.IGNORECASE,
)


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The layers of a file: one by its name, or all of them together."""
    if asked.name is not None:
        built = module.names.get(asked.name)
        if not callable(built):
            return NotMine(f"{asked.name} is no class")
        if isinstance(built, type) and not is_layer(built) and not _is_chain_class(built):
            return _beside_layers(module, built) or _not_mine({asked.name: built})
        sure = Sureness.CERTAIN if isinstance(built, type) else Sureness.POSSIBLE
        return [Recognised(asked.name, sure, partial(_open_one, module, asked.name))]
    layers = _layer_classes(module)
    if not layers:
        return _not_mine(module.classes)
    name = next(iter(layers)) if len(layers) == 1 else f"{len(layers)} layers"
    return [Recognised(name, Sureness.LIKELY, partial(_open_all, module, layers))]


def _layer_classes(module: StudentModule) -> dict[str, type]:
    """The layers that a file defines, without the classes that others are made from."""
    found = {
        name: kind
        for name, kind in module.classes.items()
        if is_layer(kind) or _is_chain_class(kind)
    }
    return {
        name: kind
        for name, kind in found.items()
        if not any(kind in other.__mro__[1:] for other in module.classes.values())
    }


def _is_chain_class(kind: type) -> bool:
    """Whether a class takes layers, and goes through them forward and backward."""
    has_both = is_layer(kind)
    return has_both and (takes_layers(kind) or callable(getattr(kind, "add", None)))


def _beside_layers(module: StudentModule, kind: type) -> NotMine | None:
    """Why a class without methods is no layer, in a file that has layers."""
    if methods_of(kind) or not _layer_classes(module):
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


def _classes_in_sight(module: StudentModule) -> dict[str, type]:
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


def _built(module: StudentModule, name: str, asked: Asked, caller: Caller) -> Any:
    built = module.names[name]
    if isinstance(built, type) and _is_chain_class(built):
        own = build_sequence(built, name, _classes_in_sight(module), asked, caller)
        if own is not None:
            return own
    return build_layer(built, name, asked, caller)


def _open_one(module: StudentModule, name: str, asked: Asked, caller: Caller) -> Contract:
    """One class or function; if it fails with padding and a stride, without them.

    Raises:
        StudentError: it cannot be checked.

    """
    try:
        return read_chain(_built(module, name, asked, caller), name, asked, caller)
    except StudentError as error:
        if not (set(all_arguments(module.names[name])) & {"padding", "pad", "stride", "strides"}):
            raise
        plain = replace(sizes_of(asked), stride=1, padding=0)
        own = build_layer(module.names[name], name, asked, caller, plain)
        try:
            contract = read_chain(own, name, asked, caller)
        except StudentError:
            raise error from None
        found = oddity(f"It was checked with stride 1 and without padding. With them: {error.line}")
        return Contract((with_findings(contract.parts[0], [found]), *contract.parts[1:]))


def _open_all(
    module: StudentModule, layers: Mapping[str, type], asked: Asked, caller: Caller
) -> Contract:
    """The network that a file puts together; else each of its layers.

    Raises:
        Unread: it has several networks, and nothing else.
        StudentError: nothing in it can be checked.

    """
    if len(layers) == 1:
        return _open_one(module, next(iter(layers)), asked, caller)
    built: dict[str, Any] = {}
    for name in layers:
        with suppress(StudentError):
            built[name] = _built(module, name, asked, caller)
    chains = {name: own for name, own in built.items() if _is_network(own, layers)}
    if len(chains) > 1 and len(chains) == len(layers):
        raise Unread(
            f"{module.path.name} has {len(chains)} networks of layers: {', '.join(chains)}. "
            f"Choose one, such as --net {module.path.name}:{next(iter(chains))}"
        )
    chains = chains or _made_elsewhere(module, asked, caller)
    if len(chains) == 1:
        ((name, own),) = chains.items()
        with suppress(StudentError):
            return _with_rest(read_chain(own, name, asked, caller), own, layers)
    return _library(module, list(layers), asked, caller)


def _is_network(own: Any, layers: Mapping[str, type]) -> bool:
    """Whether an object is a file's own network, and not one more piece of a library.

    A class that takes any layers is a piece; so is a softmax with its loss in one class, beside
    layers that have parameters.
    """
    inside = layers_in(own)
    if len(inside) < 2 or _is_chain_class(type(own)):
        return False
    used = {type(own), *(type(each) for each in inside)}
    return bool(arrays_in_object(own)) or used >= set(layers.values())


def _with_rest(contract: Contract, own: Any, layers: Mapping[str, type]) -> Contract:
    """A chain, with a finding that names the layers of the file that are not in it."""
    used = {type(own), *(type(each) for each in layers_in(own))}
    rest = [name for name, kind in layers.items() if kind not in used]
    if not rest:
        return contract
    left = oddity(
        f"{', '.join(rest)}: not in this network, so not checked. Check each by its name, as in "
        f"--net FILE:{rest[0]}."
    )
    return Contract(
        (with_findings(contract.parts[0], [left]), *contract.parts[1:]), contract.is_chain
    )


def _made_elsewhere(module: StudentModule, asked: Asked, caller: Caller) -> dict[str, Any]:
    """The chain that a function makes, or that is a variable of the file."""
    found: dict[str, Any] = {}
    for name, function in module.functions.items():
        if BUILDERS.fullmatch(name):
            try:
                own = build_layer(function, name, asked, caller)
            except StudentError:
                continue
            if hasattr(own, "__dict__") and is_layer(type(own)) and len(layers_in(own)) > 1:
                found[name] = own
    if found:
        return found
    return {
        name: value
        for name, value in module.names.items()
        if not isinstance(value, type)
        and hasattr(value, "__dict__")
        and is_layer(type(value))
        and len(layers_in(value)) > 1
    }


def _library(
    module: StudentModule,
    names: Sequence[str],
    asked: Asked,
    caller: Caller,
) -> Contract:
    """Each layer of a file as a part of its own."""
    parts: list[Part] = []
    errors: dict[str, StudentError] = {}
    for name in names:
        try:
            parts += _open_one(module, name, asked, caller).parts[:1]
        except StudentError as error:
            errors[name] = error
    if not parts:
        raise next(iter(errors.values()))
    left_out = [oddity(f"{name} was not checked. {error.line}") for name, error in errors.items()]
    return Contract((with_findings(parts[0], left_out), *parts[1:]))


FORMAT = Format("layers with forward and backward", 50, recognise)
