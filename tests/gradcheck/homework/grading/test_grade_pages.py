"""A page for each submission, and an index."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.grading.grade_pages import (
    CheckedPart,
    expect_page_folder,
    page_name,
    points_text,
    write_index,
    write_pages,
)
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.submission_report import SubmissionReport
from nets.errors import BadInput
from tests.gradcheck.homework.grading.handmade import part_task, task_of
from tests.gradcheck.homework.reports import array_of, report_of

ONES = np.ones((2, 2))
SECONDS = {"cost": 0.1, "backprop": 0.2, "check": 0.3}
RIGHT = SubmissionReport(report_of([array_of(1, "weights", ONES, ONES)]), seconds=SECONDS)
WRONG = SubmissionReport(report_of([array_of(1, "weights", 2 * ONES, ONES)]), seconds=SECONDS)
EVIL = "<script>alert(1)</script>/../../x.py"


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def test_a_submission_has_a_page_of_its_own(tmp_path: Path) -> None:
    path = write_pages(tmp_path, "anna.py", "", [CheckedPart("Network", WRONG)], "As asked.")
    assert path.parent == tmp_path
    assert "<h1>anna.py</h1>" in text_of(path)
    assert "DISAGREE</strong> 4 of 4" in text_of(path)
    assert "As asked." in text_of(path)


def test_what_could_not_be_checked_says_why(tmp_path: Path) -> None:
    path = write_pages(tmp_path, "anna.py", "It has no class.", [], "As asked.")
    assert "FAILED</strong> It has no class." in text_of(path)


def test_several_parts_are_on_one_page_and_the_worst_counts(tmp_path: Path) -> None:
    parts = [CheckedPart("softmax", RIGHT), CheckedPart("Network", WRONG)]
    html = text_of(write_pages(tmp_path, "anna.py", "", parts, "As asked."))
    assert "DISAGREE</strong> 4 of 4" in html
    assert re.findall('<h2 id="check-.">(.*?)</h2>', html) == [
        "softmax: agree",
        "Network: disagree",
    ]
    assert "softmax: AGREE" in html


@pytest.mark.parametrize("name", ["a.py", EVIL, "Ä Ö.py", "x" * 300, "..", "", "half \ud83d"])
def test_names_of_pages_are_safe_everywhere(name: str, tmp_path: Path) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]?[A-Za-z0-9_.-]{8,70}\.html", page_name(name))
    path = write_pages(tmp_path, name, "no", [], "")
    assert path.parent == tmp_path
    assert "<script>alert" not in text_of(path)


def test_names_that_differ_have_pages_that_differ() -> None:
    names = ["a b.py", "a_b.py", "a/b.py", "A_b.py", "x" * 100, "x" * 101]
    assert len({page_name(name).lower() for name in names}) == len(names)


def rows() -> list[dict[str, Any]]:
    return [
        Row("anna.py", "agree", arrays_right=1.0, seconds=0.5, hash="secret").to_dict(),
        Row(EVIL, "failed", error=EVIL, seconds=1.0, hash="secret").to_dict(),
    ]


def test_the_index_leads_to_the_pages_that_there_are(tmp_path: Path) -> None:
    write_pages(tmp_path, "anna.py", "", [CheckedPart("Network", RIGHT)], "")
    html = text_of(write_index(tmp_path, rows(), "2 submissions: 1 agree, 1 failed."))
    assert re.findall('href="(?!data)([^"]*)"', html) == [page_name("anna.py")]
    assert ">100%</td>" in html
    assert "2 submissions: 1 agree, 1 failed." in html
    assert "secret" not in html
    assert "<script>alert" not in html
    assert "first wrong" not in html  # nothing in this column
    assert re.findall("<th scope[^>]*>(.*?)</th>", html)[:2] == ["submission", "verdict"]


def test_an_index_of_nothing_is_written_too(tmp_path: Path) -> None:
    assert "0 submissions" in text_of(write_index(tmp_path, [], "0 submissions."))


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    expect_page_folder(tmp_path / "new")
    assert (tmp_path / "new").is_dir()
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "no" / "such"):
        with pytest.raises(BadInput, match="no pages can be written into"):
            expect_page_folder(path)


PARTS = (("affine_forward", 2.0), ("relu_forward", 0.5))
ROW = Row("a.py", "disagree", 0.5, points=2.5, max_points=6.0, part_points=PARTS)
TASK = task_of(part_task(points=4.0), part_task(points=2.0))


def test_the_points_of_each_part_are_said() -> None:
    assert points_text(ROW, TASK) == (
        "Points: 2.5 of 6: affine_forward 2 of 4, relu_forward 0.5 of 2."
    )
    assert points_text(replace(ROW, part_points=()), TASK) == "Points: 2.5 of 6."
    assert points_text(Row("a.py", "agree"), TASK) == ""


def test_the_page_begins_with_the_points_and_the_remarks(tmp_path: Path) -> None:
    said = [points_text(ROW, TASK), "", "Remarks: It printed."]
    html = text_of(write_pages(tmp_path, "a.py", "", [CheckedPart("a", RIGHT)], "As.", about=said))
    assert html.index("Points: 2.5 of 6") < html.index("Remarks: It printed.") < html.index("As.")
    failed = text_of(write_pages(tmp_path, "b.py", "It is empty.", [], "As.", about=said))
    assert "Points: 2.5 of 6" in failed


def test_the_index_has_the_points_of_each_part_and_cuts_sentences(tmp_path: Path) -> None:
    rows = [ROW, replace(ROW, submission="b.py", error="A long sentence.", part_points=())]
    html = text_of(write_index(tmp_path, [each.to_dict() for each in rows], ""))
    assert re.findall("<th scope[^>]*>(.*?)</th>", html) == [
        *("submission", "verdict", "points", "error", "affine_forward", "relu_forward"),
        *("arrays right", "seconds"),
    ]
    assert ">2.5 of 6</td>" in html
    assert '<div class="cut" title="A long sentence.">A long sentence.</div>' in html


def test_what_all_parts_have_in_common_is_said_once(tmp_path: Path) -> None:
    failed = SubmissionReport(None, failure="It is empty", traceback="File one", seconds=SECONDS)
    parts = [CheckedPart("a", failed), CheckedPart("b", failed)]
    html = text_of(write_pages(tmp_path, "a.py", "", parts, "As asked."))
    assert (html.count("It is empty"), html.count("File one")) == (1, 1)
