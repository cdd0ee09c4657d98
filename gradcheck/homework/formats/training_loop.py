"""A training loop written out in a script or in a function: forward, backward and update in it.

One pass of the loop is one step. The claimed gradient is the weights before it minus those after
it, over the learning rate.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import partial

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.source import read_source
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.loops.find import FoundLoop, loops_in
from gradcheck.homework.understanding.loops.loop_names import names_before
from gradcheck.homework.understanding.loops.loop_part import LoopPart
from gradcheck.homework.understanding.loops.one_pass import passes_of
from gradcheck.homework.understanding.loops.read_pass import read_pass

__all__ = ["FORMAT"]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The loops that change variables; with a name, those in the function of that name."""
    try:
        source = read_source(module.path)
        loops = list(loops_in(ast.parse(source.code)))
    except (Unread, SyntaxError, ValueError):
        return NotMine("A file with a training loop would be needed")
    if asked.name is not None:
        loops = [each for each in loops if each.function == asked.name]
    if not loops:
        return NotMine("A loop would be needed that updates weights")
    name = asked.name or module.path.stem
    opened = partial(_open, module, loops, source.text)
    return [Recognised(name, Sureness.POSSIBLE, opened)]


def _open(
    module: StudentModule, loops: Sequence[FoundLoop], source: str, asked: Asked, caller: Caller
) -> Contract:
    """The first loop whose steps fit a cost; else the first that can be read.

    Raises:
        StudentError: none can, or its steps are no gradients.

    """
    errors: list[StudentError] = []
    first: LoopPart | None = None
    for found in loops:
        for each in _read(module, found, source, asked, caller, errors):
            if each.fits:
                return Contract((each.part(),))
            first = first or each
    if first is None:
        raise errors[0] if errors else StudentError("The training loop could not be run")
    return Contract((first.part(),))


def _read(
    module: StudentModule,
    found: FoundLoop,
    source: str,
    asked: Asked,
    caller: Caller,
    errors: list[StudentError],
) -> Iterator[LoopPart]:
    """One loop, with each form of examples, once with its inner loops and once without."""
    for names in names_before(found, module.names, asked, caller):
        passes = passes_of(found.loop, found.name, names, caller, asked.seed)
        for one in passes:
            try:
                read = read_pass(one, source, asked.cost)
                # With complete inner loops a pass may make many steps. Then one round of each is
                # taken.
                is_one_step = read.fits or one is passes[-1] or read.is_proportional
            except NoGradient:
                raise
            except StudentError as error:
                errors.append(error)
            else:
                if is_one_step:
                    yield read


FORMAT = Format("a training loop", 48, recognise)
