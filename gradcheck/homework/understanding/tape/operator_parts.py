"""Each operator of a tape engine as a part, in the first form that works."""

from collections.abc import Callable, Container, Mapping, Sequence
from types import CodeType
from typing import Any

from gradcheck.homework.contract import Part
from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.operator_on_trial import NotForward, OperatorOnTrial
from gradcheck.homework.understanding.tape.operators import SAME, Operator, operators_of
from gradcheck.homework.understanding.tape.weights import weigher

__all__ = ["operator_parts"]


def operator_parts(
    engine: TapeEngine,
    functions: Mapping[str, Callable[..., Any]],
    seed: int,
    used: Container[CodeType] | None = None,
) -> tuple[list[Part], list[Finding]]:
    """A part for each operator that works; and findings about those that do not.

    Args:
        engine: the student's.
        functions: of the student's module, that may be operators too.
        seed: of the inputs.
        used: the code that a network uses: only operators in it are checked, and only for inputs
            of the same shape. None for all operators, and for nodes that are used twice.

    """
    weigh = weigher(engine, functions)
    parts: list[Part] = []
    left_out: list[str] = []
    found = list(operators_of(engine.kind, functions, holds_arrays=engine.holds_arrays))
    if used is None:
        found = [*_reused_nodes([each for each in found if each.shapes == SAME]), *found]
    else:
        found = [each for each in found if each.code in used and not each.is_optional]
    for each in found:
        if each.of_arrays and not engine.holds_arrays:
            continue
        try:
            part = _first_that_works(
                [OperatorOnTrial(engine, each, apply, seed, weigh) for apply in each.apply]
            )
        except NotForward as error:
            if not each.is_optional:
                left_out.append(f"{each.name} ({error.line})")
        except StudentError as error:
            if not each.is_optional:
                raise
            left_out.append(f"{each.name} ({error.line})")
        else:
            parts += [] if part is None else [part]
    if not left_out:
        return parts, []
    text = f"Left out, because they do not work with these inputs: {'; '.join(left_out)}."
    return parts, [oddity(text)]


def _first_that_works(trials: Sequence[OperatorOnTrial]) -> Part | None:
    """The part of the first form that works; None if its output has no gradient and need not.

    Raises:
        NotForward: no form can be applied.
        StudentError: some can, but ``backward`` works for none.

    """
    errors: list[StudentError] = []
    for trial in trials:
        try:
            return trial.part()
        except StudentError as error:
            errors.append(error)
    raise next((each for each in errors if not isinstance(each, NotForward)), errors[0])


def _reused_nodes(pairs: Sequence[Operator]) -> list[Operator]:
    """An expression in which nodes are used more than once, of the operators that there are."""
    by_name = {each.name: each.apply[0] for each in pairs if not each.positive}
    plus = by_name.get("a + b") or next(iter(by_name.values()), None)
    if plus is None:
        return []
    times = by_name.get("a * b", plus)

    def reused(a: Any, b: Any) -> Any:
        first = times(a, b)
        second = plus(first, a)
        third = times(second, first)
        return plus(plus(third, second), first)

    return [Operator("nodes that are used more than once", (reused,), SAME)]
