"""Classes with ``apply``, ``forward`` and ``backward``, such as ``Conv2d.apply(x, w)``."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["APPLY", "applied_classes"]

APPLY = ".apply"  # the end of the name of such an operator
# The first argument of forward, which keeps what backward needs.
CONTEXT = ("self", "cls", "ctx", "context")


def applied_classes(classes: Mapping[str, type]) -> dict[str, Callable[..., Any]]:
    """The ``apply`` of each such class, with the arguments of its ``forward``.

    >>> class Twice:
    ...     @classmethod
    ...     def apply(cls, x): ...
    ...     def forward(ctx, x): ...
    ...     def backward(ctx, dy): ...
    >>> list(applied_classes({"Twice": Twice, "int": int}))
    ['Twice.apply']
    """
    return {f"{name}{APPLY}": _applied(kind) for name, kind in classes.items() if _is_one(kind)}


def _is_one(kind: type) -> bool:
    if not all(callable(getattr(kind, each, None)) for each in ("forward", "backward", "apply")):
        return False
    return isinstance(inspect.getattr_static(kind, "apply"), classmethod | staticmethod)


def _applied(kind: type) -> Callable[..., Any]:
    own: Any = kind
    forward = own.forward

    def apply(*nodes: Any, **more: Any) -> Any:
        return own.apply(*nodes, **more)

    found: Any = apply
    found.__wrapped__ = forward
    try:
        signature = inspect.signature(forward)
    except (TypeError, ValueError):
        return apply
    arguments = list(signature.parameters.values())
    while arguments and arguments[0].name in CONTEXT:
        arguments = arguments[1:]
    found.__signature__ = signature.replace(parameters=arguments)
    return apply
