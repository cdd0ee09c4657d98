"""What ``gradcheck verify --net`` shows about a class from somebody's file."""

from collections.abc import Sequence
from typing import Any

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.first_screen import (
    MOST_ROWS,
    first_screen,
    short_conclusion,
    short_list,
)
from gradcheck.commands.output.short_parts import (
    short_verdicts,
    verdict_on_parts,
    verdict_on_pieces,
)
from gradcheck.commands.output.streams import show
from gradcheck.commands.output.verify import forward_passes
from gradcheck.homework.finding import GUESS
from gradcheck.homework.parts_words import details_of, oddities_of, verdicts_on
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.submission_words import (
    conclusion_parts,
    failure_parts,
    left_out_parts,
    time_part,
    understood_table,
)
from gradcheck.show.text import Part, Sentence
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

__all__ = ["json_of_submission", "show_submission"]


def json_of_submission(
    asked: SubjectOptions, title: str, found: SubmissionReport, examples: str
) -> dict[str, Any]:
    """The JSON, with the keys that it has for one of our networks.

    Args:
        asked: the mini-batch and its seed.
        title: of the class, such as ``homework.py:Network``.
        found: what the check found.
        examples: what the inputs are, in words.

    """
    report = {"verdict": found.word, "checked": 0, "arrays": []}
    if found.report is not None:
        report = {**found.report.to_dict(), "verdict": found.word}
    sizes = found.sizes
    return {
        "network": {
            "sizes": None if sizes is None else list(sizes),
            "class": title,
            "activation": None,
            "cost": found.cost or None,
            "init": None,
            "parameters": 0 if found.report is None else found.report.parameters,
        },
        "device": "cpu",
        "dtype": "float64",
        "batch_size": asked.batch_size,
        "seed": asked.seed,
        "data": examples,
        **report,
        "planted": None,
        "weights": None,
        "submission": found.to_dict(),
        "forward_passes": None if sizes is None else forward_passes(sizes),
        "seconds": found.seconds,
    }


def show_submission(
    title: str, settings: str, found: SubmissionReport, output: OutputOptions
) -> None:
    """Show how the class was understood, what was found, what it cost, and the verdict.

    Args:
        title: of the class, such as ``homework.py:Network``.
        settings: a sentence on what was checked, and how.
        found: what the check found.
        output: how to show it: on one screen, or with all details.

    """
    if output.details:
        parts = _all_parts(title, settings, found)
    elif found.report is None:
        failed = failure_parts(title, found)[::-1]
        parts = first_screen(
            failed, settings, (), None, lists=_lists(found, failed), plain=output.plain
        )
    else:
        parts = _one_screen(found.report, settings, found, plain=output.plain)
    show(parts, plain=output.plain)


def _one_screen(
    report: Report, settings: str, found: SubmissionReport, *, plain: bool
) -> list[Part]:
    """The verdict first, and of the rest as much as fits."""
    if found.is_library:
        head, tables = verdict_on_pieces(found), short_verdicts(found.parts, MOST_ROWS)
        doubted = [part.report for part in found.parts if part.verdict is not Verdict.AGREE]
    else:
        conclusion = conclusion_parts(report, found.likely_cause, found.first_wrong_layer)
        head = [*verdict_on_parts(found), *short_conclusion(conclusion)]
        tables, doubted = report.short_tables(MOST_ROWS), [report]
    return first_screen(
        head,
        settings,
        tables,
        time_part(found).text,
        warnings=[note for each in doubted for note in each.notes(short=True)],
        lists=_lists(found, head),
        plain=plain,
    )


def _lists(found: SubmissionReport, head: Sequence[Part]) -> tuple[tuple[Part, ...], ...]:
    """What was left out, what is odd, and what was guessed, each in several lengths.

    Args:
        found: what the check found.
        head: what stands above; it is not told twice.

    """
    kinds = [(each.kind, each.text) for each in found.findings] + oddities_of(found)
    odd = [f"{kind.capitalize()}: {text}" for kind, text in kinds if kind != GUESS]
    guesses = [f"Guess: {text}" for kind, text in kinds if kind == GUESS]
    left_out = [part.text for part in left_out_parts(found) if part not in head]
    return (
        short_list(left_out, "things that were not checked"),
        short_list(odd, "oddities"),
        short_list(guesses, "guesses"),
    )


def _all_parts(title: str, settings: str, found: SubmissionReport) -> list[Part]:
    """All that is known. The verdict is last, because a terminal shows the end of a long text."""
    parts: list[Part] = [Sentence(settings)]
    parts += understood_table(title, found)
    if found.report is None:
        parts += failure_parts(title, found)
    elif found.is_library:
        parts += details_of(found.parts)
        parts.append(time_part(found))
        parts.append(verdicts_on("Each piece by itself", found.parts))
    else:
        parts += found.report.found_parts()
        if found.parts[1:]:
            parts.append(verdicts_on("Each layer by itself", found.parts[1:]))
        parts.append(time_part(found))
        parts += conclusion_parts(found.report, found.likely_cause, found.first_wrong_layer)
    return [*parts, *left_out_parts(found)]
