"""The options of the live page."""

import re
from pathlib import Path

import click
import pytest

from gradcheck.commands.options.page import PageOptions, page_options
from nets.errors import BadInput
from tests.gradcheck.commands.options.parsing import parsed


def options(*arguments: str, file: str = "page.html") -> PageOptions:
    found = parsed(page_options, "-o", file, *arguments)
    assert isinstance(found, PageOptions)
    return found


def test_each_option_has_its_field() -> None:
    asked = options("--sizes", "4,3", "--bug", "sign-flipped", "--layer", "1", "--seed", "2")
    assert (asked.sizes, asked.bug, asked.layer, asked.seed) == ((4, 3), "sign-flipped", 1, 2)
    assert (asked.file, asked.batch_size, asked.data) == (Path("page.html"), 4, None)


def test_a_page_needs_a_file() -> None:
    with pytest.raises(click.UsageError, match="Missing parameter: file"):
        parsed(page_options)


@pytest.mark.parametrize(
    "arguments", [(), ("--bug", "sign-flipped"), ("--bug", "sign-flipped", "--layer", "1")]
)
def test_what_makes_sense_is_accepted(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    options(*arguments, file=str(tmp_path / "page.html")).expect_consistent()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "file", "words"),
    [
        (
            ("--sizes", "784,30,10"),
            "page.html",
            "a network of sizes 784,30,10 has 23,860 parameters, and a live page has room for 500; "
            "use smaller layers, such as --sizes 20,15,5, or check all of it with gradcheck verify "
            "--sizes 784,30,10 --html report.html",
        ),
        (("--bug", "half-mising"), "page.html", "did you mean half-missing?"),
        (
            ("--layer", "1"),
            "page.html",
            "--layer needs --bug NAME; gradcheck bugs lists the names",
        ),
        ((), "page.txt", "'page.txt' is not a name for a page"),
        ((), "no/such/page.html", "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path, arguments: tuple[str, ...], file: str, words: str
) -> None:
    asked = options(*arguments, file=str(tmp_path / file))
    with pytest.raises(BadInput, match=re.escape(words)):
        asked.expect_consistent()
