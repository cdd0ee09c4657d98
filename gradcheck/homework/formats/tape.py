"""A tape engine: objects with ``data``, ``grad`` and ``backward()``; and networks built of them."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from types import CodeType
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, Unread
from gradcheck.homework.understanding.members import attributes_used
from gradcheck.homework.understanding.tape.code_that_runs import code_that_runs
from gradcheck.homework.understanding.tape.engine import TapeEngine, engine_of, is_engine
from gradcheck.homework.understanding.tape.function_classes import applied_classes
from gradcheck.homework.understanding.tape.loss_function import loss_functions, read_function
from gradcheck.homework.understanding.tape.network import is_network, read_network
from gradcheck.homework.understanding.tape.operator_parts import operator_parts

__all__ = ["FORMAT"]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """Networks on a tape engine; if there are none, functions of its objects; else the engine."""
    engine = _engine_in(module)
    if engine is None:
        return NotMine("A class would be needed that has data, grad and backward()")
    own = {name: kind for name, kind in module.classes.items() if kind is engine}
    networks = _outermost({n: k for n, k in module.classes.items() if is_network(k, engine)})
    functions = loss_functions(module.functions)
    if asked.name is not None:
        named = module.classes_named(asked.name)
        own = {name: kind for name, kind in named.items() if is_engine(kind)}
        networks = {name: kind for name, kind in named.items() if not is_engine(kind)}
        is_function = inspect.isfunction(module.names.get(asked.name))
        functions = [asked.name] if is_function else []
    certain, likely = Sureness.CERTAIN, Sureness.LIKELY
    found = [
        Recognised(name, certain, partial(_open_network, kind, name, engine, module))
        for name, kind in networks.items()
    ]
    if not found:
        found = [
            Recognised(name, likely, partial(_open_function, name, engine, module))
            for name in functions
        ]
    sureness = certain if not found else Sureness.POSSIBLE
    found += [Recognised(name, sureness, partial(_open_engine, engine, module)) for name in own]
    return found or NotMine(
        f"{engine.__name__} has data, grad and backward(), but no class here has parameters()", 2
    )


def _engine_in(module: StudentModule) -> type | None:
    """The engine that the file defines or imports; of several, the one that others derive from."""
    kinds = [kind for kind in module.names.values() if is_engine(kind)]
    own = [kind for kind in kinds if kind in module.classes.values()] or kinds
    roots = [
        kind for kind in own if not any(kind is not each and issubclass(kind, each) for each in own)
    ]
    return roots[0] if roots else None


def _outermost(networks: dict[str, type]) -> dict[str, type]:
    """The networks that no other one is built of: of Neuron, Layer and MLP, the MLP."""
    parts = {
        name
        for kind in networks.values()
        for name in (*attributes_used(kind), *(base.__name__ for base in kind.__mro__[1:]))
        if networks.get(name) is not kind
    }
    return {name: kind for name, kind in networks.items() if name not in parts} or networks


def _operators_in(module: StudentModule) -> dict[str, Callable[..., Any]]:
    """The functions of the file, and its classes with ``apply``."""
    return {**module.functions, **applied_classes(module.classes)}


def _open_engine(kind: type, module: StudentModule, asked: Asked, caller: Caller) -> Contract:
    engine = engine_of(kind, caller)
    parts, findings = operator_parts(engine, _operators_in(module), asked.seed)
    if not parts:
        raise Unread(
            f"{kind.__name__} has data, grad and backward(), but no operator that is known, such "
            "as + or relu(), works. Give a class with parameters() that is built of it, or an "
            "adapter"
        )
    return Contract((replace(parts[0], findings=tuple(findings)), *parts[1:]))


def _open_network(
    built: type, name: str, kind: type, module: StudentModule, asked: Asked, caller: Caller
) -> Contract:
    engine = engine_of(kind, caller)
    whole = read_network(built, name, engine, module, asked)
    return _with_operators(whole, engine, module, asked)


def _with_operators(
    whole: Part, engine: TapeEngine, module: StudentModule, asked: Asked
) -> Contract:
    """A network, and operators as further parts.

    If the network was asked for by its name, or its engine is in another file, only the operators
    that it uses: a mistake in another operator is not a mistake of the network.
    """
    used: set[CodeType] | None = None
    if asked.name is not None or engine.kind not in module.classes.values():
        used = code_that_runs(lambda: whole.cost.at(whole.values))
    parts, findings = operator_parts(engine, _operators_in(module), asked.seed, used)
    return Contract((replace(whole, findings=(*whole.findings, *findings)), *parts))


def _open_function(
    name: str, kind: type, module: StudentModule, asked: Asked, caller: Caller
) -> Contract:
    engine = engine_of(kind, caller)
    whole = read_function(module.functions[name], name, engine, asked)
    return _with_operators(whole, engine, module, asked)


FORMAT = Format("a tape engine", 30, recognise)
