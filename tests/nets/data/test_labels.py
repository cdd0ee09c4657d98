"""Labels and the targets that they stand for."""

import numpy as np
import pytest

from nets.arrays import Place
from nets.data.labels import expect_labels, one_hot
from nets.errors import BadInput


def test_one_hot() -> None:
    assert one_hot(np.array([1, 0]), 2).tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert one_hot(np.array([], dtype=np.uint8), 2).shape == (2, 0)
    with pytest.raises(BadInput, match="label -1 does not fit"):
        one_hot(np.array([-1]), 2)


def test_labels_of_any_library(where: Place) -> None:
    labels = where.namespace.asarray([0, 3, 1], device=where.device)
    expect_labels(labels, 4)
    with pytest.raises(BadInput, match=r"label 3 does not fit a last layer of 3 .* are 0 to 2"):
        expect_labels(labels, 3)


def test_without_labels_none_is_wrong() -> None:
    expect_labels(np.array([], dtype=int), 0)
