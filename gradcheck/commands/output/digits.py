"""What ``gradcheck digits`` shows: digits as text, as JSON, or in a figure."""

import sys
from typing import Any

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.streams import show, write_json, write_out
from gradcheck.show.digit_gallery import (
    Gallery,
    draw_gallery,
    gallery_description,
    gallery_text,
    numbers_text,
)
from gradcheck.show.figures import save_figure
from gradcheck.show.text import Sentence

__all__ = ["show_gallery"]

DECIMALS = 4  # of a pixel in JSON: 1/255 is the finest step of most files


def show_gallery(
    gallery: Gallery, count: int, source: str, seed: int, output: OutputOptions
) -> None:
    """Show some digits: in a figure if one was asked for, else as text or JSON.

    Args:
        gallery: the digits.
        count: how many digits they were taken from.
        source: where the digits come from, in words.
        seed: of drawn digits.
        output: how to show them.

    Raises:
        BadInput: the figure cannot be written, or too many columns are shown as text.

    """
    if output.plot is not None:
        save_figure(draw_gallery(gallery), output.plot, gallery_description(gallery))
    if output.as_json:
        write_json("digits", _content(gallery, source, seed), indent=None)
        return
    written = ""
    if output.plot is None:
        write_out(gallery_text(gallery, sys.stdout, plain=output.plain))
    else:
        written = f"; written to {output.plot}"
    sentence = f"{numbers_text(gallery)} of {count:,}: {source}{written}."
    show([Sentence(sentence)], plain=output.plain)


def _content(gallery: Gallery, source: str, seed: int) -> dict[str, Any]:
    pixels = gallery.pictures.round(DECIMALS).tolist()
    pairs = zip(gallery.labels.tolist(), pixels, strict=True)
    return {
        "data": source,
        "seed": seed,
        "offset": gallery.offset,
        "columns": gallery.across,
        "digits": [
            {"index": gallery.offset + position, "label": label, "pixels": picture}
            for position, (label, picture) in enumerate(pairs)
        ],
    }
