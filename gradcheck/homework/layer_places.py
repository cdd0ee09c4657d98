"""Where the weights and the biases of each layer are among the arrays of a part."""

from collections.abc import Sequence

from gradcheck.homework.contract import NamedArray

__all__ = ["places_of_layers"]


def places_of_layers(arrays: Sequence[NamedArray]) -> list[tuple[int, int]] | None:
    """The positions of the weights and of the biases of each layer, from the first to the last.

    Args:
        arrays: of a part. Its layers may be counted from 0.

    Returns:
        None if the arrays are anything else than the weights and biases of every layer.

    """
    found = {
        (array.slot.layer, array.slot.is_weights): place
        for place, array in enumerate(arrays)
        if array.slot is not None
    }
    layers = sorted({layer for layer, _ in found})
    consecutive = [layer - layers[0] for layer in layers] == list(range(len(layers)))
    if len(found) < max(len(arrays), 2 * len(layers)) or not layers or not consecutive:
        return None
    return [(found[layer, True], found[layer, False]) for layer in layers]
