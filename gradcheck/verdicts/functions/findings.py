"""What may be wrong with a backward function besides its numbers.

It must not change what it is given, must give the same result again, and must not depend on how
the arriving gradient lies in memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from array_api_compat import is_numpy_array

from gradcheck.verdicts.array_diagnosis import names_text
from gradcheck.verdicts.functions.other_calls import compared, differing_layouts, gradients_for
from gradcheck.verdicts.functions.pair import FunctionPair
from gradcheck.verdicts.functions.same_numbers import deep_copy, hold_the_same
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.suspicion import equal_to_the_last_bit
from nets.arrays import Array, array_namespace

__all__ = ["BackwardFindings", "backward_findings", "with_findings"]


@dataclass(frozen=True, eq=False)
class BackwardFindings:
    """What calls of a backward function have shown.

    Attributes:
        gradients: of the inputs that are checked, by the first call.
        again: by forward and backward called a second time; None if that failed.
        sentences: what is wrong besides the numbers.

    """

    gradients: list[Array]
    again: list[Array] | None
    sentences: tuple[str, ...]


def backward_findings(pair: FunctionPair, arriving: Sequence[Array]) -> BackwardFindings:
    """Call backward in several ways.

    Args:
        pair: the two functions.
        arriving: the arriving gradients, one for each output array, in its shape.

    Raises:
        BadInput: backward takes other arguments, or returns too few gradients.

    """
    returned = gradients_for(pair, _own(arriving))
    pair.claims(returned)  # so they are arrays, in the right shapes
    gradients = _own(returned)
    # Before any other call: if backward adds to an earlier gradient, the difference shows its
    # mistake.
    anew = "when forward and backward are called again with the same input"
    call = partial(gradients_for, pair, _own(arriving))
    again, on_new_cache = compared(pair, anew, call, gradients)
    sentences = list(_changes(pair, arriving))
    same = "when it is called a second time after the same forward"
    _, on_same_cache = compared(pair, same, partial(_second_backward, pair, arriving), gradients)
    sentences += (on_new_cache or on_same_cache)[:1]
    if all(is_numpy_array(each) for each in arriving):
        sentences += differing_layouts(pair, arriving, gradients)
    return BackwardFindings(gradients, again, tuple(sentences))


def with_findings(report: Report, pair: FunctionPair, found: BackwardFindings) -> Report:
    """The report with what is wrong besides the numbers, and with the inputs that are held fixed.

    Args:
        report: what a check found.
        pair: the two functions.
        found: what their calls have shown.

    """
    return replace(
        report,
        suspicions=tuple(equal_to_the_last_bit(report)),
        remarks=(*report.remarks, *pair.inputs.remarks),
        findings=found.sentences,
    )


def _changes(pair: FunctionPair, arriving: Sequence[Array]) -> Iterator[str]:
    """What forward and backward change in place."""
    names = pair.inputs.names
    before = pair.inputs.fresh().values
    done = pair.run()
    changed = _unequal(names, before, done.arguments.values)
    if changed:
        yield f"forward changes {names_text(changed)} in place. Let it work on a copy."
    inputs, cache = deep_copy(done.arguments.values), deep_copy(done.cache)
    own = _own(arriving)
    pair.backpropagated(done, own)
    if not hold_the_same(own, list(arriving)):
        yield (
            "backward changes its arriving gradient in place. Other code may still need it: let "
            "backward work on a copy."
        )
    if changed := _unequal(names, inputs, done.arguments.values):
        yield f"backward changes {names_text(changed)} in place. Let it work on a copy."
    elif not hold_the_same(cache, done.cache):
        yield "backward changes its cache in place. A second call would start from other numbers."


def _own(arrays: Sequence[Array]) -> list[Array]:
    return [array_namespace(each).asarray(each, copy=True) for each in arrays]


def _unequal(names: Sequence[str], before: Sequence[Any], after: Sequence[Any]) -> list[str]:
    return [n for n, a, b in zip(names, before, after, strict=True) if not hold_the_same(a, b)]


def _second_backward(pair: FunctionPair, arriving: Sequence[Array]) -> list[Array]:
    done = pair.run()
    pair.backpropagated(done, _own(arriving))
    return pair.backpropagated(done, _own(arriving))
