"""Layers that are right for square images alone.

Height and width are easily taken for each other: ``n, c, w, h = x.shape``. On square images this
makes no difference, and many networks see no others.
"""

from collections.abc import Iterator

from gradcheck.homework.left_out import LeftOut

__all__ = ["open_for_other_images", "square_shapes"]


def square_shapes(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The shapes of square images in place of others: channels first, then channels last.

    They are never smaller, so that windows which overlap still do.

    Args:
        shape: (examples, channels, height, width) or (examples, height, width, channels).

    >>> list(square_shapes((2, 3, 4, 8))), list(square_shapes((2, 3, 4, 4)))
    ([(2, 3, 8, 8), (2, 4, 4, 8)], [(2, 4, 4, 4)])
    """
    if len(shape) != 4:
        return
    n, one, two, three = shape
    if two != three:
        yield n, one, max(two, three), max(two, three)
    if one != two:
        yield n, max(one, two), max(one, two), three


def open_for_other_images(name: str) -> LeftOut:
    """What stays open of a layer that is right for square images, and not for others.

    Args:
        name: of the layer.

    """
    return LeftOut(
        f"{name} of images that are not square",
        "its gradient is right for square images, and wrong where height and width differ. "
        "Look for a place where the two are taken for each other",
        is_open=True,
    )
