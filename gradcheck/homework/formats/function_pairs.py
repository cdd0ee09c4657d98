"""Pairs of functions: ``affine_forward(x, w, b)`` and ``affine_backward(dout, cache)``.

Losses that return their own gradient, such as ``softmax_loss(x, y) -> loss, dx``, belong to it too.
Each pair of a file is a part of its own, checked by itself: the gradient of every input, for a
random arriving gradient. A pair that is not written yet is named and does not stop the others.
"""

import re
from collections.abc import Sequence
from functools import partial

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError, is_in
from gradcheck.homework.understanding.members import methods_of
from gradcheck.homework.understanding.pairs.backward_arguments import takes_arriving
from gradcheck.homework.understanding.pairs.choice import chosen_reading
from gradcheck.homework.understanding.pairs.findings import findings_of
from gradcheck.homework.understanding.pairs.forms import NoShapes
from gradcheck.homework.understanding.pairs.function_names import (
    BACKWARD_WORDS,
    FORWARD_WORDS,
    NamedPair,
    named_pairs,
    words_of,
)
from gradcheck.homework.understanding.pairs.named_choices import with_choices
from gradcheck.homework.understanding.pairs.returned_names import has_own_program
from gradcheck.homework.understanding.pairs.trials import NotDone

__all__ = ["FORMAT"]

# Functions and methods of whole networks: beside them, pairs are steps of something larger.
OF_NETWORKS = re.compile(
    r"(init(iali[sz]e)?_?(deep_?)?(params|parameters|weights|network|caches)\w*|l_model_\w+|\w*model|"
    r"train\w*|(compute_?)?cost\w*|update_?(params|parameters|weights)\w*|fit|"
    r"(back_?prop\w*|forward_?prop\w*|feed_?forward|gradient_?descent\w*|backward|forward)|"
    r"gradients?|nn_?cost\w*|loss_?fun\w*)",
    re.IGNORECASE,
)
INITS = re.compile(r"init(iali[sz]e)?(_\w+)?", re.IGNORECASE)
NAMES_LISTED = 8  # in a message, at most


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """All pairs of the module together; of one pair only if it is asked for by its name."""
    pairs = named_pairs(module.functions, module.names)
    if asked.name is not None:
        pairs = [pair for pair in pairs if pair.is_called(asked.name)]
        if pairs:
            is_larger = any(_is_of_network(pair) for pair in pairs)
            asked_for = Sureness.POSSIBLE if is_larger else Sureness.CERTAIN
            return [Recognised(asked.name, asked_for, partial(_open, pairs, True))]
        return _not_mine(module, asked)
    if not pairs:
        return _not_mine(module, asked)
    sureness = _sureness(module, pairs)
    if sureness is None:
        first = pairs[0].forward_name
        return NotMine(
            f"The functions {', '.join(pair.forward_name for pair in pairs[:NAMES_LISTED])} and "
            "their backward functions can be checked by themselves: choose one, such as --net "
            f"{module.path.name}:{first}",
            2,
        )
    # Several pairs together have only the name of the file.
    name = pairs[0].forward_name if len(pairs) == 1 else ""
    return [Recognised(name, sureness, partial(_open, pairs, False))]


def _is_of_network(pair: NamedPair) -> bool:
    """Whether the two functions go through a whole network, as in a format of its own."""
    names = (pair.forward_name, pair.backward_name)
    return any(OF_NETWORKS.fullmatch(name) for name in names)


def _sureness(module: StudentModule, pairs: Sequence[NamedPair]) -> Sureness | None:
    """How sure we are that the pairs are meant; None if they are only steps of a network.

    A file with a network is not right only because its ``sigmoid_prime`` is right.
    """
    methods = {each for kind in module.classes.values() for each in methods_of(kind)}
    names = [*methods, *module.functions]
    of_network = [name for name in names if OF_NETWORKS.fullmatch(name)]
    if of_network and not _has_only_layers(module, pairs, of_network):
        return None
    if any(pair.is_explicit for pair in pairs) and not of_network:
        return Sureness.CERTAIN
    if module.classes or has_own_program(module.path):
        return None
    return Sureness.LIKELY


