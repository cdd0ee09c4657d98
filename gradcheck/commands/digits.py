"""``gradcheck digits``: the digits that networks are trained on, each with its label."""

from dataclasses import dataclass

import click

from gradcheck.commands.options.common import data_option, seed_option
from gradcheck.commands.options.gather import options_as
from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.options.whole_numbers import whole_number_option
from gradcheck.commands.output.exit_code import ExitCode


@dataclass(frozen=True)
class DigitsOptions:
    """Which digits to show, and in how many rows and columns."""

    rows: int
    columns: int
    offset: int
    data: str
    seed: int


@click.command()
@options_as(
    "asked",
    DigitsOptions,
    whole_number_option("--rows", "How many rows to show.", default=5, most=20),
    whole_number_option(
        "--columns",
        "How many digits each row has. The terminal has room for 9, a figure for 20.",
        default=5,
        most=20,
    ),
    whole_number_option("--offset", "Skip this many digits.", default=0, least=0),
    data_option("drawn"),
    seed_option("drawn digits"),
)
@output_options(plot="Draw the digits in large type")
def digits(asked: DigitsOptions, output: OutputOptions) -> ExitCode:
    """Show the digits that networks are trained on, each with its label.

    The digits are shown in the terminal, or with --plot in a figure. They come from the training
    part of --data. Drawn digits are made from the seed, in the typefaces that come with
    matplotlib. They need no download, and they are not handwritten.

    \b
    Examples:
      gradcheck digits
      gradcheck digits --data mnist --offset 100 --plot digits.png
      gradcheck digits --data path/to/mnist.pkl.gz --rows 2 --columns 3

    Exit code: 0 done, 2 bad input, 130 interrupted.
    """
    output.expect_writable_files()
    from gradcheck.commands.output.digits import show_gallery
    from gradcheck.commands.runs.digits import load_digits
    from gradcheck.show.digit_gallery import hang

    sets = load_digits(asked.data, asked.seed)
    gallery = hang(sets.training, asked.rows, asked.columns, asked.offset)
    show_gallery(gallery, len(sets.training), sets.source, asked.seed, output)
    return ExitCode.OK
