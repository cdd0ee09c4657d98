"""Digit images in IDX files, good and bad."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from nets.digits import load_digits, one_hot, read_idx
from nets.errors import BadInput
from tests.idx import IMAGES, LABELS, idx_bytes, write_digits

PIXELS = np.arange(3 * 2 * 2).reshape(3, 2, 2)
CLASSES = np.array([7, 0, 9])
FULL_STOP = "train-images.idx3-ubyte", "train-labels.idx1-ubyte"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("names", [(IMAGES, LABELS), FULL_STOP])
@pytest.mark.parametrize("gz", ["", ".gz"])
@pytest.mark.parametrize("single_file", [False, True])
def test_every_way_a_pair_of_files_may_lie_about(
    tmp_path: Path, names: tuple[str, str], gz: str, compressed: bool, single_file: bool
) -> None:
    named = names[0] + gz, names[1] + gz
    write_digits(tmp_path, images=PIXELS, labels=CLASSES, names=named, compressed=compressed)
    digits = load_digits(tmp_path / named[0] if single_file else tmp_path)
    # A column an image, its rows of pixels one after the other.
    assert digits.images.tolist() == PIXELS.reshape(3, 4).T.tolist()
    assert digits.labels.tolist() == CLASSES.tolist()
    assert digits.source == named[0]


@pytest.mark.parametrize(
    ("images_name", "labels_name"), [(IMAGES, f"{LABELS}.gz"), (f"{IMAGES}.gz", LABELS)]
)
def test_only_one_of_the_two_may_be_compressed(
    tmp_path: Path, images_name: str, labels_name: str
) -> None:
    for name, array in ((images_name, PIXELS), (labels_name, CLASSES)):
        content = idx_bytes(array)
        written(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content)
    assert load_digits(tmp_path).labels.tolist() == CLASSES.tolist()


def test_of_several_pairs_the_training_images_are_taken(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS, labels=CLASSES)
    names = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
    write_digits(tmp_path, images=PIXELS[:1], labels=CLASSES[:1], names=names)
    assert load_digits(tmp_path).source == IMAGES


def test_a_mini_batch_has_pixels_from_0_to_1_and_one_hot_targets(tmp_path: Path) -> None:
    images = np.array([[[0, 255]], [[51, 102]]])
    write_digits(tmp_path, images=images, labels=np.array([1, 2]))
    digits = load_digits(tmp_path)
    inputs, targets = digits.mini_batch(2, 3, np.random.default_rng(0))
    examples = {(tuple(inputs[:, i].tolist()), tuple(targets[:, i].tolist())) for i in range(2)}
    assert examples == {((0.0, 1.0), (0.0, 1.0, 0.0)), ((0.2, 0.4), (0.0, 0.0, 1.0))}


def test_a_mini_batch_draws_no_image_twice_and_the_same_ones_for_a_seed(tmp_path: Path) -> None:
    digits = load_digits(write_digits(tmp_path))
    batches = [digits.mini_batch(20, 10, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert len({tuple(image) for image in batches[0][0].T.tolist()}) == 20
    assert np.array_equal(batches[0][0], batches[1][0])
    assert not np.array_equal(batches[0][0], batches[2][0])


@pytest.mark.parametrize("batch_size", [0, 21])
def test_a_mini_batch_larger_than_the_data(tmp_path: Path, batch_size: int) -> None:
    digits = load_digits(write_digits(tmp_path))
    with pytest.raises(BadInput, match=f"a batch of {batch_size} was asked for; .* has 20 images"):
        digits.mini_batch(batch_size, 10, np.random.default_rng(0))


def test_labels_beyond_the_last_layer_even_if_they_would_not_be_drawn(tmp_path: Path) -> None:
    digits = load_digits(write_digits(tmp_path))
    with pytest.raises(BadInput, match=r"label 9 does not fit a last layer of 9 neurons.* 0 to 8"):
        digits.mini_batch(1, 9, np.random.default_rng(0))


def test_one_hot() -> None:
    assert one_hot(np.array([1, 0]), 2).tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert one_hot(np.array([], dtype=np.uint8), 2).shape == (2, 0)
    with pytest.raises(BadInput, match="label -1 does not fit"):
        one_hot(np.array([-1]), 2)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere does not exist; give a folder of IDX files"):
        load_digits(tmp_path / "nowhere")


def test_a_folder_without_images(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no images file; wanted is one with images-idx3"):
        load_digits(tmp_path)


def test_a_file_that_is_not_named_like_images(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"digits\.bin is not named like an images file"):
        load_digits(written(tmp_path / "digits.bin", idx_bytes(PIXELS)))


def test_images_without_labels_beside_them(tmp_path: Path) -> None:
    path = written(tmp_path / IMAGES, idx_bytes(PIXELS))
    with pytest.raises(BadInput, match=f"no labels for .*; wanted is {LABELS} beside it"):
        load_digits(path)


DAMAGED = {
    "empty": (b"", "is empty; wanted is an IDX file"),
    "gzip of nothing": (gzip.compress(b""), "is empty; wanted is an IDX file"),
    "gzip cut off": (gzip.compress(idx_bytes(PIXELS))[:-9], "is cut off: its gzip stream"),
    "gzip header only": (gzip.compress(idx_bytes(PIXELS))[:10], "is cut off: its gzip stream"),
    "gzip of the wrong kind": (b"\x1f\x8b" + bytes(20), "is a damaged gzip file"),
    "gzip with a wrong checksum": (
        gzip.compress(idx_bytes(PIXELS))[:-8] + bytes(8),
        "is a damaged gzip file",
    ),
    "text": (b"label,pixel\n", "begins with 6c 61 62 65; an IDX file of bytes begins with 00 00"),
    "two bytes": (b"\0\0", "begins with 00 00; an IDX file"),
    "IDX of floats": (b"\0\0\x0d\x01\0\0\0\0", "begins with 00 00 0d 01; an IDX file of bytes"),
    "header cut off": (idx_bytes(PIXELS)[:9], "is cut off within its header of 16 bytes"),
    "no dimensions": (b"\0\0\x08\0", "holds 0 dimensions; images have 3"),
    "body cut off": (
        idx_bytes(PIXELS)[:-1],
        r"holds 11 bytes of numbers, its header promises 12 \(3 x 2 x 2\)",
    ),
    "body too long": (idx_bytes(PIXELS) + b"\0", "holds more than that, its header promises 12"),
}


@pytest.mark.parametrize(("content", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_files(tmp_path: Path, content: bytes, message: str) -> None:
    write_digits(tmp_path)
    path = written(tmp_path / IMAGES, content)
    with pytest.raises(BadInput, match=f"{IMAGES} {message}"):
        load_digits(tmp_path)
    with pytest.raises(BadInput, match=f"{IMAGES} {message}"):
        read_idx(path)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a file"):
        read_idx(tmp_path)


def test_labels_in_place_of_images(tmp_path: Path) -> None:
    write_digits(tmp_path, images=CLASSES)
    with pytest.raises(BadInput, match=f"{IMAGES} holds 1 dimensions; images have 3"):
        load_digits(tmp_path)


def test_images_in_place_of_labels(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS, labels=PIXELS)
    with pytest.raises(BadInput, match=f"{LABELS} holds 3 dimensions; labels have 1"):
        load_digits(tmp_path)


def test_other_counts_of_images_and_labels(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS, labels=CLASSES[:2])
    with pytest.raises(BadInput, match=f"3 images in .*{IMAGES}, but 2 labels in .*{LABELS}"):
        load_digits(tmp_path)


def test_no_images_at_all(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS[:0], labels=CLASSES[:0])
    with pytest.raises(BadInput, match=f"{IMAGES} holds no numbers"):
        load_digits(tmp_path)
