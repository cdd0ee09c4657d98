"""Digits to look at."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.show.digit_gallery import draw_gallery, gallery_description, gallery_text, hang
from nets.data.digits import Digits
from nets.errors import BadInput


def halves(count: int = 12, side: int = 28) -> Digits:
    picture = np.zeros((side, side), dtype=np.uint8)
    picture[:, : side // 2] = 255
    return Digits(np.repeat(picture.reshape(-1, 1), count, axis=1), np.arange(count) % 10, "halves")


class Terminal(io.StringIO):
    """A stream that can print the characters of an encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


def test_the_digits_from_an_offset_on_each_under_its_label() -> None:
    gallery = hang(halves(), rows=2, columns=3, offset=4)
    assert gallery.labels.tolist() == [4, 5, 6, 7, 8, 9]
    assert gallery_description(gallery) == (
        "Images 4 to 9 of halves. Labels row by row: 4 5 6; 7 8 9."
    )


def test_fewer_than_there_are_places() -> None:
    gallery = hang(halves(), rows=2, columns=3, offset=8)
    assert gallery.labels.tolist() == [8, 9, 0, 1]
    assert [len(row) for row in gallery.rows] == [3, 1]
    assert gallery_description(hang(halves(), 5, 5, 11)).startswith("Image 11 of halves.")


@pytest.mark.parametrize("offset", [12, 10**9])
def test_an_offset_past_the_end(offset: int) -> None:
    with pytest.raises(BadInput, match="is past the end: halves has 12 images; give at most 11"):
        hang(halves(), 1, 1, offset)


def test_half_blocks_where_they_can_be_printed_and_ascii_elsewhere() -> None:
    gallery = hang(halves(), 1, 5, 0)
    blocks = gallery_text(gallery, Terminal("utf-8"))
    assert set(blocks) == set("01234 \n\N{FULL BLOCK}")
    shades = gallery_text(gallery, Terminal("cp1252"))
    assert set(shades) == set("01234 \n@")
    assert gallery_text(gallery, Terminal("utf-8"), plain=True) == shades
    # 14 characters a digit, two between them; 7 lines, the label above, a blank below.
    lines = shades.splitlines()
    assert lines[1:8] == [(" " * 9).join(["@" * 7] * 5)] * 7
    assert lines[0].split() == ["0", "1", "2", "3", "4"]
    assert lines[8:] == [""]


def test_upper_and_lower_half() -> None:
    picture = np.array([[255, 0, 255, 0], [0, 255, 255, 0]], dtype=np.uint8)
    digits = Digits(picture.reshape(-1, 1), np.array([3]), "one", (2, 4))
    assert gallery_text(hang(digits, 1, 1, 0), Terminal("utf-8")).splitlines()[1] == "▀▄█"


@given(st.integers(1, 9), st.integers(1, 3), st.sampled_from([4, 8, 17, 28]))
def test_it_fits_into_80_columns(columns: int, rows: int, side: int) -> None:
    text = gallery_text(hang(halves(30, side), rows, columns, 0), Terminal("utf-8"))
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("0") == len([n for n in range(rows * columns) if n % 10 == 0])


def test_more_columns_than_fit() -> None:
    with pytest.raises(BadInput, match="10 columns do not fit into 80 characters; give at most 9"):
        gallery_text(hang(halves(), 1, 10, 0), Terminal("utf-8"))


def test_the_figure_shows_each_picture_under_its_label_in_large_type() -> None:
    figure = draw_gallery(hang(halves(), 2, 3, 5))
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts] == ["5", "6", "7", "8", "9", "0"]
    assert all(float(text.get_fontsize()) >= 16 for text in axes.texts)
    assert len(axes.images) == 6
    for image, text in zip(axes.images, axes.texts, strict=True):
        left, right, _, top = image.get_extent()
        x, y = text.get_position()
        assert x == pytest.approx((left + right) / 2)
        assert y > top
        assert np.asarray(image.get_array()).shape == (28, 28)
    assert "Images 5 to 10" in figure.get_suptitle()
