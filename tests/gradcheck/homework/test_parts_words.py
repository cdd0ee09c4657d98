"""What is shown about several parts."""

import numpy as np

from gradcheck.homework.finding import guess, oddity
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.parts_words import details_of, oddities_of, verdicts_on
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.text import plain_text
from tests.gradcheck.homework.reports import array_of, report_of

ONES = np.ones(3)
RIGHT = report_of([array_of(1, "weights", ONES, ONES), array_of(1, "biases", ONES, ONES)])
WRONG = report_of([array_of(1, "weights", 2 * ONES, ONES), array_of(1, "biases", ONES, ONES)])
RELU = PartReport("relu", RIGHT, (guess("It takes rows."), oddity("It prints.")))
AFFINE = PartReport(
    "affine", WRONG, (oddity("It is slow."),), LikelyCause("factor-two", "It is twice that.")
)


def test_each_part_has_a_line_with_its_counts_and_what_is_wrong() -> None:
    table = verdicts_on("Each piece", [RELU, AFFINE])
    assert table.title == "Each piece"
    assert table.rows == (
        ("relu", "agree", "6", "0", "-"),
        ("affine", "disagree", "3", "3", "layer 1 weights"),
    )


def test_only_what_does_not_agree_is_shown_in_detail() -> None:
    assert details_of([RELU]) == []
    text = " ".join(plain_text(details_of([RELU, AFFINE])).split())
    assert "How affine was understood" in text
    assert "It is slow." in text
    assert "Likely mistake: It is twice that. (factor-two)" in text
    assert "relu" not in text


def test_a_part_without_findings_has_no_table_of_them() -> None:
    bare = PartReport("affine", WRONG)
    assert "understood" not in plain_text(details_of([bare]))


def test_oddities_are_those_of_the_parts_after_the_first() -> None:
    found = SubmissionReport(WRONG, parts=(AFFINE, RELU))
    assert oddities_of(found) == [("oddity", "relu: It prints.")]
    assert oddities_of(SubmissionReport(WRONG)) == []
