"""Layers that are right for square images alone."""

from gradcheck.homework.understanding.square_images import open_for_other_images, square_shapes


def test_square_shapes_keep_examples_and_channels() -> None:
    assert list(square_shapes((2, 3, 8, 4))) == [(2, 3, 8, 8), (2, 8, 8, 4)]
    assert list(square_shapes((2, 8, 4, 3)))[1] == (2, 8, 8, 3)
    for shape in ((2, 4, 4, 4), (10, 5), (5,), ()):
        assert list(square_shapes(shape)) == []


def test_what_stays_open_is_told() -> None:
    left = open_for_other_images("maxpool_forward")
    assert left.is_open
    assert left.name == "maxpool_forward of images that are not square"
    assert "wrong where height and width differ" in left.line
