"""The page of a submission: what failed, one part, a chain of layers, or several pieces."""

from dataclasses import replace

import numpy as np

from gradcheck.homework.finding import guess
from gradcheck.homework.first_wrong_layer import first_wrong_layer
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission_page import submission_page
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.report import Report
from tests.gradcheck.homework.reports import array_of, report_of

ONES = np.ones((2, 2))
RIGHT = report_of([array_of(1, "weights", ONES, ONES)])
WRONG = report_of([array_of(1, "weights", 2 * ONES, ONES)])
SECONDS = {"cost": 0.1, "backprop": 0.2, "check": 0.3}
CAUSE = LikelyCause("factor-two", "It is twice the slope.")


def found(report: Report, **more: object) -> SubmissionReport:
    given = SubmissionReport(report, (guess("x was taken for the input."),), seconds=SECONDS)
    return replace(given, **more)  # type: ignore[arg-type]


def test_a_failure_is_said_with_the_students_lines() -> None:
    failed = SubmissionReport(None, failure="forward failed", traceback="line 3, in <module>")
    page = submission_page("hw.py", "hw.py, as it is.", failed)
    assert (page.word, page.sentence) == ("failed", "FAILED forward failed.")
    assert "line 3, in &lt;module&gt;" in page.page().html()


def test_one_part_has_its_verdict_its_cause_and_how_it_was_understood() -> None:
    page = submission_page("hw.py", "settings", found(WRONG, likely_cause=CAUSE))
    assert page.word == "disagree"
    assert page.sentence.startswith("DISAGREE 4 of 4")
    assert page.mend == (CAUSE.sentence,)
    assert "x was taken for the input." in page.page().html()
    assert [check.heading for check in page.checks] == [""]


def test_a_library_says_which_pieces_are_wrong() -> None:
    parts = (
        PartReport("affine", RIGHT),
        PartReport("relu", WRONG, (guess("called with x."),), CAUSE),
    )
    page = submission_page("hw.py", "settings", found(RIGHT, parts=parts))
    assert page.sentence == "DISAGREE 1 of 2 pieces is wrong: relu."
    assert [check.heading for check in page.checks] == ["affine", "relu"]
    assert CAUSE.sentence in page.page().html()
    assert "called with x." in page.page().html()
    right = found(RIGHT, parts=(parts[0], replace(parts[0], name="other")))
    assert submission_page("hw.py", "", right).sentence.startswith("AGREE All 2 pieces are right")


def test_a_chain_shows_the_whole_and_its_layers_and_the_first_wrong_one() -> None:
    parts = (PartReport("Net", WRONG), PartReport("one", RIGHT), PartReport("two", WRONG))
    chain = found(
        WRONG,
        parts=parts,
        layers=len(parts) - 1,
        first_wrong_layer=first_wrong_layer(parts),
        name="Net",
    )
    page = submission_page("hw.py:Net", "settings", chain)
    assert [check.heading for check in page.checks] == ["Net", "one", "two"]
    assert page.mend[0].startswith("First wrong layer on the way back: two.")
    assert len(page.hints) == 3


def test_beside_a_chain_its_first_wrong_layer_is_to_be_mended() -> None:
    parts = (PartReport("Net", WRONG), PartReport("one", WRONG), PartReport("loss", RIGHT))
    layer = first_wrong_layer(parts[:2])
    page = submission_page("", "", found(WRONG, parts=parts, layers=1, first_wrong_layer=layer))
    assert any("First wrong layer on the way back: one." in each for each in page.mend)
    assert [check.heading for check in page.checks] == ["Net", "one", "loss"]


def test_with_hints_the_mistake_is_not_on_the_page() -> None:
    parts = (PartReport("Net", WRONG), PartReport("secret layer", WRONG))
    chain = found(
        WRONG,
        parts=parts,
        layers=len(parts) - 1,
        first_wrong_layer=first_wrong_layer(parts),
        name="Net",
    )
    page = submission_page("hw.py:Net", "settings", chain.as_hints(1))
    assert page.mend == ()
    assert len(page.hints) == 1
    assert [check.heading for check in page.checks] == [""]


def test_a_piece_that_failed_leaves_the_file_undecided() -> None:
    left_out = (LeftOut("pool", "it raised ValueError", is_open=True),)
    page = submission_page("hw.py", "settings", found(RIGHT, left_out=left_out))
    assert page.word == "undecided"
    assert page.sentence == "UNDECIDED The code failed in pool, which could not be checked."
    assert "pool was not checked: it raised ValueError." in page.page().html()
    harmless = (LeftOut("pool", "it is not done yet"),)
    page = submission_page("hw.py", "settings", found(RIGHT, left_out=harmless))
    assert page.word == "agree"


def test_with_hints_no_piece_of_a_library_names_its_mistake() -> None:
    diagnosis = ArrayDiagnosis("w", "factor-two", "It is twice.", "All of it.", ("Look at w.",))
    piece = PartReport("relu", replace(WRONG, diagnosis=diagnosis), (), CAUSE)
    library = found(RIGHT, parts=(PartReport("affine", RIGHT), piece))
    assert "factor-two" in submission_page("hw.py", "", library).page().html()
    hinted = submission_page("hw.py", "", library.as_hints(1)).page().html()
    assert "factor-two" not in hinted
    assert "Hint 1: Look at w." in hinted
