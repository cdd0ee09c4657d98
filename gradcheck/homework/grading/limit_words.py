"""The advice of a row where an assignment, and no option, sets the limits and the shapes."""

import re
from dataclasses import replace

from gradcheck.homework.finding import Finding
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.student_text import MORE_MEMORY, MORE_TIME
from gradcheck.homework.submission_report import SubmissionReport

__all__ = ["without_options"]

TOOK = re.compile(r"took longer than \S+ seconds")
ARRAYS = re.compile(r"--arrays ([\w=,x]+)")
NEEDED = re.compile(r"(needed|used) more (memory than the limit allows|than \S+ MB of memory)")


def without_options(found: SubmissionReport, limits: Limits) -> SubmissionReport:
    """The same, without advice to use options that cannot be used with an assignment.

    Args:
        found: of a check.
        limits: that the assignment sets.

    """

    def in_words(text: str) -> str:
        if MORE_TIME in text:
            allowed = f"took more than the {limits.call_seconds:g} seconds allowed"
            text = TOOK.sub(allowed, text).replace(MORE_TIME, "")
        if MORE_MEMORY in text:
            text = NEEDED.sub(r"\1 more than the memory allowed", text).replace(MORE_MEMORY, "")
        return ARRAYS.sub(lambda each: f"{_in_toml(each[1])} in the assignment", text)

    def all_in_words(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(replace(each, text=in_words(each.text)) for each in findings)

    return replace(
        found,
        failure=in_words(found.failure),
        findings=all_in_words(found.findings),
        parts=tuple(replace(each, findings=all_in_words(each.findings)) for each in found.parts),
        left_out=tuple(replace(each, line=in_words(each.line)) for each in found.left_out),
    )


def _in_toml(shapes: str) -> str:
    """Shapes as the key ``arrays`` has them.

    >>> _in_toml("x=4x5,b=5")
    'arrays = { x = [4, 5], b = [5] }'
    """
    each = [part.partition("=") for part in shapes.split(",") if part]
    listed = [f"{name} = [{shape.replace('x', ', ')}]" for name, _, shape in each]
    return f"arrays = {{ {', '.join(listed)} }}"
