"""One part of somebody's code, checked from its gradients to its likely cause."""

from dataclasses import replace
from typing import Any

import pytest

from gradcheck.homework.check_part import PartOptions, check_part
from gradcheck.homework.finding import FAULT, fault, oddity
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.slopes.settings import Settings
from tests.gradcheck.homework.students import FOLDER, submission

pytestmark = pytest.mark.usefixtures("in_this_process")
OPTIONS = PartOptions(Settings.of("forward", sample=6))
SIZES = (5, 4, 3)


def part(file: str, class_name: str, options: PartOptions = OPTIONS, **changed: Any) -> PartReport:
    """The check of a class, whose facts may be changed before."""
    with SubmissionProcesses(submission(FOLDER / file, class_name, SIZES)) as processes:
        facts = replace(processes.open().parts[0], **changed)
        return check_part(facts, 0, processes, options)


def test_a_right_class_agrees_without_a_cause() -> None:
    found = part("book.py", "Network")
    assert (found.name, found.verdict.word, found.likely_cause) == ("Network", "agree", None)
    assert found.report.arrays[0].checked == 6


def test_a_wrong_class_disagrees_and_its_mistake_is_named() -> None:
    found = part("wrong.py", "SignFlipped")
    assert found.verdict.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "sign-flipped"


@pytest.mark.parametrize(("strict", "word"), [(False, "agree"), (True, "disagree")])
def test_a_fault_beside_right_numbers_counts_if_the_check_is_strict(
    strict: bool, word: str
) -> None:
    findings = (fault("It changes its inputs."), oddity("It prints."))
    found = part("book.py", "Network", replace(OPTIONS, strict=strict), findings=findings)
    assert found.verdict.word == word
    assert found.report.findings == (("It changes its inputs.",) if strict else ())
    texts = [each.text for each in found.findings if each.kind == "oddity"]
    assert ("It changes its inputs." in texts) is not strict
    assert "It prints." in texts
    assert not [each for each in found.findings if each.kind == FAULT]


def test_the_gradients_of_a_second_call_count_too() -> None:
    found = part("wrong.py", "KeepsState")
    assert found.verdict.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "keeps-state"


def test_the_verdict_stands_if_the_search_for_the_cause_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_slow(*_: Any) -> Any:
        raise StudentError("It took too long")

    monkeypatch.setattr("gradcheck.homework.check_part.explained", too_slow)
    found = part("wrong.py", "SignFlipped")
    assert (found.verdict.word, found.likely_cause) == ("disagree", None)
    assert found.findings[-1].text == (
        "The search for the likely cause was not finished: It took too long."
    )


def test_a_name_is_printed_in_one_line() -> None:
    assert part("book.py", "Network", name="Net\x1bwork").name == "Net?work"
