"""Random data in place of data sets that libraries give, where the library is not installed.

A notebook that begins with ``mnist.load_data()`` or ``make_moons()`` takes the sizes of its network
from what it gets. The gradients do not depend on whether these are real images.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.homework.loading.usual_sklearn import SKLEARN

__all__ = ["USUAL_DATA"]

EXAMPLES = 30  # of each data set: few, since a check needs no more


def _generator() -> np.random.Generator:
    return np.random.default_rng(11)


def _images(*_: Any, **__: Any) -> Any:
    """As Keras gives MNIST: (images, labels) for training, and for tests."""
    generator = _generator()

    def some() -> Any:
        pixels = generator.integers(0, 256, (EXAMPLES, 28, 28)).astype(np.uint8)
        return pixels, (np.arange(EXAMPLES) % 10).astype(np.uint8)

    return some(), some()


def _points(n_samples: int = EXAMPLES, *_: Any, **__: Any) -> Any:
    """As scikit-learn gives moons and circles: (n, 2) points of two classes."""
    generator = _generator()
    classes = np.arange(n_samples) % 2
    return generator.standard_normal((n_samples, 2)) + classes[:, None], classes


class OneHotEncoder:
    """scikit-learn's, for one column of class numbers."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take any settings."""
        self.categories = np.zeros(0)

    def fit(self, column: Any, *_: Any) -> "OneHotEncoder":
        """Remember the classes."""
        self.categories = np.unique(np.asarray(column))
        return self

    def transform(self, column: Any) -> Any:
        """The rows (n, classes), with the method ``toarray`` that sparse ones have."""
        rows = np.asarray(column).reshape(-1, 1) == self.categories
        return rows.astype(float).view(_Rows)

    def fit_transform(self, column: Any, *_: Any) -> Any:
        """Both."""
        return self.fit(column).transform(column)


class _Table(np.ndarray):
    """The numbers of a table, with a few of the names that a table of pandas has."""

    @property
    def values(self) -> Any:
        """The numbers."""
        return np.asarray(self)

    def to_numpy(self, *_: Any, **__: Any) -> Any:
        """The numbers."""
        return np.asarray(self)

    def head(self, count: int = 5) -> Any:
        """The first rows."""
        return self[:count]


def _digits(*_: Any, **__: Any) -> Any:
    """As a file of handwritten digits is read: the class, then 28 x 28 pixels, in each row."""
    pixels = _generator().integers(0, 256, (EXAMPLES, 784))
    rows = np.hstack([np.arange(EXAMPLES).reshape(-1, 1) % 10, pixels])
    return rows.view(_Table)


class _Rows(np.ndarray):
    """An array with the method ``toarray`` of sparse arrays."""

    def toarray(self) -> Any:
        """The array."""
        return np.asarray(self)

    todense = toarray


def _one_hot(numbers: Any, num_classes: int | None = None, *_: Any, **__: Any) -> Any:
    """As Keras does it: (n, classes) from class numbers (n,)."""
    flat = np.asarray(numbers, dtype=int).reshape(-1)
    return np.eye(num_classes or int(flat.max()) + 1)[flat]


def _split(*arrays: Any, **__: Any) -> list[Any]:
    """The first two thirds of each array for training, the rest for tests."""
    return [part for each in arrays for part in np.split(np.asarray(each), [2 * len(each) // 3])]


_DATA: dict[str, Callable[..., Any]] = {
    "pandas.read_csv": _digits,
    "sklearn.datasets.make_moons": _points,
    "sklearn.datasets.make_circles": _points,
    "sklearn.preprocessing.OneHotEncoder": OneHotEncoder,
    "sklearn.preprocessing.LabelBinarizer": OneHotEncoder,
    "sklearn.model_selection.train_test_split": _split,
}
_KERAS: dict[str, Callable[..., Any]] = {
    "datasets.mnist.load_data": _images,
    "datasets.fashion_mnist.load_data": _images,
    "utils.to_categorical": _one_hot,
    "utils.np_utils.to_categorical": _one_hot,
}
USUAL_DATA: dict[str, Callable[..., Any]] = (
    _DATA
    | SKLEARN
    | {
        f"{library}.{name}": function
        for library in ("keras", "tensorflow.keras")
        for name, function in _KERAS.items()
    }
)
