"""Files that a command writes: those that cannot be written are refused before the work begins."""

from pathlib import Path

import pytest

from gradcheck.commands.options.output import OutputOptions
from nets.errors import BadInput
from tests.conftest import Command


def options(
    csv_file: Path | None = None, plot: Path | None = None, html: Path | None = None
) -> OutputOptions:
    return OutputOptions(as_json=False, plain=False, csv_file=csv_file, plot=plot, html=html)


def test_files_that_can_be_written_or_none_at_all_are_fine(tmp_path: Path) -> None:
    options().expect_writable_files()
    options(
        tmp_path / "rows.csv", tmp_path / "figure.pdf", tmp_path / "a.html"
    ).expect_writable_files()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("csv_file", "plot", "html", "words"),
    [
        ("no/such/folder/rows.csv", None, None, "rows.csv cannot be written"),
        (None, "no/such/folder/figure.png", None, "figure.png cannot be written"),
        (None, "figure.jpg", None, "figure.jpg"),
        (None, None, "no/such/folder/page.html", "page.html cannot be written"),
        (None, None, "page.pdf", r"'page.pdf' is not a name for a page; end it in \.html"),
    ],
)
def test_files_that_cannot_be_written_are_refused(
    tmp_path: Path, csv_file: str | None, plot: str | None, html: str | None, words: str
) -> None:
    paths = [None if name is None else tmp_path / name for name in (csv_file, plot, html)]
    with pytest.raises(BadInput, match=words):
        options(*paths).expect_writable_files()


def test_a_command_has_only_the_files_that_it_can_write(gradcheck_command: Command) -> None:
    assert "--csv" not in gradcheck_command("verify", "--help").out
    assert "--html" not in gradcheck_command("cost-compare", "--help").out
    assert "--plot" not in gradcheck_command("page", "--help").out
    text = gradcheck_command("cost-compare", "--help").out
    assert "--csv" in text
    assert "--plot" in text
