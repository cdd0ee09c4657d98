"""Exit codes, and which one a verdict has."""

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradcheck.verdicts.report import Report

__all__ = ["ExitCode", "exit_code_of", "exit_code_of_all"]


class ExitCode(IntEnum):
    """What a command's exit status means."""

    OK = 0
    DISAGREEMENT = 1
    BAD_INPUT = 2
    UNDECIDED = 3
    TOOL_IS_WRONG = 70
    INTERRUPTED = 130


# By the word of the verdict on a whole gradient. A submission that could not be checked has the
# word ``failed``.
OF_VERDICT = {
    "agree": ExitCode.OK,
    "disagree": ExitCode.DISAGREEMENT,
    "undecided": ExitCode.UNDECIDED,
    "failed": ExitCode.DISAGREEMENT,
}
WORST_FIRST = (ExitCode.DISAGREEMENT, ExitCode.UNDECIDED)


def exit_code_of(report: "Report") -> ExitCode:
    """The exit code of one check: 70 if the engines differ, else that of the verdict.

    What is wrong besides the numbers counts as a disagreement.
    """
    if report.comparison is not None and not report.comparison.ok:
        return ExitCode.TOOL_IS_WRONG
    if report.findings:
        return ExitCode.DISAGREEMENT
    return OF_VERDICT[report.verdict.word]


def exit_code_of_all(verdicts: Iterable[str]) -> ExitCode:
    """The exit code of several checks, by the words of their verdicts: the worst one counts.

    >>> exit_code_of_all(["agree", "undecided", "agree"]).name
    'UNDECIDED'
    """
    codes = {OF_VERDICT[verdict] for verdict in verdicts}
    return next((code for code in WORST_FIRST if code in codes), ExitCode.OK)
