"""A slip: a mistake as it stands in the source of a network."""

from dataclasses import dataclass

__all__ = ["Slip"]


@dataclass(frozen=True)
class Slip:
    """A mistake in the source of one manner: some lines, and the wrong ones in their place.

    Attributes:
        mistake: its name in ``gradcheck.exercise.mistakes.MISTAKES``.
        right: the right lines, without the indentation that they share. They stand in the source
            of the manner exactly once.
        wrong: the wrong lines, likewise; empty if the right ones are left out.
        same_numbers: other mistakes that give the same numbers here, so that they are right answers
            as well.

    """

    mistake: str
    right: str
    wrong: str
    same_numbers: tuple[str, ...] = ()
