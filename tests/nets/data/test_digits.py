"""Digits as training takes them."""

import numpy as np
import pytest

from nets.arrays import CPU, Place, to_numpy
from nets.data.digits import Digits, digit_examples
from nets.errors import BadInput

BYTES = Digits(np.array([[0, 51], [255, 102]], dtype=np.uint8), np.array([1, 2]), "two images")


def random_digits(count: int) -> Digits:
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, (6, count), dtype=np.uint8)
    return Digits(images, np.arange(count) % 10, "random images")


def test_examples_have_pixels_from_0_to_1_and_one_hot_targets() -> None:
    inputs, targets = BYTES.examples(3)
    assert inputs.tolist() == [[0.0, 0.2], [1.0, 0.4]]
    assert targets.tolist() == [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_floats_stay_as_they_are(dtype: str) -> None:
    digits = Digits(np.array([[0.25, 1.0]], dtype=dtype), np.array([0, 1]), "floats")
    inputs, _ = digits.examples(2)
    assert inputs.dtype == np.float64
    assert inputs.tolist() == [[0.25, 1.0]]


def test_a_mini_batch_has_the_target_of_each_input() -> None:
    inputs, targets = BYTES.mini_batch(2, 3, np.random.default_rng(0))
    examples = {(tuple(inputs[:, i].tolist()), tuple(targets[:, i].tolist())) for i in range(2)}
    assert examples == {((0.0, 1.0), (0.0, 1.0, 0.0)), ((0.2, 0.4), (0.0, 0.0, 1.0))}


def test_a_mini_batch_draws_no_image_twice_and_the_same_ones_for_a_seed() -> None:
    digits = random_digits(20)
    batches = [digits.mini_batch(20, 10, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert len({tuple(image) for image in batches[0][0].T.tolist()}) == 20
    assert np.array_equal(batches[0][0], batches[1][0])
    assert not np.array_equal(batches[0][0], batches[2][0])


@pytest.mark.parametrize("batch_size", [0, 21])
def test_a_mini_batch_larger_than_the_data(batch_size: int) -> None:
    with pytest.raises(BadInput, match=f"a batch of {batch_size} was asked for; .* has 20 images"):
        random_digits(20).mini_batch(batch_size, 10, np.random.default_rng(0))


def test_labels_beyond_the_last_layer_even_if_they_would_not_be_drawn() -> None:
    with pytest.raises(BadInput, match=r"label 9 does not fit a last layer of 9 neurons.* 0 to 8"):
        random_digits(20).mini_batch(1, 9, np.random.default_rng(0))


def test_pictures_are_squares_unless_told_otherwise() -> None:
    square = Digits(np.array([[0], [255], [51], [0]], dtype=np.uint8), np.array([0]), "square")
    assert square.pictures(slice(None)).tolist() == [[[0.0, 1.0], [0.2, 0.0]]]
    wide = Digits(square.images, square.labels, "wide", (1, 4))
    assert wide.pictures(slice(1)).tolist() == [[[0.0, 1.0, 0.2, 0.0]]]
    with pytest.raises(BadInput, match="random images have 6 pixels, which makes no square"):
        random_digits(2).pictures(slice(None))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_digits_are_moved_with_pixels_from_0_to_1(where: Place, dtype: str) -> None:
    there = where.with_dtype(dtype)
    images = np.array([[0, 51, 255], [102, 0, 1]], dtype=np.uint8)
    for pixels in (images, images / 255.0):
        digits = Digits(pixels, np.array([1, 0, 2], dtype=np.uint8), "three digits")
        inputs, targets = digit_examples(digits, 3, there)
        assert inputs.dtype == targets.dtype == there.dtype
        np.testing.assert_allclose(to_numpy(inputs), images / 255.0, rtol=1e-7)
        np.testing.assert_array_equal(to_numpy(targets), np.eye(3)[:, [1, 0, 2]])
    assert images[0, 2] == 255


def test_a_digit_beyond_the_last_layer() -> None:
    with pytest.raises(BadInput, match="label 9 does not fit a last layer of 9"):
        digit_examples(Digits(np.zeros((4, 1), np.uint8), np.array([9]), "a nine"), 9, CPU)
