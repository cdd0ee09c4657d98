"""Arrays that a class makes when it is trained, and not when it is built."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS
from gradcheck.homework.understanding.by_trying.leaves import arrays_of, scalars_of, write
from gradcheck.homework.understanding.by_trying.steps import RATE, ROUNDS_NAME
from gradcheck.homework.understanding.by_trying.trainers import trainers
from gradcheck.homework.understanding.constructor import USUAL_NETWORKS

__all__ = ["trained_once"]


def trained_once(code: Code, asked: Asked) -> Iterator[tuple[Code, tuple[int, ...]]]:
    """The code after one call that made its arrays, with the sizes of the examples of this call.

    Args:
        code: without a matrix. What made the arrays is not called again.
        asked: sizes and seed.

    """
    if any(np.ndim(value) == 2 for value in arrays_of(code.root).values()):
        return
    for names in trainers(code):
        for sizes in USUAL_NETWORKS if asked.sizes is None else (asked.sizes,):
            for way in (each for each in HANDOVERS if each.whole and not each.is_list):
                ((x, y),) = way.pieces(asked.mini_batch(sizes))
                own = code.copied()
                for path in scalars_of(own.root, lambda name: bool(ROUNDS_NAME.fullmatch(name))):
                    write(own.root, path, 1)
                roles = {Role.INPUTS: x, Role.TARGETS: y, Role.ROUNDS: 1, Role.RATE: RATE}
                try:
                    own.called(names[0], own.pool.with_roles(roles), quietly=False)
                except StudentError:
                    continue
                if any(np.ndim(value) == 2 for value in arrays_of(own.root).values()):
                    yield replace(own, left_out=names), sizes
                    break
