"""What is said about a submission."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.finding import guess, oddity
from gradcheck.homework.first_wrong_layer import FirstWrongLayer
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.homework.submission_words import (
    conclusion_parts,
    failure_parts,
    left_out_parts,
    time_part,
    understood_table,
)
from gradcheck.show.text import Part, plain_text
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from tests.gradcheck.homework.reports import array_of, report_of

ONES = np.ones(3)
WRONG = report_of([array_of(1, "weights", 2 * ONES, ONES)])
CAUSE = LikelyCause("keeps-state", "It keeps something.")


def words(parts: list[Part]) -> str:
    return " ".join(plain_text(parts).split())


def test_how_it_was_understood_is_a_table() -> None:
    other = PartReport("relu", WRONG, (oddity("It prints."), guess("It takes rows.")))
    found = SubmissionReport(WRONG, (guess("It takes columns."),), parts=(other, other))
    text = words(understood_table("net.py:Network", found))
    assert "How net.py:Network was understood" in text
    assert "guess It takes columns." in text
    assert "oddity relu: It prints." in text
    assert "It takes rows." not in text
    assert understood_table("net.py", SubmissionReport(WRONG)) == []


def test_what_was_left_out_has_a_sentence_each() -> None:
    found = SubmissionReport(WRONG, left_out=(LeftOut("relu", "it is not done yet"),))
    assert words([*left_out_parts(found)]) == "relu was not checked: it is not done yet."


@pytest.mark.parametrize(
    ("failure", "text"),
    [
        ("backprop raised ValueError: no", "FAILED backprop raised ValueError: no."),
        ("no class Netwrk; did you mean Network?", "FAILED no class Netwrk; did you mean Network?"),
    ],
)
def test_a_failure_is_a_sentence_after_the_student_s_own_lines(failure: str, text: str) -> None:
    found = SubmissionReport(None, failure=failure)
    assert words(failure_parts("net.py:Network", found)) == text
    with_lines = replace(found, traceback='File "net.py", line 3')
    shown = words(failure_parts("net.py:Network", with_lines))
    assert shown == f'In net.py: File "net.py", line 3 {text}'


def test_the_time_is_that_of_the_cost_of_backprop_and_of_the_check() -> None:
    seconds = {"cost": 0.002, "backprop": 0.004, "check": 3.0}
    report = replace(WRONG, evaluations=1234)
    text = words([time_part(SubmissionReport(report, seconds=seconds))])
    assert "the cost once took 2 ms, one backprop of the mini-batch 4 ms." in text
    assert "computed the cost 1,234 times and took 3 s in all." in text


def diagnosed(cause: str | None) -> ArrayDiagnosis:
    says = None if cause is None else "It is twice that."
    return ArrayDiagnosis("layer 1 weights", cause, says, "All are wrong.", ("Look.", "2", "3"))


def test_one_likely_mistake_is_told() -> None:
    assert "Likely mistake" not in words(conclusion_parts(WRONG, None))
    alone = words(conclusion_parts(WRONG, CAUSE))
    assert alone.endswith("Likely mistake: It keeps something. (keeps-state)")
    # That of the diagnosis goes before that of the numbers.
    named = words(conclusion_parts(replace(WRONG, diagnosis=diagnosed("factor-two")), CAUSE))
    assert "(factor-two)" in named
    assert "keeps-state" not in named
    # Where the diagnosis names none, its sentence that none fits is left out.
    unnamed = words(conclusion_parts(replace(WRONG, diagnosis=diagnosed(None)), CAUSE))
    assert unnamed.endswith("(keeps-state)")
    assert "No known mistake" not in unnamed
    assert "No known mistake" in words(
        conclusion_parts(replace(WRONG, diagnosis=diagnosed(None)), None)
    )


def test_hints_on_a_layer_are_the_only_list_of_hints() -> None:
    layer = FirstWrongLayer("layer 2 (Dense)", ("W",), (), 0, CAUSE, ("Look at layer 2.", "W", "3"))
    report = replace(WRONG, diagnosis=diagnosed(None).as_hints(2))
    hints = words(conclusion_parts(report, None, layer.as_hints(2)))
    assert hints.endswith("Hint 1: Look at layer 2. Hint 2: W")
    assert hints.count("Hint 1") == 1
    # With the answer, both are told.
    whole = words(conclusion_parts(replace(WRONG, diagnosis=diagnosed("factor-two")), None, layer))
    assert "(factor-two)" in whole
    assert "First wrong layer on the way back: layer 2 (Dense)." in whole
