"""The page of a check, as HTML: what is said, and that nothing in it is read as HTML."""

import json
import re
from dataclasses import replace

import numpy as np

from gradcheck.show.text import Sentence, Table
from gradcheck.verdicts.page.report_page import (
    MOST_WORST,
    MOST_WORST_OF_EACH,
    CheckOnPage,
    ReportPage,
)
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, UNTESTED, array_report

CHECK = CheckOnPage("", Verdict.DISAGREE, (array_report([AGREE, DISAGREE]),), (Sentence("Note."),))
PAGE = ReportPage("net", "disagree", "DISAGREE 1 of 2.", hints=("Look.",), checks=(CHECK,))


def body(page: ReportPage) -> str:
    return page.page().body


def test_the_verdict_stands_at_the_top_and_hints_are_folded() -> None:
    html = body(PAGE)
    assert html.index("DISAGREE</strong> 1 of 2.") < html.index("<main>")
    assert "<details><summary>Hint 1</summary>\n<p>Look.</p>\n</details>" in html
    assert "<p>Note.</p>" in html


def test_sections_that_have_nothing_to_say_are_left_out() -> None:
    html = body(replace(PAGE, hints=(), checks=()))
    assert re.findall("<h2", html) == []
    assert re.findall("<h2", body(PAGE)) == ["<h2"] * 2


def test_a_table_of_the_worst_entries_without_rows_is_left_out() -> None:
    assert "The worst entries" in body(PAGE)
    untested = CheckOnPage("", Verdict.UNDECIDED, (array_report([UNTESTED]),), ())
    assert "The worst entries" not in body(replace(PAGE, checks=(untested,)))


def test_text_from_elsewhere_is_escaped_everywhere() -> None:
    evil = "</script><script>alert(1)</script>"
    table = Table(evil, (evil,), ((evil,),))
    array = array_report([AGREE, DISAGREE], name=evil)
    check = CheckOnPage(evil, Verdict.DISAGREE, (array,), (table, Sentence(evil)), (table,))
    texts = (evil,)
    page = ReportPage(
        evil,
        "disagree",
        evil,
        about=texts,
        mend=texts,
        hints=texts,
        traceback=evil,
        understood=(table,),
        checks=(check,),
        costs=(Sentence(evil),),
    )
    html = page.page().html()
    assert evil not in html
    assert "<script>alert" not in html
    data = re.search(r'id="data">(.*?)</script>', html, re.S)
    assert data is not None
    assert json.loads(data[1])["checks"][0][0]["name"] == evil


def test_several_checks_have_shorter_tables() -> None:
    array = array_report([AGREE] * 40, error_bar=np.ones(40))
    check = CheckOnPage("part", Verdict.AGREE, (array,), ())
    rows = [len(re.findall("data-key", body(replace(PAGE, checks=(check,) * n)))) for n in (1, 2)]
    assert rows == [8 * MOST_WORST, 2 * 8 * MOST_WORST_OF_EACH]
