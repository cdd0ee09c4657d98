"""What ``gradcheck verify --net`` shows about a class from somebody's file."""

from typing import Any

from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.streams import show
from gradcheck.commands.output.verify import forward_passes
from gradcheck.homework.parts_words import details_of, verdicts_on
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.submission_words import (
    conclusion_parts,
    failure_parts,
    left_out_parts,
    time_part,
    understood_table,
)
from gradcheck.show.text import Part, Sentence

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


def show_submission(title: str, settings: str, found: SubmissionReport, *, plain: bool) -> None:
    """Show how the class was understood, what was found, what it cost, and the verdict.

    Args:
        title: of the class, such as ``homework.py:Network``.
        settings: a sentence on what was checked, and how.
        found: what the check found.
        plain: without colours and lines.

    """
    parts: list[Part] = [Sentence(settings)]
    parts += understood_table(title, found)
    if found.report is None:
        parts += failure_parts(title, found)
    elif found.is_library:
        parts += details_of(found.parts)
        parts.append(time_part(found.report, found.seconds))
        parts.append(verdicts_on("Each piece by itself", found.parts))
    else:
        parts += found.report.found_parts()
        if found.parts[1:]:
            parts.append(verdicts_on("Each layer by itself", found.parts[1:]))
        parts.append(time_part(found.report, found.seconds))
        parts += conclusion_parts(found.report, found.likely_cause, found.first_wrong_layer)
    show([*parts, *left_out_parts(found)], plain=plain)
