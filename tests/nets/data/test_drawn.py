"""Digits drawn from a seed."""

import numpy as np
import pytest

from nets.data.drawn import SIDE, Hand, draw_digits
from nets.data.typefaces import TYPEFACES

STILL = Hand(shift=0, turn=0, slant=0, scale=(1, 1), width=(1, 1), thicker=(0.3, 0.3), noise=0)


def test_they_are_bytes_with_labels() -> None:
    images, labels = draw_digits(50, 0)
    assert images.shape == (SIDE * SIDE, 50)
    assert images.dtype == np.uint8
    assert set(labels.tolist()) == set(range(10))
    # Black around the digit, white in its strokes.
    assert images.max(axis=0).min() > 200
    assert np.median(images, axis=0).max() < 50


def test_a_seed_gives_the_same_digits_and_another_seed_others() -> None:
    (first, first_labels), (again, labels), (other, _) = (draw_digits(40, s) for s in (1, 1, 2))
    assert np.array_equal(first, again)
    assert np.array_equal(first_labels, labels)
    assert not np.array_equal(first, other)


def test_no_two_are_alike() -> None:
    images, _ = draw_digits(300, 0)
    assert len({image.tobytes() for image in images.T}) == 300


def test_each_way_to_differ_makes_a_difference() -> None:
    still, labels = draw_digits(400, 0, STILL)
    # Nothing differs but digit and typeface.
    assert len({image.tobytes() for image in still.T}) <= 10 * len(TYPEFACES)
    for way in ("shift", "turn", "slant", "noise"):
        changed, same = draw_digits(400, 0, Hand(**{**vars(STILL), way: 0.3}))
        assert np.array_equal(labels, same)
        assert len({image.tobytes() for image in changed.T}) == 400
    thick, _ = draw_digits(400, 0, Hand(**{**vars(STILL), "thicker": (1.0, 1.0)}))
    assert (thick.sum(axis=0, dtype=int) > still.sum(axis=0, dtype=int)).all()
    large, _ = draw_digits(400, 0, Hand(**{**vars(STILL), "scale": (1.2, 1.2)}))
    assert (large.sum(axis=0, dtype=int) > still.sum(axis=0, dtype=int)).all()


@pytest.mark.parametrize(("label", "holes"), [(0, 1), (1, 0), (6, 1), (7, 0), (8, 2), (9, 1)])
def test_each_digit_has_the_holes_it_should_have(label: int, holes: int) -> None:
    images, labels = draw_digits(400, 0, STILL)
    kinds = {image.tobytes(): image for image in images.T[labels == label]}
    counts = [dark_regions(image.reshape(SIDE, SIDE) < 128) - 1 for image in kinds.values()]
    # One typeface has a dot in its zero, which makes no further hole; another, a slash.
    assert np.median(counts) == holes


def dark_regions(dark: np.typing.NDArray[np.bool_]) -> int:
    """How many regions of dark pixels there are, by filling them one after the other."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(dark), strict=True)}
    count = 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            y, x = edge.pop()
            for place in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if place in left:
                    left.remove(place)
                    edge.append(place)
    return count
