"""Digit images with their labels: drawn from a seed, MNIST fetched or at hand, a pickle."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["DigitSets", "Digits", "load_digit_sets", "one_hot"]

DRAWN_TRAINING, DRAWN_TEST = 10_000, 2_000
BOOK_TRAINING = 50_000  # of MNIST's 60,000; the book keeps the others for validation
TRAINING_FIFTHS = 4  # of a single set, which is split


@dataclass(frozen=True)
class Digits:
    """Grey images, (pixels, n), a column an image; labels (n,); where they come from.

    Pixels are bytes from 0 to 255 or floats from 0 to 1. An image is a square, unless
    ``image_shape`` says how many rows and columns it has.
    """

    images: HostArray
    labels: HostArray
    source: str
    image_shape: tuple[int, int] | None = None

    def __len__(self) -> int:
        return int(self.labels.shape[0])

    def examples(
        self, classes: int, chosen: HostArray | slice | None = None
    ) -> tuple[HostArray, HostArray]:
        """Inputs from 0 to 1, (pixels, n), one-hot targets (classes, n), both in float64.

        Args:
            classes: of the targets.
            chosen: which images; all of them by default.

        Raises:
            BadInput: some label, chosen or not, is beyond the classes.

        """
        chosen = slice(None) if chosen is None else chosen
        targets = one_hot(self.labels, classes)
        return self.inputs(chosen), targets[:, chosen]

    def inputs(self, chosen: HostArray | slice) -> HostArray:
        """The chosen images with pixels from 0 to 1, (pixels, n), in float64."""
        images = self.images[:, chosen]
        return images / 255.0 if images.dtype == np.uint8 else images.astype(np.float64)

    def mini_batch(
        self, batch_size: int, classes: int, generator: np.random.Generator
    ) -> tuple[HostArray, HostArray]:
        """Draw examples: inputs from 0 to 1, (pixels, batch), one-hot targets (classes, batch).

        Raises:
            BadInput: the batch is larger than the data, or some label is beyond the classes.

        """
        if not 1 <= batch_size <= len(self):
            raise BadInput(
                f"a batch of {batch_size} was asked for; {self.source} has {len(self)} images"
            )
        return self.examples(classes, generator.choice(len(self), batch_size, replace=False))

    def pictures(self, chosen: slice) -> HostArray:
        """The chosen images as they are looked at, (n, rows, columns), from 0 to 1.

        Raises:
            BadInput: how many rows they have is not known.

        """
        pixels = self.images.shape[0]
        rows, columns = self.image_shape or (round(pixels**0.5),) * 2
        if rows * columns != pixels:
            raise BadInput(f"the images in {self.source} have {pixels} pixels, which is no square")
        return self.inputs(chosen).T.reshape(-1, rows, columns)

    def part(self, chosen: slice, source: str) -> "Digits":
        """Some of them, under another name."""
        return Digits(self.images[:, chosen], self.labels[chosen], source, self.image_shape)


@dataclass(frozen=True)
class DigitSets:
    """Digits to train on, others to test with, and where both come from."""

    training: Digits
    test: Digits
    source: str


def one_hot(labels: HostArray, classes: int) -> HostArray:
    """A column for each label: 1 in the row of the label, 0 elsewhere; (classes, n).

    Raises:
        BadInput: a label is beyond the classes.

    >>> one_hot(np.array([2, 0]), 3).tolist()
    [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]

    """
    labels = np.asarray(labels, dtype=np.int64)
    if labels.size and (labels.min() < 0 or labels.max() >= classes):
        odd = labels.max() if labels.max() >= classes else labels.min()
        raise BadInput(
            f"label {odd} does not fit a last layer of {classes} neurons, whose labels are "
            f"0 to {classes - 1}"
        )
    return np.equal.outer(np.arange(classes), labels).astype(float)


def load_digit_sets(
    data: str, seed: int, progress: Callable[[int], object] | None = None
) -> DigitSets:
    """Load digits to train on and to test with.

    Args:
        data: ``drawn``; ``mnist``; or a path: a folder of IDX files, one images file with its
            labels beside it, or a pickle such as ``mnist.pkl.gz``. Of a single set of images the
            first four fifths are to train on.
        seed: of drawn digits.
        progress: called with the number of bytes there while MNIST is fetched.

    Raises:
        BadInput: a file is missing, cannot be read or fetched, or is not what it should be.

    """
    if data == "drawn":
        return _drawn(seed)
    if data == "mnist":
        return _mnist(progress)
    path = Path(data).expanduser()
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from error
    if not data or not exists:
        raise BadInput(
            f"{data or 'an empty path'} does not exist; give drawn, mnist, or the path of a "
            "folder of IDX files, an images file, or mnist.pkl.gz"
        )
    from nets.data.pickled import is_pickle_name

    if is_pickle_name(path) and not is_folder:
        return _pickled(path)
    return _idx(path)


def _drawn(seed: int) -> DigitSets:
    from nets.data.drawn import draw_digits

    source = "drawn digits (not handwritten)"
    drawn = Digits(*draw_digits(DRAWN_TRAINING + DRAWN_TEST, seed), source)
    return DigitSets(
        drawn.part(slice(DRAWN_TRAINING), source),
        drawn.part(slice(DRAWN_TRAINING, None), f"{source}, to test"),
        f"{source}, seed {seed}",
    )


def _mnist(progress: Callable[[int], object] | None) -> DigitSets:
    from nets.data.mnist import fetch

    train_images, _, test_images, _ = fetch(progress=progress)
    training = _idx_digits(train_images)
    return DigitSets(
        training.part(slice(BOOK_TRAINING), "MNIST"),
        _idx_digits(test_images),
        f"MNIST, its first {BOOK_TRAINING:,} training images as in the book",
    )


def _idx(path: Path) -> DigitSets:
    from nets.data.idx import find_images

    found = find_images(path)
    training, test = (
        next((file for file in found if any(word in file.name for word in words)), None)
        for words in (("train",), ("t10k", "test"))
    )
    if training and test:
        return DigitSets(
            _idx_digits(training),
            _idx_digits(test),
            f"{training.name}, tested with {test.name}",
        )
    return _split(_idx_digits(training or test or found[0]))


def _idx_digits(path: Path) -> Digits:
    from nets.data.idx import read_pair

    images, labels = read_pair(path)
    count, rows, columns = images.shape
    return Digits(images.reshape(count, -1).T, labels, path.name, (rows, columns))


def _split(digits: Digits) -> DigitSets:
    """The first four fifths to train on, the others to test with; always at the same place."""
    count = len(digits)
    at = count * TRAINING_FIFTHS // 5
    if at == 0:
        raise BadInput(f"{digits.source} has {count} image; wanted are two at least, one to test")
    return DigitSets(
        digits.part(slice(at), f"{digits.source} (first {at:,} of {count:,})"),
        digits.part(slice(at, None), f"{digits.source} (last {count - at:,} of {count:,})"),
        f"{digits.source}, split into its first {at:,} images to train on and {count - at:,} to "
        "test with",
    )


def _pickled(path: Path) -> DigitSets:
    from nets.data.pickled import read_sets

    training, validation, test = read_sets(path)
    return DigitSets(
        Digits(training[0].T, training[1], f"{path.name}, training"),
        Digits(test[0].T, test[1], f"{path.name}, test"),
        f"{path.name} without its {len(validation[1]):,} validation images",
    )
