"""Each operator of a tape engine as a part, in the first form that works."""

from collections.abc import Callable, Container, Mapping, Sequence
from types import CodeType
from typing import Any

import numpy as np

from gradcheck.homework.contract import Part
from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.layer_operators import layer_operators
from gradcheck.homework.understanding.tape.operator_on_trial import NotForward, OperatorOnTrial
from gradcheck.homework.understanding.tape.operator_variants import variants_of
from gradcheck.homework.understanding.tape.operators import SAME, Operator, operators_of
from gradcheck.homework.understanding.tape.slope_along import CLEAR, CLOSE, distance_from_slope
from gradcheck.homework.understanding.tape.used_twice import used_twice
from gradcheck.homework.understanding.tape.weights import weigher

__all__ = ["operator_parts"]

Plus = Callable[[Any, Any], Any]
# The names of operators that add two nodes.
SUMS = ("a + b", "add(a, b)", "a.add(b)")
# So many kinds of variants that are clearly wrong are shown: the search for a cause takes seconds
# for each.
ENOUGH = 3


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
    plus, found = _to_try(engine, functions, used)
    parts: list[Part] = []
    twice: list[Part] = []
    left_out: list[str] = []
    clear: set[str] = set()  # of these a wrong variant is there already
    for each in found:
        if each.of_arrays and not engine.holds_arrays:
            continue
        if each.variant_of and (each.variant_of in clear or len(clear) >= ENOUGH):
            continue
        try:
            trial, part = _first_that_works(
                [OperatorOnTrial(engine, each, apply, seed, weigh) for apply in each.apply]
            )
            distance = distance_from_slope(part) if part and each.variant_of else np.inf
        except StudentError as error:
            is_forward = isinstance(error, NotForward)
            if not is_forward and not each.is_optional:
                raise
            if is_forward != each.is_optional and not each.variant_of:
                left_out.append(f"{each.name} ({error.line})")
            continue
        parts += [] if part is None or distance <= CLOSE else [part]
        again = None if plus is None or each.repeats else used_twice(trial, plus)
        twice += [] if again is None else [again]
        if each.variant_of and (distance > CLEAR or again is not None):
            clear.add(each.variant_of)
    # If no gradients add up, then one operator is enough to show it.
    parts += twice if len(twice) < len(parts) else twice[:1]
    if not left_out:
        return parts, []
    text = f"Left out, because they do not work with these inputs: {'; '.join(left_out)}."
    return parts, [oddity(text)]


def _to_try(
    engine: TapeEngine,
    functions: Mapping[str, Callable[..., Any]],
    used: Container[CodeType] | None,
) -> tuple[Plus | None, list[Operator]]:
    """The addition of two nodes, if nodes are to be used twice; and the operators to be checked."""
    found = list(operators_of(engine.kind, functions, holds_arrays=engine.holds_arrays))
    if used is not None:
        return None, [each for each in found if each.code in used and not each.is_optional]
    further = [*variants_of(engine.kind, functions), *layer_operators(engine, functions)]
    reused = _reused_nodes([each for each in found if each.shapes == SAME])
    return _sum_of(found), [*reused, *found, *further]


def _first_that_works(
    trials: Sequence[OperatorOnTrial],
) -> tuple[OperatorOnTrial, Part | None]:
    """The first form that works, and its part; None if it has no gradient and needs none.

    Raises:
        NotForward: no form can be applied.
        StudentError: some can, but ``backward`` works for none.

    """
    errors: list[StudentError] = []
    for trial in trials:
        try:
            with np.errstate(all="ignore"):
                return trial, trial.part()
        except StudentError as error:
            errors.append(error)
    raise next((each for each in errors if not isinstance(each, NotForward)), errors[0])


def _sum_of(found: Sequence[Operator]) -> Plus | None:
    """The addition of two nodes, if the engine has one."""
    sums = [each.apply[0] for each in found if each.name in SUMS and each.shapes == SAME]
    return sums[0] if sums else None


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

    return [Operator("nodes that are used more than once", (reused,), SAME, repeats=True)]
