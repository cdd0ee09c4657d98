"""How a command shows what it found: as text, as JSON, and in files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.gather import options_as

__all__ = ["OutputOptions", "json_option", "output_options", "plain_option"]

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON to standard output instead of text."
)
plain_option = click.option(
    "--plain", is_flag=True, help="No colours and no lines drawn around tables."
)


@dataclass(frozen=True)
class OutputOptions:
    """How to show what was found; files are None where none was asked for.

    ``details`` shows all tables and notes, even if they need more than one screen.
    """

    as_json: bool
    plain: bool
    csv_file: Path | None = None
    plot: Path | None = None
    details: bool = False
    html: Path | None = None
    entries: Path | None = None

    @property
    def unwritten(self) -> str:
        """What to say after an interruption: that its files were not written, if there are any."""
        return " No file was written." if self.csv_file or self.plot else ""

    def expect_writable_files(self) -> None:
        """Check, before the work begins, that its files can be written.

        Raises:
            BadInput: one cannot, or a name does not end in a known format.

        """
        from gradcheck.show.figures import expect_plot_file
        from gradcheck.show.files import expect_writable
        from gradcheck.show.page.document import expect_page_file

        if self.plot is not None:
            expect_plot_file(self.plot)
        if self.csv_file is not None:
            expect_writable(self.csv_file)
        if self.html is not None:
            expect_page_file(self.html)
        if self.entries is not None:
            from gradcheck.verdicts.entries_file import expect_entries_file

            expect_entries_file(self.entries)
            expect_writable(self.entries)


def output_options(
    *, plot: str = "", csv: str = "", html: str = "", details: str = "", entries: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of an ``OutputOptions``, which the command receives as ``output``.

    Args:
        plot: what --plot draws, such as "Draw the errors"; without it there is no --plot.
        csv: the help of --csv; without it there is no --csv.
        html: the help of --html; without it there is no --html.
        details: the help of --details; likewise.
        entries: the help of --entries; likewise.

    """
    options = [json_option]
    if details:
        options.append(click.option("--details", is_flag=True, help=details))
    if csv:
        options.append(_file_option("--csv", "csv_file", csv))
    if plot:
        options.append(_file_option("--plot", "plot", f"{plot} into a .png, .svg or .pdf file."))
    if html:
        options.append(_file_option("--html", "html", html))
    if entries:
        options.append(_file_option("--entries", "entries", entries))
    return options_as("output", OutputOptions, *options, plain_option)


def _file_option(flag: str, variable: str, help_text: str) -> Callable[[Any], Any]:
    return click.option(
        flag, variable, type=click.Path(path_type=Path), metavar="FILE", help=help_text
    )
