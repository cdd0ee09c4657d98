"""Code that was understood, with strengths of regularisation that its constructor has at 0."""

from dataclasses import replace

import numpy as np

from gradcheck.homework.finding import guess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.built import Built
from gradcheck.homework.understanding.by_trying.claims import ReadCode
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.loss_calls import REGULARISATION

__all__ = ["with_strengths"]


def with_strengths(read: ReadCode, built: Built) -> ReadCode:
    """The same code built with strengths above 0, if its own cost depends on them.

    With a strength of 0, a mistake in the gradient of the regularisation does not show. Many
    classes use the strength only in their steps, and not in the cost. Then it stays 0, because the
    cost cannot check it.

    Args:
        read: by ``read_code``, with the strengths that the class has by itself.
        built: the object that was read.

    """
    if built.stronger is None or read.cost.guessed:
        return read
    try:
        stronger = replace(read.code, root=built.stronger())
        costs = [_cost(read, code) for code in (read.code.copied(), stronger.copied())]
        read.claims.at(stronger.copied(), read.learned.values)
    except StudentError:
        return read
    if not np.isfinite(costs[1]) or costs[0] == costs[1]:
        return read
    text = f"{read.cost.finding.text} The strength of its regularisation was set to "
    finding = guess(f"{text}{REGULARISATION}.")
    return replace(read, code=stronger, cost=replace(read.cost, finding=finding))


def _cost(read: ReadCode, code: Code) -> float:
    read.learned.place(code, read.learned.values)
    return float(np.real(read.cost.value(code)))
