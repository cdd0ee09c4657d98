"""A report as a page shows it."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.page.page_of_report import mend_lines, page_of_report
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.errors import BadInput
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, array_report, report_of

DIAGNOSIS = Diagnosis(2, "gradient_wrt_z", "some-mistake", "It is so.", "Seen.", ("One.", "Two."))
WRONG = replace(report_of(array_report([AGREE, DISAGREE])), diagnosis=DIAGNOSIS)


def test_the_diagnosis_is_shown_and_its_hints_beside_it() -> None:
    page = page_of_report(WRONG, "net")
    assert page.word == "disagree"
    assert page.sentence == WRONG.sentence
    assert page.mend == tuple(DIAGNOSIS.lines())
    assert page.hints == ("One.", "Two.")


def test_where_only_hints_are_given_the_mistake_is_not_on_the_page() -> None:
    page = page_of_report(replace(WRONG, diagnosis=DIAGNOSIS.as_hints(1)), "net")
    assert (page.mend, page.hints) == ((), ("One.",))
    assert "some-mistake" not in page.page().html()
    assert "some-mistake" in page_of_report(WRONG, "net").page().html()


def test_what_is_wrong_besides_the_numbers_is_no_agreement() -> None:
    report = replace(report_of(array_report([AGREE])), findings=("backward changes x.",))
    page = page_of_report(report, "net")
    assert page.word == "disagree"
    assert page.sentence.startswith("WRONG backward changes x. The numbers: AGREE")
    assert mend_lines(report) == ("WRONG backward changes x.",)


def test_a_fault_of_the_engine_is_said_first() -> None:
    fault = EngineComparison(4, 3.0, "layer 1 weights", (0, 0))
    page = page_of_report(replace(WRONG, comparison=fault), "net")
    assert page.about[0].startswith("FAULT")
    right = replace(fault, bars=0.5)
    assert not page_of_report(replace(WRONG, comparison=right), "net").about[0].startswith("FAULT")


def test_to_html_writes_it_or_says_why_not(tmp_path: Path) -> None:
    WRONG.to_html(tmp_path / "report.html", "my net")
    assert "<h1>my net</h1>" in (tmp_path / "report.html").read_text("utf-8")
    WRONG.to_html(str(tmp_path / "other.html"))
    with pytest.raises(BadInput, match="cannot be written"):
        WRONG.to_html(tmp_path / "no" / "report.html")
    with pytest.raises(BadInput, match=r"end it in \.html"):
        WRONG.to_html(tmp_path / "report.pdf")


def test_names_that_utf_8_cannot_write_are_written_all_the_same(tmp_path: Path) -> None:
    report = report_of(array_report([AGREE], name="half \ud83d"))
    report.to_html(tmp_path / "report.html")
    assert "half \\ud83d" in (tmp_path / "report.html").read_text("utf-8")
