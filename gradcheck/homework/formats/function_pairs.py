"""Pairs of functions: ``affine_forward(x, w, b)`` and ``affine_backward(dout, cache)``.

Losses that return their own gradient, such as ``softmax_loss(x, y) -> loss, dx``, belong to it too.
Each pair of a file is a part of its own, checked by itself: the gradient of every input, for a
random arriving gradient. A pair that is not written yet is named and does not stop the others.
"""

import re
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.members import methods_of
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
    # Several pairs have no name together but that of the file.
    name = pairs[0].forward_name if len(pairs) == 1 else ""
    return [Recognised(name, sureness, partial(_open, pairs, False))]


def _is_of_network(pair: NamedPair) -> bool:
    """Whether the two functions go through a whole network, as in a format of its own."""
    names = (pair.forward_name, pair.backward_name)
    return any(OF_NETWORKS.fullmatch(name) for name in names)


def _sureness(module: StudentModule, pairs: Sequence[NamedPair]) -> Sureness | None:
    """How sure it is that the pairs are what is to be checked; None if they are only its steps.

    A file that defines a network too is never right because its ``sigmoid_prime`` is.
    """
    methods = {each for kind in module.classes.values() for each in methods_of(kind)}
    names = [*methods, *module.functions]
    if any(OF_NETWORKS.fullmatch(name) for name in names):
        return None
    if any(pair.is_explicit for pair in pairs):
        return Sureness.CERTAIN
    if module.classes or has_own_program(module.path):
        return None
    return Sureness.LIKELY


def _not_mine(module: StudentModule, asked: Asked) -> NotMine:
    """Why there is no pair: what there is of one."""
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
    parts: list[Part] = []
    left_out: list[LeftOut] = []
    errors: list[StudentError] = []
    for pair, name in zip(pairs, _names(pairs), strict=True):
        try:
            chosen = chosen_reading(pair, asked.shapes, asked.seed, caller)
            parts.append(chosen.read.part(name, findings_of(chosen.read)))
            left_out += chosen.left_out
        except NotDone as error:
            errors.append(StudentError(f"{name} is not done yet: {error.line}"))
            left_out.append(LeftOut(name, f"it is not done yet ({error.line})"))
        except NoShapes as error:
            errors.append(StudentError(f"{name} cannot be checked: {error.line}"))
            if pair.backward is not None or is_asked:
                left_out.append(LeftOut(name, error.line))
        except StudentError as error:
            errors.append(error)
            left_out.append(LeftOut(name, error.line, is_fault=_is_in(caller.path, error)))
    if not parts:
        raise errors[0]
    return Contract(tuple(parts), left_out=tuple(left_out))


def _is_in(path: Path, error: StudentError) -> bool:
    """Whether an error is one of the file itself, and not of another one that it imports."""
    if error.__cause__ is None:
        return True
    frames = [each.filename for each in traceback.extract_tb(error.__cause__.__traceback__)]
    own = [each for each in frames if each.startswith(str(path.parent))]
    return not own or Path(own[-1]) == path


def _names(pairs: Sequence[NamedPair]) -> list[str]:
    """What each pair is called: its forward, and its backward where that has several."""
    forwards = [pair.forward_name for pair in pairs]
    return [
        pair.forward_name
        if forwards.count(pair.forward_name) == 1
        else f"{pair.forward_name} with {pair.backward_name}"
        for pair in pairs
    ]


FORMAT = Format("pairs of functions", 60, recognise)
