"""The index of the pages of a class as a reader uses it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.homework.grading.grade_pages import write_index, write_pages
from gradcheck.homework.grading.grade_table import Row
from tests.browser import Browser, Visit

ROWS = [
    Row("zoe.py", "disagree", 0.5, "layer 2 weights", "factor-two: It is twice the slope.", 12.0),
    Row("anna.py", "agree", 1.0, seconds=2.5),
    Row("<script>alert(1)</script>", "failed", error="<img src=x onerror=alert(2)>", seconds=0.1),
    Row("ben.py", "undecided", 0.25, seconds=100.0),
]
NAMES = "[...document.querySelectorAll('tbody td:first-child')].map(each => each.textContent)"


def opened(chrome: Browser, folder: Path, width: int = 1280) -> Visit:
    write_pages(folder, "zoe.py", "no class", [], "As asked.")
    path = write_index(folder, [row.to_dict() for row in ROWS], "4 submissions.")
    chrome.resize(width, 900)
    return chrome.open(path.absolute().as_uri())


def sorted_by(chrome: Browser, column: int) -> list[str]:
    chrome.evaluate(f"document.querySelectorAll('th button')[{column}].click()")
    return list(chrome.evaluate(NAMES))


def test_rows_are_sorted_as_words_or_as_numbers_with_what_is_missing_last(
    chrome: Browser, tmp_path: Path
) -> None:
    visit = opened(chrome, tmp_path)
    assert (visit.complaints, len(visit.requests)) == ([], 1)
    evil = ROWS[2].submission
    assert sorted_by(chrome, 0) == [evil, "anna.py", "ben.py", "zoe.py"]
    seconds = [*chrome.evaluate("[...document.querySelectorAll('th')].map(e => e.textContent)")]
    right = sorted_by(chrome, seconds.index("arrays right"))
    assert right == ["ben.py", "zoe.py", "anna.py", evil]
    assert sorted_by(chrome, seconds.index("seconds")) == [evil, "anna.py", "zoe.py", "ben.py"]
    assert sorted_by(chrome, seconds.index("seconds")) == ["ben.py", "zoe.py", "anna.py", evil]
    assert chrome.evaluate("document.querySelectorAll('img').length") == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_row_is_one_line_high(chrome: Browser, tmp_path: Path, width: int) -> None:
    long = [replace(ROWS[0], likely_cause="factor-two: " + "It is twice the slope. " * 20)]
    path = write_index(tmp_path, [row.to_dict() for row in long + ROWS[1:]], "4 submissions.")
    chrome.resize(width, 900)
    chrome.open(path.absolute().as_uri())
    heights = chrome.evaluate("[...document.querySelectorAll('tbody tr')].map(e => e.clientHeight)")
    assert max(heights) - min(heights) <= 2  # pixels: a link has an outline
    # A column of sentences has room for some thirty letters, and the page itself does not scroll.
    widths = chrome.evaluate("[...document.querySelectorAll('.cut')].map(e => e.clientWidth)")
    assert max(widths) >= 240  # pixels
    assert chrome.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_name_leads_to_its_page(chrome: Browser, tmp_path: Path) -> None:
    opened(chrome, tmp_path)
    assert chrome.evaluate("document.querySelectorAll('tbody a').length") == 1
    chrome.open(chrome.evaluate("document.querySelector('tbody a').href"))
    assert chrome.evaluate("document.querySelector('h1').textContent") == "zoe.py"


def test_axe_finds_nothing(chrome: Browser, tmp_path: Path) -> None:
    """axe-core is a package of npm; GRADCHECK_AXE is the path of its axe.min.js."""
    path = os.environ.get("GRADCHECK_AXE")
    if path is None:
        pytest.skip("there is no axe-core: GRADCHECK_AXE is not set")
    for width in (390, 1280):
        opened(chrome, tmp_path, width)
        assert chrome.evaluate("document.scrollingElement.scrollWidth") <= width
        chrome.evaluate(f"(() => {{{Path(path).read_text('utf-8')}}})()")
        found = "found.violations.map(each => [each.id, each.nodes[0].target])"
        assert chrome.evaluate(f"axe.run().then(found => {found})") == []
        chrome.evaluate("document.querySelector('th button').replaceChildren()")
        assert chrome.evaluate(f"axe.run().then(found => {found})") != []
