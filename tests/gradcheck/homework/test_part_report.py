"""The verdict on a part: its numbers, and what else is wrong."""

from dataclasses import replace

from gradcheck.homework.part_report import PartReport
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.verdicts.reports import AGREE, array_report, report_of

RIGHT = report_of(array_report([AGREE, AGREE]))


def test_right_numbers_agree_and_a_fault_disagrees() -> None:
    assert PartReport("Net", RIGHT).verdict is Verdict.AGREE
    faulty = PartReport("Net", replace(RIGHT, findings=("backward changes x in place.",)))
    assert faulty.verdict is Verdict.DISAGREE
    assert faulty.to_dict()["verdict"] == "disagree"
    assert faulty.to_dict()["findings"] == ["backward changes x in place."]
