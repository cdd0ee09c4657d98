"""``mnist.pkl.gz``: every version of it, and what is none."""

import gzip
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nets.data.pickled import read_sets
from nets.errors import BadInput
from tests.pickles import DIGITS, FOREIGN

(IMAGES, LABELS), *_ = DIGITS


def written(path: Path, value: Any, protocol: int = 2) -> Path:
    path.write_bytes(pickle.dumps(value, protocol))
    return path


def expect_digits(path: Path) -> None:
    for (images, labels), (right_images, right_labels) in zip(read_sets(path), DIGITS, strict=True):
        assert np.array_equal(images, right_images)
        assert images.dtype == np.float32
        assert np.array_equal(labels, right_labels)


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("compressed", [False, True])
def test_pickles_of_other_versions(tmp_path: Path, content: bytes, compressed: bool) -> None:
    path = tmp_path / "mnist.pkl.gz"
    path.write_bytes(gzip.compress(content) if compressed else content)
    expect_digits(path)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_of_this_version(tmp_path: Path, protocol: int) -> None:
    expect_digits(written(tmp_path / "mnist.pkl", DIGITS, protocol))
    as_lists = [[images, labels.tolist()] for images, labels in DIGITS]
    expect_digits(written(tmp_path / "mnist.pkl", as_lists, protocol))


@pytest.mark.parametrize("dtype", ["uint8", "int64"])
def test_images_of_whole_numbers_come_out_as_bytes(tmp_path: Path, dtype: str) -> None:
    images = np.array([[0, 255], [51, 7]], dtype=dtype)
    pair = images, np.array([0, 1])
    (read, _), *_ = read_sets(written(tmp_path / "mnist.pkl", (pair,) * 3))
    assert read.dtype == np.uint8
    assert read.tolist() == images.tolist()


def changed(images: Any = IMAGES, labels: Any = LABELS) -> Any:
    return (images, labels), *DIGITS[1:]


OTHERS: dict[str, tuple[Any, str]] = {
    "an array": (IMAGES, "does not hold three pairs"),
    "two pairs": (DIGITS[:2], "does not hold three pairs"),
    "three arrays": ((IMAGES, IMAGES, IMAGES), "does not hold three pairs"),
    "a number": (3, "does not hold three pairs"),
    "pictures": (changed(IMAGES.reshape(3, 2, 2)), r"training should be .* shape \(3, 2, 2\)"),
    "no images": (changed(IMAGES[:0], LABELS[:0]), r"shape \(0, 4\)"),
    "a list of images": (changed(IMAGES.tolist()), "they are a list"),
    "yes and no": (changed(IMAGES > 0.5), "dtype bool"),
    "floats beyond 1": (changed(255 * IMAGES), "values from 0 to 218.571; they should be floats"),
    "not a number": (changed(IMAGES * np.float32("nan")), "values from nan"),
    "negative numbers": (changed(IMAGES - 1), "values from -1"),
    "whole numbers beyond 255": (changed(np.full((3, 4), 256)), "values from 256 to 256"),
    "labels of floats": (changed(labels=LABELS / 2), "its labels for training should be an array"),
    "one-hot labels": (changed(labels=np.eye(3, dtype=int)), r"shape \(3, 3\)"),
    "labels in words": (changed(labels=["one", "two", "three"]), "they are a list"),
    "negative labels": (changed(labels=LABELS - 1), "run from -1 to 1"),
    "huge labels": (changed(labels=[10**30, 1, 2]), "its labels for training"),
    "fewer labels": (changed(labels=LABELS[:2]), "3 images and 2 labels for training"),
    "images of another size": (changed(IMAGES[:, :3]), "validation have 4 pixels, and those"),
}


@pytest.mark.parametrize(("value", "message"), OTHERS.values(), ids=OTHERS)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_other_things_are_told(tmp_path: Path, value: Any, message: str) -> None:
    path = written(tmp_path / "mnist.pkl", value, 4)
    with pytest.raises(BadInput, match=f"mnist.pkl is refused: .*{message}"):
        read_sets(path)


def test_a_call_is_refused_by_name_and_does_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Malice:
        def __reduce__(self) -> tuple[Any, tuple[str]]:
            return os.mkdir, ("made",)

    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mnist.pkl.gz"
    path.write_bytes(gzip.compress(pickle.dumps(changed(Malice()))))
    with pytest.raises(BadInput, match=r"refused: it tries to call '\w+\.mkdir'; nothing of it"):
        read_sets(path)
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_files(tmp_path: Path) -> None:
    path = tmp_path / "mnist.pkl.gz"
    whole = gzip.compress(pickle.dumps(DIGITS))
    for content, message in (
        (b"", "is refused: it is cut off"),
        (whole[:-9], "is cut off: its gzip stream ends too early"),
        (whole[:10] + bytes(20), "is a damaged gzip file"),
        (gzip.decompress(whole)[:-20], "is refused: it is"),
        (b"\x1f\x8b" + bytes(20), "is a damaged gzip file"),
        (gzip.decompress(whole) + b".", "is refused: there are more bytes after its end"),
        (b"hello there", "is refused: it is damaged, or not a pickle"),
    ):
        path.write_bytes(content)
        with pytest.raises(BadInput, match=message):
            read_sets(path)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a file; give a pickle of digits"):
        read_sets(tmp_path)
