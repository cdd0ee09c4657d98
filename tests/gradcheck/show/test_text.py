"""What the terminal and the notebook show."""

import io
import re

import pytest

from gradcheck.show.text import WIDTH, Sentence, Table, html, plain_text, rendered

TABLE = Table("Fruit", ("kind", "count"), (("apple", "1"), ("pear", "20")))


def test_a_plain_table_has_words_to_the_left_and_numbers_to_the_right() -> None:
    assert plain_text([TABLE]).splitlines() == [
        "Fruit",
        "kind  count",
        "apple     1",
        "pear     20",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_style_colours_the_first_word_on_a_terminal_and_none_in_plain_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    sentence = [Sentence("AGREE all is well.", "bold green")]
    assert rendered(sentence, Terminal(), plain=True) == "AGREE all is well.\n\n"
    assert rendered(sentence, io.StringIO()) == "AGREE all is well.\n\n"
    coloured = rendered(sentence, Terminal())
    assert re.fullmatch(r"\x1b\[1;32mAGREE\x1b\[0m all is well\.\s*", coloured)


def test_lines_are_as_long_as_a_terminal_and_80_characters_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    long = [Sentence("word " * 40)]
    assert max(map(len, rendered(long, Terminal()).splitlines())) <= 40
    for text in (rendered(long, io.StringIO()), plain_text(long)):
        assert 40 < max(map(len, text.splitlines())) <= WIDTH == 80


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "32m" not in rendered([Sentence("AGREE", "bold green")], Terminal())


def test_markup_in_names_is_text() -> None:
    table = Table("", ("[bold]kind", "n"), (("[red]apple[/red] :smile:", "1"),))
    text = plain_text([table, Sentence("[link]first[/link] word :smile:")])
    for word in ("[bold]kind", "[red]apple[/red]", ":smile:", "[link]first[/link]"):
        assert word in text


def test_html_escapes_what_it_is_given() -> None:
    name = "<script>alert('&')</script>"
    text = html([Table(name, (name, "n"), ((name, "1"),))])
    assert "<script>" not in text
    assert text.count("&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;") == 3


def test_html_of_a_table_and_a_sentence() -> None:
    assert html([TABLE, Sentence("1 < 2")]) == (
        '<table><caption>Fruit</caption><thead><tr><th scope="col">kind</th>'
        '<th scope="col">count</th></tr></thead>'
        "<tbody><tr><td>apple</td><td>1</td></tr><tr><td>pear</td><td>20</td></tr></tbody></table>"
        "\n<p>1 &lt; 2</p>"
    )


def test_a_notebook_gets_its_text_and_no_colour(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    assert plain_text([TABLE]).splitlines()[0] == "Fruit"
    assert capsys.readouterr().out == ""
