"""A class that says little: it updates its own arrays, or its arrays have names of their own.

``train(x, y, eta)``, ``fit(X, y)``, ``train_step`` and the like change the weights. The claimed
gradient is the weights before one step minus those after it, over the learning rate. Classes like
the book's whose arrays or calls are unusual are read here too. Trying shows which arrays are
learned, and what a call needs (``understanding.by_trying``).
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import (
    Format,
    NotMine,
    Recognised,
    Sureness,
    recognised_classes,
)
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.as_part import as_part
from gradcheck.homework.understanding.by_trying.built import Built, built_objects
from gradcheck.homework.understanding.by_trying.claims import ReadCode, Wishes
from gradcheck.homework.understanding.by_trying.code import Code, methods_in
from gradcheck.homework.understanding.by_trying.filled import filled
from gradcheck.homework.understanding.by_trying.first_state import first_state_for
from gradcheck.homework.understanding.by_trying.made_in_training import trained_once
from gradcheck.homework.understanding.by_trying.outputs import forwards
from gradcheck.homework.understanding.by_trying.own_cost import is_forward_to_cost
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.read_code import read_code
from gradcheck.homework.understanding.by_trying.refusals import NothingCalled, most_telling
from gradcheck.homework.understanding.by_trying.returned import backwards
from gradcheck.homework.understanding.by_trying.sizes_held import sizes_held_by, with_free_batch
from gradcheck.homework.understanding.by_trying.strengths import strengths_for
from gradcheck.homework.understanding.by_trying.trainers import trainers
from gradcheck.homework.understanding.by_trying.with_strengths import with_strengths
from gradcheck.homework.understanding.layers.methods import is_layer
from gradcheck.homework.understanding.members import listed_methods

__all__ = ["FORMAT"]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The classes that have a method of inputs and targets which may train them."""
    classes = module.classes_named(asked.name)
    found = recognised_classes(classes, _sureness, _open)
    if found:
        return found
    for kind in classes.values():
        return NotMine(
            f"{kind.__name__} has no method that could train it on x and y; its methods are: "
            f"{listed_methods(kind)}"
        )
    return NotMine("A class would be needed that has backprop(x, y) or train(x, y, eta)")


def _sureness(kind: type) -> Sureness | None:
    """How sure we are that a class trains itself; None if it does not."""
    code = Code(kind, kind.__name__, Caller(None, lambda _: None))  # type: ignore[arg-type]
    own = _ClassCode(code.root, code.name, code.caller)
    taken = [
        roles_in(own.function(name))
        for name in (*backwards(own), *(names[0] for names in trainers(own)))
    ]
    if not all(taken):  # a backward pass without arguments belongs to the forward pass before it
        taken += [
            roles_in(own.function(name))
            for name in own.names
            if is_forward_to_cost(own.function(name), name)
        ]
    if any({Role.TARGETS, Role.EXAMPLES} & {role for role, _ in each.values()} for each in taken):
        is_sure = forwards(own, 1) and (not is_layer(kind) or any(map(_names_examples, taken)))
        return Sureness.LIKELY if is_sure else Sureness.POSSIBLE
    given = {role for role, needed in roles_in(kind).values() if needed}
    return Sureness.POSSIBLE if {Role.INPUTS, Role.TARGETS} <= given else None


def _names_examples(arguments: Iterable[str]) -> bool:
    """Whether arguments are called as inputs and targets are.

    The backward pass of a layer may name the arriving gradient y, but it takes no inputs beside it.
    """
    roles = {role_of(name) for name in arguments}
    return {Role.INPUTS, Role.TARGETS} <= roles or Role.EXAMPLES in roles


class _ClassCode(Code):
    """A class that is not built yet, with the methods that its objects will have."""

    @property
    def names(self) -> list[str]:
        return methods_in(self.root)

    def function(self, name: str) -> Callable[..., Any]:
        value = inspect.getattr_static(self.root, name)
        function: Callable[..., Any] = getattr(value, "__func__", value)
        if isinstance(value, staticmethod):
            return function
        return partial(function, None)


def _open(built: type, name: str, asked: Asked, caller: Caller) -> Contract:
    """Build the class, and find out by trying what it means.

    Raises:
        StudentError: it cannot be built, or works in no way.

    """
    errors: list[StudentError] = []
    wishes = Wishes(_source(built), asked.cost)
    for each in _full_objects(built, name, asked, caller):
        code = Code(each.own, name, caller, asked.seed)
        methods = {method: code.function(method) for method in code.names}
        about = strengths_for(methods) | first_state_for(methods, each.own, asked.seed)
        code = replace(code, about=about)
        more = ((own, replace(each, sizes=sizes)) for own, sizes in trained_once(code, asked))
        for own, built_as in ((code, each), *more):
            try:
                read = _read(own, built_as, asked, wishes)
                part = as_part(with_strengths(read, built_as))
                return Contract((part,), left_out=_fixed(read))
            except StudentError as error:
                errors.append(error)
    raise most_telling(errors)


def _fixed(read: ReadCode) -> tuple[LeftOut, ...]:
    """The plain numbers that no step changes: they may be meant to be learned."""
    if not read.fixed:
        return ()
    first, *others = read.fixed
    it, they = ("them", "they") if others else ("it", "it")
    return (
        LeftOut(
            f"{first} (and {len(others)} more)" if others else first,
            f"{read.claims.name} never changes {it}. If {they} should be learned, add the update",
            is_open=True,
        ),
    )


def _full_objects(built: type, name: str, asked: Asked, caller: Caller) -> Iterator[Built]:
    """Objects of a class; those that are built empty are filled with layers first.

    Raises:
        StudentError: the constructor works in no way.

    """
    for each in built_objects(built, name, asked, caller):
        for own, sizes in filled(each.own, asked, caller):
            yield replace(each, own=own, sizes=sizes, stronger=None)
        yield each


def _read(code: Code, built: Built, asked: Asked, wishes: Wishes) -> ReadCode:
    """Read the code with a mini-batch of its sizes.

    Raises:
        StudentError: it works with none.

    """
    if built.batch is not None and built.way is not None:
        return read_code(code, built.batch, wishes, (built.way,), holds_batch=True)
    sizes = built.sizes or asked.sizes
    errors: list[StudentError] = []
    for each in [sizes] if sizes is not None else sizes_held_by(code):
        try:
            batch = with_free_batch(asked, code.root).mini_batch(each)
            return read_code(code, batch, wishes)
        except StudentError as error:
            errors.append(error)
    if not errors:
        raise NothingCalled(f"{code.name} holds no matrix that says its sizes; give --sizes")
    raise most_telling(errors)


def _source(built: Callable[..., Any]) -> str:
    """The text of a class; empty if it cannot be found."""
    try:
        return inspect.getsource(built)
    except (OSError, TypeError):
        return ""


FORMAT = Format("a class that trains itself", 35, recognise)
