"""Targets of some examples that are not subtracted in the last layer."""

from itertools import combinations

import numpy as np

from gradcheck.diagnosis.checked_array import Explanation
from gradcheck.diagnosis.layer_by_example import LayerByExample, alike
from gradcheck.verdicts.array_diagnosis import names_text
from nets.arrays import HostArray

__all__ = ["targets_left_out"]


def targets_left_out(
    last: LayerByExample,
    claimed: tuple[HostArray, HostArray],
    targets: HostArray,
    share: float,
) -> Explanation | None:
    """Name the examples whose targets are missing, where dC/dz is the output minus the targets.

    Args:
        last: the last layer, at k examples.
        claimed: the gradients that are claimed for all of them together: of the weights,
            (n_down, n_up), without regularisation, and of the biases, (n_down,).
        targets: (k, n_down).
        share: by what the cost of one example goes into the cost of all.

    Returns:
        None if no choice of examples gives the claimed numbers.

    """
    examples = range(len(targets))
    for size in range(1, len(targets) + 1):
        for lost in combinations(examples, size):
            used = last.right.copy()
            used[list(lost)] += targets[list(lost)]
            weights = share * np.sum(last.product(used), axis=0)
            biases = share * np.sum(used, axis=0)
            if alike(weights, claimed[0]) and alike(biases, claimed[1]):
                return Explanation("targets-left-out", _says(lost, len(targets)))
    return None


def _says(lost: tuple[int, ...], k: int) -> str:
    if len(lost) == k:
        return "In the last layer the targets are not subtracted from the output."
    which = names_text([str(example) for example in lost])
    plural = "s" if len(lost) > 1 else ""
    return (
        f"In the last layer the targets of example{plural} {which} of {k} are not subtracted from "
        "the output."
    )
