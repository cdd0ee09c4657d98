"""What the first screen says about several parts."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.commands.output.short_parts import (
    short_verdicts,
    verdict_on_parts,
    verdict_on_pieces,
)
from gradcheck.homework.first_wrong_layer import first_wrong_layer
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.text import Part, Sentence
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.homework.reports import array_of, report_of

ONES = np.ones(3)
AGREE = report_of([array_of(1, "weights", ONES, ONES)])
DISAGREE = report_of([array_of(1, "weights", 2 * ONES, ONES)])
UNDECIDED = report_of(
    [replace(AGREE.arrays[0], verdicts=np.full(3, Verdict.UNDECIDED, dtype=np.int8))]
)


def pieces(*reports: object) -> tuple[PartReport, ...]:
    """Pieces with the names a, b, c, ..."""
    return tuple(
        PartReport(name, report)  # type: ignore[arg-type]
        for name, report in zip("abcdefgh", reports, strict=False)
    )


def texts(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Sentence)]


def test_pieces_that_all_agree_are_one_sentence() -> None:
    found = SubmissionReport(AGREE, parts=pieces(AGREE, AGREE))
    assert texts(verdict_on_pieces(found)) == ["AGREE All 2 pieces agree, each by itself."]


def test_wrong_pieces_are_named_and_two_are_told_more_of() -> None:
    found = SubmissionReport(AGREE, parts=pieces(AGREE, DISAGREE, DISAGREE, DISAGREE))
    first, *told = texts(verdict_on_pieces(found))
    assert first == "DISAGREE 3 of 4 pieces disagree: b, c, d."
    assert [each.partition(": ")[0] for each in told] == ["b", "c"]


def test_what_is_told_of_a_piece_is_its_likely_mistake_if_one_is_known() -> None:
    cause = LikelyCause("factor-two", "It is twice that.")
    known = PartReport("a", DISAGREE, likely_cause=cause)
    fault = PartReport("b", replace(AGREE, findings=("It changes its inputs.",)))
    found = SubmissionReport(DISAGREE, parts=(known, fault))
    assert texts(verdict_on_pieces(found))[1:] == [
        "a: Likely mistake: It is twice that. (factor-two)",
        "b: It changes its inputs.",
    ]
    # What the diagnosis of the numbers says goes first.
    diagnosis = ArrayDiagnosis("W", "sign-flipped", "The sign is wrong.", "All are wrong.", ())
    both = replace(known, report=replace(DISAGREE, diagnosis=diagnosis))
    (_, told, _) = texts(verdict_on_pieces(SubmissionReport(DISAGREE, parts=(both, fault))))
    assert told.startswith("a: Likely mistake in the gradient of W: The sign is wrong.")


@pytest.mark.parametrize(
    ("parts", "left_out", "text"),
    [
        (
            (AGREE, UNDECIDED),
            (),
            "UNDECIDED 1 of 2 pieces could not be confirmed: b. This is not a pass.",
        ),
        (
            (AGREE, AGREE),
            (LeftOut("c", "it raised ValueError", is_open=True),),
            "UNDECIDED What was checked agrees, but not everything could be checked. This is not "
            "a pass.",
        ),
    ],
)
def test_what_is_undecided_is_no_pass(
    parts: tuple[object, ...], left_out: tuple[LeftOut, ...], text: str
) -> None:
    found = SubmissionReport(AGREE, parts=pieces(*parts), left_out=left_out)
    assert texts(verdict_on_pieces(found))[0] == text


@pytest.mark.parametrize(
    ("whole", "layer", "text"),
    [
        (AGREE, DISAGREE, "DISAGREE One of its parts is wrong by itself."),
        (
            AGREE,
            UNDECIDED,
            "UNDECIDED Not all of its parts could be confirmed. This is not a pass.",
        ),
        (AGREE, AGREE, None),
        (DISAGREE, DISAGREE, None),
    ],
)
def test_layers_have_a_sentence_where_they_change_the_verdict(
    whole: object, layer: object, text: str | None
) -> None:
    parts = pieces(whole, layer)
    found = SubmissionReport(parts[0].report, parts=parts, layers=1)
    assert texts(verdict_on_parts(found)) == ([] if text is None else [text])


def test_beside_a_chain_its_first_wrong_layer_is_told_first() -> None:
    parts = pieces(DISAGREE, DISAGREE, DISAGREE)  # a chain, its layer, and a loss
    layer = first_wrong_layer(parts[:2])
    found = SubmissionReport(DISAGREE, parts=parts, layers=1, first_wrong_layer=layer)
    _, first, second = texts(verdict_on_pieces(found))
    assert first.startswith("First wrong layer on the way back: b.")
    assert second.startswith("c: ")


def test_a_check_that_failed_has_no_verdict_on_its_parts() -> None:
    assert verdict_on_parts(SubmissionReport(None)) == []


def test_a_short_list_keeps_what_does_not_agree() -> None:
    parts = pieces(AGREE, AGREE, DISAGREE, UNDECIDED, AGREE)
    versions = short_verdicts(parts, 4)
    assert [len(table.rows) for table in versions] == [5, 4, 3, 2]
    assert [row[0] for row in versions[2].rows] == ["c", "d", "3 other pieces"]
    assert versions[2].rows[-1] == ("3 other pieces", "agree", "9", "0", "-")
    assert versions[3].rows[-1][1:] == ("agree or undecided", "9", "0", "see --details")


def test_a_list_that_fits_is_whole() -> None:
    (whole, *_) = short_verdicts(pieces(AGREE, DISAGREE), 9)
    assert [row[0] for row in whole.rows] == ["a", "b"]


def test_why_a_verdict_stays_open_is_told_beside_it() -> None:
    left = (
        LeftOut("one", "it is not written yet"),
        LeftOut("other", "it cannot be called", is_open=True),
    )
    for parts, shown in (
        (pieces(AGREE), verdict_on_parts),
        (pieces(AGREE, AGREE), verdict_on_pieces),
    ):
        verdict, why = texts(shown(SubmissionReport(AGREE, parts=parts, left_out=left)))
        assert verdict.startswith("UNDECIDED What was checked agrees")
        assert why == "other was not checked: it cannot be called."
