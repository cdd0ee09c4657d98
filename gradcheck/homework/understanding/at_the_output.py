"""Derivatives that are written for the output: ``def dsigmoid(x): return x * (1 - x)``.

They are right where the code that uses them gives them the output, which many files do. A file
does not always say so: then it stays open.
"""

from gradcheck.homework.left_out import LeftOut

__all__ = ["open_at_the_input"]


def open_at_the_input(derivative: str, forward: str, argument: str) -> LeftOut:
    """What stays open of a derivative that is right at the output, and wrong at the input.

    Args:
        derivative: its name.
        forward: the name of the function that it belongs to.
        argument: the name of its argument, which is that of the function's input too.

    """
    return LeftOut(
        f"How {derivative} is called",
        f"it is right where its {argument} is the output of {forward}, and wrong where it is the "
        f"input. See that it is called with {forward}({argument}), and give the argument another "
        "name",
        is_open=True,
    )
