"""IDX files, good and bad."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from nets.data import idx
from nets.data.idx import find_images, read_idx, read_pair
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
    (found,) = find_images(tmp_path / named[0] if single_file else tmp_path)
    assert found.name == named[0]
    images, labels = read_pair(found)
    assert images.tolist() == PIXELS.tolist()
    assert labels.tolist() == CLASSES.tolist()


@pytest.mark.parametrize(
    ("images_name", "labels_name"), [(IMAGES, f"{LABELS}.gz"), (f"{IMAGES}.gz", LABELS)]
)
def test_only_one_of_the_two_may_be_compressed(
    tmp_path: Path, images_name: str, labels_name: str
) -> None:
    for name, array in ((images_name, PIXELS), (labels_name, CLASSES)):
        content = idx_bytes(array)
        written(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content)
    assert read_pair(tmp_path / images_name)[1].tolist() == CLASSES.tolist()


def test_a_folder_without_images(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no images file; its name should have images-idx3"):
        find_images(tmp_path)


def test_a_file_that_is_not_named_like_images(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"digits\.bin is not named like an images file"):
        find_images(written(tmp_path / "digits.bin", idx_bytes(PIXELS)))


def test_images_without_labels_beside_them(tmp_path: Path) -> None:
    path = written(tmp_path / IMAGES, idx_bytes(PIXELS))
    with pytest.raises(BadInput, match=f"no labels for .*; put {LABELS} beside it"):
        read_pair(path)


DAMAGED = {
    "empty": (b"", "is empty; give an IDX file"),
    "gzip of nothing": (gzip.compress(b""), "is empty; give an IDX file"),
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
    "header cut off": (idx_bytes(PIXELS)[:9], "is cut off inside its header of 16 bytes"),
    "no dimensions": (b"\0\0\x08\0", "holds 0 dimensions; images have 3"),
    "body cut off": (
        idx_bytes(PIXELS)[:-1],
        r"holds 11 bytes of numbers; its header promises 12 \(3 x 2 x 2\)",
    ),
    "header that claims the world": (
        b"\0\0\x08\3" + b"\xff" * 12 + bytes(5),
        "holds 5 bytes of numbers; its header promises 79,228,162,458,",
    ),
    "body too long": (
        idx_bytes(PIXELS) + b"\0",
        "holds more bytes of numbers; its header promises 12",
    ),
}


@pytest.mark.parametrize(("content", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_files(tmp_path: Path, content: bytes, message: str) -> None:
    write_digits(tmp_path)
    path = written(tmp_path / IMAGES, content)
    with pytest.raises(BadInput, match=f"{IMAGES} {message}"):
        read_pair(path)
    with pytest.raises(BadInput, match=f"{IMAGES} {message}"):
        read_idx(path)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a file"):
        read_idx(tmp_path)


def test_labels_in_place_of_images(tmp_path: Path) -> None:
    write_digits(tmp_path, images=CLASSES)
    with pytest.raises(BadInput, match=f"{IMAGES} holds 1 dimensions; images have 3"):
        read_pair(tmp_path / IMAGES)


def test_images_in_place_of_labels(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS, labels=PIXELS)
    with pytest.raises(BadInput, match=f"{LABELS} holds 3 dimensions; labels have 1"):
        read_pair(tmp_path / IMAGES)


def test_other_counts_of_images_and_labels(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS, labels=CLASSES[:2])
    with pytest.raises(BadInput, match=f"3 images in .*{IMAGES}, but 2 labels in .*{LABELS}"):
        read_pair(tmp_path / IMAGES)


def test_no_images_at_all(tmp_path: Path) -> None:
    write_digits(tmp_path, images=PIXELS[:0], labels=CLASSES[:0])
    with pytest.raises(BadInput, match=f"{IMAGES} holds no numbers"):
        read_pair(tmp_path / IMAGES)


def test_a_few_bytes_of_gzip_that_stand_for_very_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idx, "MOST_BYTES", 1000)
    bomb = gzip.compress(idx_bytes(np.zeros((1001, 1, 1))))
    with pytest.raises(BadInput, match="holds more than 1,000 bytes"):
        read_idx(written(tmp_path / IMAGES, bomb))
    assert len(read_idx(written(tmp_path / IMAGES, idx_bytes(np.zeros((1000, 1, 1)))))) == 1000
