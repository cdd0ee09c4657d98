"""HTML of tables, sentences and folded text."""

from gradcheck.show.page.pieces import folded, lines, paragraph, parts_html, section
from gradcheck.show.text import Sentence, Table

EVIL = "<b>&\"'"
SAFE = "&lt;b&gt;&amp;&quot;&#x27;"


def test_text_is_escaped() -> None:
    assert paragraph(EVIL) == f"<p>{SAFE}</p>"
    assert lines(EVIL) == f"<pre>{SAFE}</pre>"
    assert SAFE in folded(EVIL, "")
    assert SAFE in section(EVIL, "name", "")


def test_an_empty_paragraph_is_none() -> None:
    assert paragraph("") == ""
    assert paragraph("text", "quiet") == '<p class="quiet">text</p>'


def test_tables_scroll_by_themselves_and_have_a_name() -> None:
    html = parts_html([Table(EVIL, ("", "n"), (("a", "1"),)), Sentence("Words.")])
    assert f'role="region" aria-label="{SAFE}"' in html
    assert html.endswith("<p>Words.</p>")
    assert "<td></td><th" in html  # a heading without text is none
