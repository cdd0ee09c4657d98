"""Where digits come from: drawn from a seed, MNIST from the internet, or files on this machine."""

from collections.abc import Callable
from pathlib import Path

from nets.data import drawn, idx, mnist, pickled
from nets.data.digits import Digits, DigitSets
from nets.errors import BadInput, unreadable

__all__ = ["load_digit_sets"]

# Drawn images. More of them teach more, but take longer to draw and make an epoch longer. One of
# 2,000 test images is 0.05 % of the right answers.
DRAWN_TRAINING, DRAWN_TEST = 10_000, 2_000
BOOK_TRAINING = 50_000  # of MNIST's 60,000 images; the book keeps the others for validation
TRAINING_FIFTHS = 4  # of a single set, which is split into these and one fifth to test with


def load_digit_sets(
    data: str, seed: int, progress: Callable[[int], object] | None = None
) -> DigitSets:
    """Load digits to train on and digits to test with.

    Args:
        data: ``drawn``; ``mnist``; or a path: a folder of IDX files, one images file with its
            labels beside it, or a pickle such as ``mnist.pkl.gz``. A single set of images is
            split: the first four fifths are for training.
        seed: of drawn digits.
        progress: called with the number of bytes received so far while MNIST is downloaded.

    Raises:
        BadInput: a file is missing, cannot be read or downloaded, or has other content.

    """
    if data == "drawn":
        return _drawn(seed)
    if data == "mnist":
        return _mnist(progress)
    path = Path(data).expanduser()
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        raise unreadable(path, error) from error
    if not data or not exists:
        raise BadInput(
            f"{data or 'an empty path'} does not exist; give drawn, mnist, or the path of a "
            "folder of IDX files, an images file, or mnist.pkl.gz"
        )
    if pickled.is_pickle_name(path) and not is_folder:
        return _pickled(path)
    return _idx(path)


def _drawn(seed: int) -> DigitSets:
    source = "drawn digits (not handwritten)"
    digits = Digits(*drawn.draw_digits(DRAWN_TRAINING + DRAWN_TEST, seed), source)
    return DigitSets(
        digits.part(slice(DRAWN_TRAINING), source),
        digits.part(slice(DRAWN_TRAINING, None), f"{source}, to test"),
        f"{source}, seed {seed}",
    )


def _mnist(progress: Callable[[int], object] | None) -> DigitSets:
    train_images, _, test_images, _ = mnist.fetch(progress=progress)
    training = _idx_digits(train_images)
    return DigitSets(
        training.part(slice(BOOK_TRAINING), "MNIST"),
        _idx_digits(test_images),
        f"MNIST, its first {BOOK_TRAINING:,} training images as in the book",
    )


def _idx(path: Path) -> DigitSets:
    found = idx.find_images(path)
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
    images, labels = idx.read_pair(path)
    count, rows, columns = images.shape
    return Digits(images.reshape(count, -1).T, labels, path.name, (rows, columns))


def _split(digits: Digits) -> DigitSets:
    """The first four fifths to train on, the others to test with; the same ones every time."""
    count = len(digits)
    at = count * TRAINING_FIFTHS // 5
    if at == 0:
        raise BadInput(
            f"{digits.source} has {count} image; give two or more, so that one is left to test"
        )
    return DigitSets(
        digits.part(slice(at), f"{digits.source} (first {at:,} of {count:,})"),
        digits.part(slice(at, None), f"{digits.source} (last {count - at:,} of {count:,})"),
        f"{digits.source}, split into its first {at:,} images to train on and {count - at:,} to "
        "test with",
    )


def _pickled(path: Path) -> DigitSets:
    training, validation, test = pickled.read_sets(path)
    return DigitSets(
        Digits(training[0].T, training[1], f"{path.name}, training"),
        Digits(test[0].T, test[1], f"{path.name}, test"),
        f"{path.name} without its {len(validation[1]):,} validation images",
    )
