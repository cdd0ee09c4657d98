"""A constructor that takes the examples themselves."""

from collections.abc import Iterator, Sequence
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from gradcheck.homework.understanding.constructor import USUAL_NETWORKS, USUAL_SIZES, Construction
from gradcheck.homework.understanding.constructor_names import constant_for

__all__ = ["with_examples"]


def with_examples(
    asked: Asked, needed: Sequence[str], x_name: str, y_name: str
) -> Iterator[tuple[Construction, Handover, MiniBatch]]:
    """The arguments of a constructor that takes the examples themselves.

    Args:
        asked: sizes and mini-batch.
        needed: the names of the arguments that must be given.
        x_name: the argument for the inputs.
        y_name: the argument for the targets.

    Returns:
        The arguments, how they contain the examples, and these examples.

    """
    for sizes in USUAL_NETWORKS if asked.sizes is None else (asked.sizes,):
        yield from _with_examples_of(sizes, asked, needed, x_name, y_name)


def _with_examples_of(
    sizes: tuple[int, ...], asked: Asked, needed: Sequence[str], x_name: str, y_name: str
) -> Iterator[tuple[Construction, Handover, MiniBatch]]:
    """The same with examples of some sizes."""
    batch = asked.mini_batch(sizes)
    rest = [each for each in needed if each not in (x_name, y_name)]
    hidden = [*sizes[1:-1]] or [USUAL_SIZES[1]]
    forms: list[Any] = [hidden, hidden[0], [*sizes], [{"size": each} for each in hidden]]
    for way in (each for each in HANDOVERS if not each.is_list):
        for form in forms if rest else forms[:1]:
            if way.whole:
                ((x, y),) = way.pieces(batch)
                named = {each: constant_for(each, form) for each in rest}
                yield Construction((), {x_name: x, y_name: y, **named}, sizes), way, batch
