"""A page as one HTML file."""

import json
import re
from pathlib import Path

import pytest

from gradcheck.show.page.document import Page, expect_page_file, page_file, write_page
from nets.errors import BadInput


def test_what_comes_from_elsewhere_is_escaped() -> None:
    bad = "</script><script>alert(1)</script><!--"
    html = Page(bad, "<p>body</p>", data={"name": bad}).html()
    assert "alert(1)</script>" not in html.replace("&lt;/script", "")
    data = re.search(r'id="data">(.*?)</script>', html, re.S)
    assert data is not None
    assert json.loads(data[1]) == {"name": bad}


def test_a_page_asks_for_nothing_from_elsewhere() -> None:
    html = Page("title", "<p>body</p>").html()
    assert not re.search(r"https?://", html)
    assert not re.search(r'(src|href)="(?!data:)', html)
    assert "default-src 'none'" in html


def test_dark_colours_are_the_same_by_button_and_by_system() -> None:
    style = page_file("page.css")
    by_system = re.search(r"prefers-color-scheme: dark\) \{.*?\{(.*?)\}", style, re.S)
    by_button = re.search(r'data-theme="dark"\] \{\s*color-scheme: dark;(.*?)\}', style, re.S)
    assert by_system is not None
    assert by_button is not None
    assert by_system[1].split() == by_button[1].split()


def test_a_file_that_is_no_page_is_refused_before_the_work(tmp_path: Path) -> None:
    expect_page_file(tmp_path / "page.HTM")
    for name, message in (("page.txt", "end it in .html"), ("no/page.html", "cannot be written")):
        with pytest.raises(BadInput, match=message):
            expect_page_file(tmp_path / name)


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    page, path = Page("title", "<p>body</p>"), tmp_path / "page.html"
    write_page(page, path)
    assert path.read_bytes() == page.html().encode()
    with pytest.raises(BadInput, match="cannot be written"):
        write_page(page, tmp_path / "no" / "page.html")
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_page(Page("title", "", data=float("nan")), path)
    assert path.read_bytes() == page.html().encode()
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
