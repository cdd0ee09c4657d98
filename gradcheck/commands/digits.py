"""``gradcheck digits``: the digits that networks are trained on, each with its label."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.data import data_option, load_data
from gradcheck.commands.shared import (
    ExitCode,
    json_option,
    plain_option,
    plot_option,
    seed_option,
    write_out,
)

if TYPE_CHECKING:
    from gradcheck.show.digit_gallery import Gallery


@click.command()
@click.option(
    "--rows", type=click.IntRange(1, 20), default=5, show_default=True, help="Rows of digits."
)
@click.option(
    "--columns",
    type=click.IntRange(1, 20),
    default=5,
    show_default=True,
    help="Digits in a row; 9 at most fit into the terminal.",
)
@click.option(
    "--offset",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How many digits to leave out before the first one.",
)
@data_option("drawn")
@seed_option
@plot_option("Draw the digits for a lecture hall")
@json_option
@plain_option
def digits(
    rows: int,
    columns: int,
    offset: int,
    data: str,
    seed: int,
    plot: Path | None,
    as_json: bool,
    plain: bool,
) -> ExitCode:
    """The digits that networks are trained on, each with its label.

    Shows digits of the training part of --data in the terminal, or with --plot in a figure.
    Drawn digits are made from the seed, in the typefaces that matplotlib brings along; they need
    no download, and are not handwritten.

    \b
    Examples:
      gradcheck digits
      gradcheck digits --data mnist --offset 100 --plot digits.png
      gradcheck digits --data path/to/mnist.pkl.gz --rows 2 --columns 3

    Exit code: 0 done, 2 bad input, 130 interrupted.
    """
    if plot is not None:
        from gradcheck.show.figures import expect_plot_file

        expect_plot_file(plot)

    from gradcheck.show.digit_gallery import gallery_text, hang, numbers_text
    from gradcheck.show.text import Sentence, rendered

    sets = load_data(data, seed)
    gallery = hang(sets.training, rows, columns, offset)
    if plot is not None:
        from gradcheck.show.digit_gallery import draw_gallery, gallery_description
        from gradcheck.show.figures import save_figure

        save_figure(draw_gallery(gallery), plot, gallery_description(gallery))
    if as_json:
        summary = _summary(gallery, sets.source, seed)
        write_out(json.dumps(summary, allow_nan=False) + "\n")
        return ExitCode.OK
    where = f"; written to {plot}" if plot is not None else ""
    sentence = Sentence(f"{numbers_text(gallery)} of {len(sets.training):,}: {sets.source}{where}.")
    text = "" if plot is not None else gallery_text(gallery, sys.stdout, plain=plain)
    write_out(text + rendered([sentence], sys.stdout, plain=plain))
    return ExitCode.OK


def _summary(gallery: "Gallery", source: str, seed: int) -> dict[str, Any]:
    """The JSON of the command; pixels are rounded to four decimals."""
    pairs = zip(gallery.labels.tolist(), gallery.pictures.round(4).tolist(), strict=True)
    return {
        "schema_version": 1,
        "command": "digits",
        "data": source,
        "seed": seed,
        "offset": gallery.offset,
        "columns": gallery.across,
        "digits": [
            {"index": gallery.offset + position, "label": label, "pixels": picture}
            for position, (label, picture) in enumerate(pairs)
        ],
    }
