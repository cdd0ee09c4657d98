"""The first screen of ``gradcheck verify``: the verdict first, in 80 columns and 24 lines."""

from collections.abc import Sequence

from gradcheck.show.screen import Block, fitted
from gradcheck.show.text import Part, Sentence, Table

__all__ = ["MOST_ROWS", "first_screen", "short_conclusion", "short_list"]

# Rows of the table, for arrays or pieces. Two layers and the arrays of a small class need four.
MOST_ROWS = 6
# Which block is given room first: the one with the highest number.
SETTINGS, WARNINGS, TABLE, LISTS, TIME = 5, 4, 3, 2, 1
MORE = Sentence("--details shows all tables, notes and times.")


def first_screen(
    head: Sequence[Part],
    settings: str,
    tables: tuple[Table, ...],
    time: str | None,
    *,
    warnings: Sequence[str] = (),
    lists: Sequence[tuple[Part, ...]] = (),
    plain: bool,
) -> list[Part]:
    """The verdict, what was checked, a short table, notes and times, as far as they fit.

    Args:
        head: the verdict and what to mend. It is always shown.
        settings: what was checked, in a sentence.
        tables: the same table in several lengths, the longest first.
        time: how long it took, in a sentence; None if nothing was measured.
        warnings: what a reader of the verdict must know.
        lists: what else is known, each list in several lengths like the tables.
        plain: without colours and lines.

    """
    blocks = [
        Block((Sentence(settings),), SETTINGS),
        Block(tables, TABLE),
        *(Block((Sentence(each),), WARNINGS) for each in warnings),
        *(Block(each, LISTS) for each in lists),
        Block(() if time is None else (Sentence(time),), TIME),
    ]
    return fitted(head, blocks, MORE, plain=plain)


def short_conclusion(conclusion: Sequence[Part]) -> list[Part]:
    """The same sentences; those without a colour follow each other without blank lines."""
    coloured = [part for part in conclusion if isinstance(part, Sentence) and part.style]
    others = [part.text for part in conclusion if isinstance(part, Sentence) and not part.style]
    return [*coloured, Sentence("\n".join(others))] if others else [*coloured]


def short_list(sentences: Sequence[str], what: str) -> tuple[Part, ...]:
    """The sentences without blank lines, in versions of all of them down to none.

    Args:
        sentences: each begins a line.
        what: they are, in the plural.

    """
    versions = [Sentence("\n".join(sentences))] if sentences else []
    for shown in range(len(sentences) - 1, -1, -1):
        more = f"{'More' if shown else 'There are'} {what}: see --details."
        versions.append(Sentence("\n".join([*sentences[:shown], more])))
    return tuple(versions)
