"""Labels: whole numbers from 0, one for each example, and the targets that they stand for."""

import numpy as np

from nets.arrays import Array, HostArray, array_namespace
from nets.errors import BadInput

__all__ = ["expect_labels", "one_hot"]


def expect_labels(labels: Array, classes: int) -> None:
    """Check that labels (n,) are from 0 to classes - 1; they are whole numbers of any library.

    Raises:
        BadInput: a label is not.

    """
    if labels.shape[0] == 0:
        return
    xp = array_namespace(labels)
    for label in (int(xp.max(labels)), int(xp.min(labels))):
        if not 0 <= label < classes:
            raise BadInput(
                f"label {label} does not fit a last layer of {classes} neurons, whose labels are "
                f"0 to {classes - 1}"
            )


def one_hot(labels: HostArray, classes: int) -> HostArray:
    """Targets (classes, n) for labels (n,): 1 in the row of the label, 0 elsewhere, in float64.

    Raises:
        BadInput: a label is beyond the classes.

    >>> one_hot(np.array([2, 0]), 3).tolist()
    [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]

    """
    labels = np.asarray(labels, dtype=np.int64)
    expect_labels(labels, classes)
    return np.equal.outer(np.arange(classes), labels).astype(float)
