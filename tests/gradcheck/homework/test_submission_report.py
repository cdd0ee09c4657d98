"""What a check of a class found, in a word and as JSON."""

import json
from dataclasses import replace

import numpy as np

from gradcheck.homework.finding import oddity
from gradcheck.homework.first_wrong_layer import first_wrong_layer
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.homework.reports import array_of, report_of

ONES = np.ones(3)


def test_the_word_is_the_verdict_or_failed() -> None:
    assert SubmissionReport(report_of([array_of(1, "weights", ONES, ONES)])).word == "agree"
    assert SubmissionReport(report_of([array_of(1, "weights", 2 * ONES, ONES)])).word == "disagree"
    assert SubmissionReport(None).word == "failed"


def test_a_failure_is_kept_beside_what_was_found_before() -> None:
    found = SubmissionReport(None, (oddity("It prints."),))
    failed = found.failed(StudentError("it broke\x1b", "in backprop\x07"))
    assert (failed.failure, failed.traceback) == ("it broke?", "in backprop?")
    assert failed.findings == found.findings


def part(claimed: float) -> PartReport:
    measured = np.ones((2, 1))
    return PartReport("Dense", report_of([array_of(1, "weights", claimed * measured, measured)]))


def test_the_costs_of_all_parts_are_counted() -> None:
    one = part(1.0)
    both = SubmissionReport(one.report, parts=(one, one))
    assert both.evaluations == 2 * one.report.evaluations > 0
    assert SubmissionReport(one.report).evaluations == one.report.evaluations
    assert SubmissionReport(None).evaluations == 0


def test_the_worst_part_decides() -> None:
    right, wrong = part(1.0), part(2.0)
    assert SubmissionReport(right.report, parts=(right, right)).word == "agree"
    found = SubmissionReport(right.report, parts=(right, wrong))
    assert found.word == "disagree"
    (told,) = found.to_dict()["parts"]
    assert (told["name"], told["verdict"]) == ("Dense", "disagree")


def test_a_chain_and_its_layers_are_one_piece() -> None:
    parts = tuple(replace(part(1.0), name=name) for name in ("Net", "one", "two", "Loss"))
    chain = SubmissionReport(parts[0].report, parts=parts[:3], layers=2)
    assert [each.name for each in chain.pieces] == ["Net"]
    assert not chain.is_library
    beside = SubmissionReport(parts[0].report, parts=parts, layers=2)
    assert [each.name for each in beside.pieces] == ["Net", "Loss"]
    assert beside.is_library


def test_hints_on_a_chain_keep_what_stands_beside_it() -> None:
    cause = LikelyCause("factor-two", "It is twice that.")
    names = ("Net", "one", "two", "Loss")
    parts = tuple(replace(part(2.0), name=name, likely_cause=cause) for name in names)
    layer = first_wrong_layer(parts[:3])
    found = SubmissionReport(
        parts[0].report, parts=parts, layers=2, first_wrong_layer=layer, likely_cause=cause
    ).as_hints(1)
    assert [each.name for each in found.pieces] == ["Net", "Loss"]
    assert "factor-two" not in json.dumps(found.to_dict())


def test_json_has_null_for_what_is_not_there() -> None:
    empty = SubmissionReport(None).to_dict()
    assert empty == {
        "failure": None,
        "traceback": None,
        "findings": [],
        "likely_cause": None,
        "name": None,
        "format": None,
        "parts": [],
        "first_wrong_layer": None,
        "left_out": [],
    }

    full = SubmissionReport(None, (oddity("It prints."),), likely_cause=LikelyCause("a", "B."))
    assert json.loads(json.dumps(full.to_dict())) == {
        "failure": None,
        "traceback": None,
        "findings": [{"kind": "oddity", "text": "It prints."}],
        "likely_cause": {"name": "a", "evidence": "B."},
        "name": None,
        "format": None,
        "parts": [],
        "first_wrong_layer": None,
        "left_out": [],
    }


def test_what_failed_and_was_left_out_leaves_it_undecided() -> None:
    right = part(1.0)
    found = SubmissionReport(right.report, parts=(right,))
    assert found.verdict is Verdict.AGREE
    undone = replace(found, left_out=(LeftOut("two", "it is not done yet"),))
    assert undone.verdict is Verdict.AGREE
    broken = replace(found, left_out=(LeftOut("two", "it raised ValueError", is_open=True),))
    assert broken.verdict is Verdict.UNDECIDED
    assert broken.to_dict()["left_out"] == [{"name": "two", "line": "it raised ValueError"}]