def _has_only_layers(
    module: StudentModule, pairs: Sequence[NamedPair], of_network: Sequence[str]
) -> bool:
    """Whether functions with names of networks are layers, or make the parameters of layers.

    Such layers are ``feed_forward`` and ``feed_forward_grad(dout, cache)``. All other functions of
    the file must be called by the layers: else one of them may be a network.
    """
    layers = [pair for pair in pairs if pair.backward and takes_arriving(pair.backward)]
    if module.classes or not layers:
        return False
    own = {name for pair in layers for name in (pair.forward_name, pair.backward_name)}
    called = {name for function in own for name in _names_in(module.functions.get(function))}
    others = set(module.functions) - own - called
    return all(name in own or INITS.fullmatch(name) for name in of_network) and all(
        INITS.fullmatch(name) or name.startswith("_") for name in others
    )


def _names_in(function: object) -> tuple[str, ...]:
    """The names that a function reads besides its own variables."""
    code = getattr(function, "__code__", None)
    return code.co_names if code is not None else ()


def _not_mine(module: StudentModule, asked: Asked) -> NotMine:
    """Why there is no pair: which half of one was found."""
    names = list(module.functions) if asked.name is None else [asked.name]
    for name in names:
        words = set(words_of(name))
        if words & FORWARD_WORDS and name in module.functions:
            other = re.sub("forward", "backward", name)
            return NotMine(
                f"The function {name} has no backward; a function such as {other}(dout, cache) "
                "would be needed",
                1,
            )
        if words & BACKWARD_WORDS and name in module.functions:
            return NotMine(f"The function {name} has no forward with the same name", 1)
    return NotMine(
        "Two functions would be needed such as affine_forward(x, w, b) and "
        "affine_backward(dout, cache), or a loss that returns its gradient too"
    )


def _open(pairs: Sequence[NamedPair], is_asked: bool, asked: Asked, caller: Caller) -> Contract:
    """A part for each pair that can be checked.

    Args:
        pairs: at least one.
        is_asked: whether they were asked for by their name.
        asked: shapes and a seed.
        caller: guards the calls.

    Raises:
        StudentError: none can be checked; the message is about the first.

    """
    pairs = [each for pair in pairs for each in with_choices(pair)]
    parts: list[Part] = []
    left_out: list[LeftOut] = []
    errors: list[StudentError] = []
    for pair, name in zip(pairs, _names(pairs), strict=True):
        try:
            chosen = chosen_reading(
                pair, asked.shapes, asked.seed, caller, each_array=asked.each_array
            )
            parts.append(chosen.read.part(name, findings_of(chosen.read)))
            left_out += chosen.left_out
        except NotDone as error:
            errors.append(StudentError(f"{name} is not done yet: {error.line}", error.traceback))
            left_out.append(LeftOut(name, f"it is not done yet ({error.line})"))
        except NoShapes as error:
            errors.append(StudentError(f"{name} cannot be checked: {error.line}", error.traceback))
            if pair.backward is not None or is_asked:
                left_out.append(LeftOut(name, error.line, is_open=True))
        except StudentError as error:
            errors.append(error)
            left_out.append(LeftOut(name, error.line, is_open=is_in(caller.path, error)))
    if not parts:
        raise errors[0]
    return Contract(tuple(parts), left_out=tuple(left_out))


def _names(pairs: Sequence[NamedPair]) -> list[str]:
    """What each pair is called: its forward, and its backward where that has several."""
    forwards = [pair.forward_name for pair in pairs if not pair.settings]
    found = []
    for pair in pairs:
        name = pair.forward_name
        if forwards.count(name) > 1:
            name = f"{name} with {pair.backward_name}"
        found.append(name + "".join(f", {word}={value!r}" for word, value in pair.settings))
    return found


FORMAT = Format("pairs of functions", 60, recognise)
