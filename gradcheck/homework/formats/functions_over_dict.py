"""Functions over a dict of parameters: ``initialize_parameters``, forward, cost, backward.

The parameters come from the student's own function, and so does the cache that backward needs: the
forward function is called first each time. The names of its arguments say what each function needs
(``understanding.by_trying``).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.by_trying.as_part import as_part
from gradcheck.homework.understanding.by_trying.built import built_objects
from gradcheck.homework.understanding.by_trying.claims import Wishes
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.invented import invented_parameters
from gradcheck.homework.understanding.by_trying.leaves import arrays_of
from gradcheck.homework.understanding.by_trying.read_code import read_code
from gradcheck.homework.understanding.by_trying.refusals import most_telling
from gradcheck.homework.understanding.by_trying.returned import backwards
from gradcheck.homework.understanding.by_trying.returned_names import returned_names
from gradcheck.homework.understanding.by_trying.separate_gradients import with_all_gradients
from gradcheck.homework.understanding.by_trying.sizes_held import sizes_held_by, with_free_batch
from gradcheck.homework.understanding.by_trying.sources import sources_of
from gradcheck.homework.understanding.by_trying.strengths import strengths_for
from gradcheck.homework.understanding.constructor import ONE_OUTPUT
from gradcheck.homework.understanding.own_sizes import has_one_output
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["FORMAT"]

INITIAL = re.compile(r".*(init|create|make|build|fresh|new|random|generate).*", re.IGNORECASE)
NOT_INITIAL = re.compile(r".*(cache|velocity|adam|batch|data|plot|layer$).*", re.IGNORECASE)

Functions = Mapping[str, Callable[..., Any]]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The functions that may be backward, where another one may make the parameters."""
    functions = with_all_gradients(module.functions)
    makers = [name for name in functions if _makes_parameters(name)]
    code = Code({}, module.path.stem, Caller(module.path, lambda _: None), 0, functions)
    found = backwards(code)
    if asked.name is not None:
        found = [name for name in found if name == asked.name]
        if asked.name in functions and not found and asked.name not in makers:
            found = [asked.name]
    if found and (makers or invented_parameters(functions, asked)):
        likeliest = partial(_open, functions, makers, None if asked.name is None else found[0])
        opened = partial(_in_its_sizes, likeliest, has_one_output(module.path))
        return [Recognised(asked.name or found[0], Sureness.LIKELY, opened)]
    if not functions:
        return NotMine("Functions would be needed that make, use and differentiate parameters")
    missing = "initialize_parameters(layer_dims)" if found else "backward(parameters, cache, X, Y)"
    return NotMine(f"Among the functions there is no {missing}", 1 if makers or found else 0)


def _makes_parameters(name: str) -> bool:
    return bool(INITIAL.fullmatch(in_english(name))) and not NOT_INITIAL.fullmatch(in_english(name))


def _in_its_sizes(
    opened: Callable[[Asked, Caller], Contract], one_output: bool, asked: Asked, caller: Caller
) -> Contract:
    """Open the functions with one output if the file itself has one, else with sizes that suit.

    Raises:
        StudentError: as ``_open``.

    """
    if one_output and asked.sizes is None:
        with suppress(StudentError):
            return opened(replace(asked, sizes=ONE_OUTPUT), caller)
    return opened(asked, caller)


def _open(
    functions: Functions,
    makers: Sequence[str],
    backward: str | None,
    asked: Asked,
    caller: Caller,
) -> Contract:
    """Make parameters, and find out by trying how the other functions use them.

    Raises:
        StudentError: no function makes any, or the others do not use them.

    """
    errors: list[StudentError] = []
    ordered = _like(functions, backward)
    wishes = Wishes(sources_of(functions), asked.cost, backward)
    for root, sizes in _parameters(functions, makers, asked, caller, errors):
        name = backward or "the file"
        code = Code(root, name, caller, asked.seed, ordered, strengths_for(ordered))
        for each in [sizes] if sizes else sizes_held_by(code):
            try:
                batch = with_free_batch(asked, root).mini_batch(each)
                return Contract((as_part(read_code(code, batch, wishes)),))
            except StudentError as error:
                errors.append(error)
    raise most_telling(errors)


def _parameters(
    functions: Functions,
    makers: Sequence[str],
    asked: Asked,
    caller: Caller,
    errors: list[StudentError],
) -> Iterator[tuple[dict[Any, Any] | list[Any], tuple[int, ...] | None]]:
    """Parameters that a function makes; else some that are made for the arguments' names."""
    of_sizes = [name for name in makers if required_arguments(functions[name])]
    if not of_sizes:
        # With sizes of our own, each shape has one meaning; 10 hidden neurons and 10 classes have
        # several.
        yield from invented_parameters(functions, asked)
    for maker in sorted(makers, key=lambda name: "deep" not in name):
        try:
            for built in built_objects(functions[maker], maker, asked, caller):
                try:
                    made = _as_container(built.own, functions[maker])
                except StudentError as error:
                    errors.append(error)
                    continue
                yield made, built.sizes
        except StudentError as error:
            errors.append(error)
    yield from invented_parameters(functions, asked)


def _like(functions: Functions, backward: str | None) -> dict[str, Callable[..., Any]]:
    """The functions. First come those whose names end like that of backward: ``_with_dropout``."""
    ending = "" if backward is None else backward.partition("_with_")[2]
    if not ending:
        return dict(sorted(functions.items(), key=lambda item: "_with_" in item[0]))
    return dict(sorted(functions.items(), key=lambda item: not item[0].endswith(ending)))


def _as_container(made: Any, maker: Callable[..., Any]) -> dict[Any, Any] | list[Any]:
    """The parameters as a dict, by the names that the function returns them under; or as a list.

    A list has what belongs to one layer in each item: a dict, or weights and biases.

    Raises:
        StudentError: there are no arrays in what it returned.

    """
    if isinstance(made, Mapping) and arrays_of(made):
        return dict(made)
    names = returned_names(maker)
    if isinstance(made, tuple) and len(names) == len(made) and arrays_of(made):
        return {
            name: float(value) if isinstance(value, int | np.floating) else value
            for name, value in zip(names, made, strict=True)
        }
    if isinstance(made, list) and arrays_of(made):
        return made
    raise StudentError(
        f"{maker.__name__} returned an object of type {type(made).__name__}; a dict of arrays, "
        "such as W1, b1, W2, b2, or a list with the arrays of each layer is needed"
    )


FORMAT = Format("functions over a dict of parameters", 40, recognise)
