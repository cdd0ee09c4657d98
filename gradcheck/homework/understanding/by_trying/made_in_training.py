"""Arrays that a class makes when it is trained, and not when it is built."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from gradcheck.homework.understanding.by_trying.learned import learned_arrays
from gradcheck.homework.understanding.by_trying.leaves import arrays_of, scalars_of, write
from gradcheck.homework.understanding.by_trying.outputs import forwards
from gradcheck.homework.understanding.by_trying.steps import RATE, ROUNDS_NAME
from gradcheck.homework.understanding.by_trying.trainers import trainers
from gradcheck.homework.understanding.by_trying.trial import Trial
from gradcheck.homework.understanding.constructor import USUAL_NETWORKS

__all__ = ["trained_once"]


def trained_once(code: Code, asked: Asked) -> Iterator[tuple[Code, tuple[int, ...]]]:
    """The code after one call that made its arrays, with the sizes of the examples of this call.

    It comes without the method that made them, for code that has another one that makes a step;
    then with it, but so that it goes on from the arrays that are there.

    Args:
        code: without a matrix.
        asked: sizes and seed.

    """
    if any(np.ndim(value) == 2 for value in arrays_of(code.root).values()):
        return
    for names in trainers(code):
        for sizes in USUAL_NETWORKS if asked.sizes is None else (asked.sizes,):
            batch = asked.mini_batch(sizes)
            for way in (each for each in HANDOVERS if each.whole and not each.is_list):
                own = _trained(code, names[0], batch, way)
                if own is None:
                    continue
                kept = _learned_names(own, batch, way)
                if any(np.ndim(value) == 2 for value in arrays_of(own.root).values()) or kept:
                    yield replace(own, left_out=names), sizes
                    if kept:
                        yield replace(own, kept=kept), sizes
                    break


def _trained(code: Code, name: str, batch: MiniBatch, way: Handover) -> Code | None:
    """A copy after one round of training; None if that fails."""
    ((x, y),) = way.pieces(batch)
    own = code.copied()
    for path in scalars_of(own.root, lambda name: bool(ROUNDS_NAME.fullmatch(name))):
        write(own.root, path, 1)
    roles = {Role.INPUTS: x, Role.TARGETS: y, Role.ROUNDS: 1, Role.RATE: RATE}
    try:
        own.called(name, own.pool.with_roles(roles), quietly=False)
    except StudentError:
        return None
    return own


def _learned_names(code: Code, batch: MiniBatch, way: Handover) -> frozenset[str]:
    """The attributes that an output of the targets' shape depends on; none if there is none."""
    for forward in forwards(code, batch.targets.shape[0]):
        with suppress(StudentError):
            trial = Trial(batch, way, forward)
            if trial.outputs(code.copied()).shape != batch.targets.shape:
                continue
            learned = learned_arrays(code.copied(), trial.outputs, batch.size)
            steps = [path.steps for path in learned.paths]
            return frozenset(str(each[0][1]) for each in steps if each[0][0])
    return frozenset()
