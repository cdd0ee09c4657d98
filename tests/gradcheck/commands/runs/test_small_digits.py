"""Digits shrunk to a few pixels."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.commands.runs.digits import draw_mini_batch
from gradcheck.commands.runs.small_digits import shrunk, small_mini_batch
from nets.errors import BadInput
from tests.idx import write_digits


def test_each_pixel_is_the_mean_of_a_block() -> None:
    image = np.arange(24.0).reshape(4, 6)
    small = shrunk(np.stack([image.ravel(), 2.0 * image.ravel()], axis=1), (4, 6), 2)
    expected = [image[:2, :3].mean(), image[:2, 3:].mean(), image[2:, :3].mean()]
    assert np.allclose(small[:3, 0], expected)
    assert np.allclose(small[:, 1], 2.0 * small[:, 0])


def test_images_that_fit_are_those_of_verify(tmp_path: Path) -> None:
    write_digits(tmp_path, images=np.random.default_rng(0).integers(0, 256, (60, 4, 4)))
    for size in (16, 4):
        inputs, targets, words = small_mini_batch(str(tmp_path), (size, 10), 5, 3)
        right = draw_mini_batch(str(tmp_path), (16, 10), 5, 3)
        assert np.array_equal(targets, right[1])
        assert np.allclose(inputs, right[0] if size == 16 else shrunk(right[0], (4, 4), 2))
        assert ("shrunk to 2 x 2" in words) == (size == 4)


def test_what_cannot_be_shrunk_is_refused(tmp_path: Path) -> None:
    write_digits(tmp_path, images=np.random.default_rng(0).integers(0, 256, (60, 4, 4)))
    for size in (9, 3, 64):
        with pytest.raises(BadInput, match="give one of 1, 4, 16 neurons"):
            small_mini_batch(str(tmp_path), (size, 10), 5, 3)
