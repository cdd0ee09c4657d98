"""Where digits come from: drawn, MNIST, IDX files, pickles."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from nets.arrays import HostArray
from nets.data import sources
from nets.data.sources import load_digit_sets
from nets.errors import BadInput
from tests.idx import IMAGES, LABELS, idx_bytes, write_digits
from tests.pickles import DIGITS

T10K = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"


def small_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "DRAWN_TRAINING", 30)
    monkeypatch.setattr(sources, "DRAWN_TEST", 10)


def columns(images: HostArray) -> set[tuple[int, ...]]:
    return {tuple(column) for column in images.T.tolist()}


def test_drawn_digits_are_said_to_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    small_sets(monkeypatch)
    sets = load_digit_sets("drawn", 3)
    assert sets.source == "drawn digits (not handwritten), seed 3"
    assert "drawn digits (not handwritten)" in sets.training.source
    assert "drawn digits (not handwritten)" in sets.test.source
    assert (len(sets.training), len(sets.test)) == (30, 10)


def test_drawn_digits_to_test_with_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    small_sets(monkeypatch)
    sets = load_digit_sets("drawn", 0)
    assert not columns(sets.training.images) & columns(sets.test.images)
    assert np.array_equal(load_digit_sets("drawn", 0).test.images, sets.test.images)


def test_a_folder_with_both_sets(tmp_path: Path) -> None:
    write_digits(tmp_path, images=np.full((3, 2, 2), 7), compressed=True)
    write_digits(tmp_path, images=np.full((2, 2, 2), 9), names=T10K)
    sets = load_digit_sets(str(tmp_path), 0)
    assert sets.training.images.tolist() == [[7] * 3] * 4
    assert sets.test.images.tolist() == [[9] * 2] * 4
    assert sets.source == f"{IMAGES}, tested with {T10K[0]}"


@pytest.mark.parametrize("single_file", [False, True])
@pytest.mark.parametrize(
    "names", [(IMAGES, LABELS), T10K, ("images-idx3-ubyte", "labels-idx1-ubyte")]
)
def test_a_single_set_is_split_at_a_fixed_place(
    tmp_path: Path, names: tuple[str, str], single_file: bool
) -> None:
    images = np.arange(10 * 6).reshape(10, 2, 3)
    write_digits(tmp_path, images=images, names=names)
    sets = load_digit_sets(str(tmp_path / names[0] if single_file else tmp_path), 5)
    # A column an image, its rows of pixels one after the other.
    assert sets.training.images.tolist() == images[:8].reshape(8, 6).T.tolist()
    assert sets.test.images.tolist() == images[8:].reshape(2, 6).T.tolist()
    assert sets.training.labels.tolist() == list(range(8))
    assert sets.test.labels.tolist() == [8, 9]
    assert (
        sets.source == f"{names[0]}, split into its first 8 images to train on and 2 to test with"
    )
    assert sets.training.pictures(slice(1)).tolist() == (images[:1] / 255).tolist()


def test_one_image_cannot_be_split(tmp_path: Path) -> None:
    write_digits(tmp_path, images=np.zeros((1, 2, 2)))
    with pytest.raises(BadInput, match="has 1 image; give two or more"):
        load_digit_sets(str(tmp_path), 0)


def test_a_pickle_without_its_validation_images(tmp_path: Path) -> None:
    path = tmp_path / "mnist.pkl"
    path.write_bytes(pickle.dumps(DIGITS))
    sets = load_digit_sets(str(path), 0)
    assert np.array_equal(sets.training.images, DIGITS[0][0].T)
    assert np.array_equal(sets.test.images, DIGITS[2][0].T)
    assert sets.source == "mnist.pkl without its 1 validation images"


@pytest.mark.parametrize("data", ["nowhere", "", "Drawn"])
def test_what_does_not_exist_is_told_with_what_is_wanted(data: str) -> None:
    with pytest.raises(BadInput, match="does not exist; give drawn, mnist, or the path of"):
        load_digit_sets(data, 0)


def test_mnist_is_what_the_book_trains_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_digits(tmp_path, images=np.zeros((7, 2, 2)))
    write_digits(tmp_path, images=np.ones((2, 2, 2)), names=T10K)
    files = [tmp_path / name for name in (IMAGES, LABELS, *T10K)]
    monkeypatch.setattr("nets.data.mnist.fetch", lambda **_: files)
    monkeypatch.setattr(sources, "BOOK_TRAINING", 5)
    sets = load_digit_sets("mnist", 0)
    assert (len(sets.training), len(sets.test)) == (5, 2)
    assert sets.source == "MNIST, its first 5 training images as in the book"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    write_digits(tmp_path)
    (tmp_path / IMAGES).write_bytes(idx_bytes(np.zeros((20, 4, 4)))[:-1])
    with pytest.raises(BadInput, match="header promises 320"):
        load_digit_sets(str(tmp_path), 0)
