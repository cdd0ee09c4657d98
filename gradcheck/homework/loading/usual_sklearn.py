"""Random data and scalers in place of scikit-learn's, where it is not installed.

A notebook that begins with ``load_iris()`` takes the sizes of its network from what it gets. Each
data set here has as many features and classes as the one of that name.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

__all__ = ["SKLEARN"]

EXAMPLES = 30  # of each data set: few, since a check needs no more
# Data sets by their names: the number of features, and of classes; 0 classes for a regression.
SETS = {
    "load_iris": (4, 3),
    "load_wine": (13, 3),
    "load_breast_cancer": (30, 2),
    "load_digits": (64, 10),
    "load_diabetes": (10, 0),
    "load_boston": (13, 0),
    "fetch_california_housing": (8, 0),
    "fetch_openml": (784, 10),
}


class _Bunch(dict[str, Any]):
    """A dict whose values are attributes too, as scikit-learn's data sets are."""

    def __getattr__(self, name: str) -> Any:
        if name not in self:
            raise AttributeError(name)
        return self[name]


def _drawn(features: int, classes: int, examples: int = EXAMPLES) -> tuple[Any, Any]:
    """Examples (n, features), and class numbers (n,), or numbers if there are no classes."""
    generator = np.random.default_rng(11)
    inputs = generator.standard_normal((examples, features))
    if not classes:
        return inputs, generator.standard_normal(examples)
    return inputs, np.arange(examples) % classes


def _loaded(features: int, classes: int, *_: Any, **settings: Any) -> Any:
    """A data set with its names, or its two arrays alone."""
    inputs, targets = _drawn(features, classes)
    if settings.get("return_X_y"):
        return inputs, targets
    return _Bunch(
        data=inputs,
        target=targets,
        feature_names=[f"feature {each}" for each in range(features)],
        target_names=np.array([f"class {each}" for each in range(classes)]),
    )


def _classification(
    n_samples: int = 100, n_features: int = 20, *_: Any, n_classes: int = 2, **__: Any
) -> tuple[Any, Any]:
    return _drawn(n_features, n_classes, n_samples)


def _blobs(
    n_samples: int = 100, n_features: int = 2, *_: Any, centers: Any = 3, **__: Any
) -> tuple[Any, Any]:
    classes = centers if isinstance(centers, int) else len(centers)
    return _drawn(n_features, classes, n_samples)


def _regression(n_samples: int = 100, n_features: int = 100, *_: Any, **__: Any) -> tuple[Any, Any]:
    return _drawn(n_features, 0, n_samples)


class _Scaler:
    """A scaler of columns: each number minus a shift, divided by a scale."""

    of: tuple[Callable[..., Any], Callable[..., Any]]

    def __init__(self, *_: Any, **__: Any) -> None:
        self.shift, self.scale = np.zeros(1), np.ones(1)

    def fit(self, x: Any, *_: Any) -> "_Scaler":
        """Remember shift and scale of each column of (n, features)."""
        shift, scale = type(self).of
        self.shift, self.scale = shift(np.asarray(x), axis=0), scale(np.asarray(x), axis=0)
        return self

    def transform(self, x: Any) -> Any:
        """The scaled numbers, in the shape of ``x``."""
        return (np.asarray(x) - self.shift) / np.where(self.scale == 0, 1.0, self.scale)

    def fit_transform(self, x: Any, *_: Any) -> Any:
        """Both."""
        return self.fit(x).transform(x)

    def inverse_transform(self, x: Any) -> Any:
        """The numbers before they were scaled."""
        return np.asarray(x) * self.scale + self.shift


class StandardScaler(_Scaler):
    """Mean 0 and standard deviation 1."""

    of = (np.mean, np.std)


class MinMaxScaler(_Scaler):
    """From 0 to 1."""

    of = (np.min, np.ptp)


SKLEARN: dict[str, Callable[..., Any]] = {
    **{f"sklearn.datasets.{name}": partial(_loaded, *sizes) for name, sizes in SETS.items()},
    "sklearn.datasets.make_classification": _classification,
    "sklearn.datasets.make_blobs": _blobs,
    "sklearn.datasets.make_regression": _regression,
    "sklearn.preprocessing.StandardScaler": StandardScaler,
    "sklearn.preprocessing.MinMaxScaler": MinMaxScaler,
}
