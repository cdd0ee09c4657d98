"""Numbers of neurons among the arguments of students' functions, by their names."""

import re

from gradcheck.homework.understanding.student_words import in_english

__all__ = ["SIZES", "size_meant"]

# A number of neurons; the name of an array of examples says no size.
COUNT = r"(n|num|no|size|dim)_?(of_?)?"
UNIT = r"(size|units|dim|nodes)"
ENDING = r"_?(layer)?_?(size|dim|n|num)"
SIZES = {
    "layers": r"(layer_?)?(dimensions|sizes|dims|layers|architecture|structure)",
    "input": rf"{COUNT}(in|inp|inputs?|input_?\w*|features|x)|input_?\w*{UNIT}"
    rf"|(in|inputs?|features){ENDING}|n_?x",
    "hidden": rf"{COUNT}(hid|h|hidden_?\w*)|(hid|hidden)_?\w*{UNIT}"
    rf"|(hid|hidden|h){ENDING}|n_?h|(nn_?)?h_?dim",
    "output": rf"{COUNT}(out|outputs?|output_?\w*|labels|class(es)?|y)"
    rf"|(output|label|class)_?\w*{UNIT}|(out|labels?|class(es)?){ENDING}|n_?y",
}


def size_meant(name: str) -> str | None:
    """Which number of neurons an argument is: a key of ``SIZES``; None if it is none.

    >>> [size_meant(name) for name in ("hidden_layer_size", "num_labels", "nn_hdim", "X")]
    ['hidden', 'output', 'hidden', None]
    """
    for key, pattern in SIZES.items():
        if re.fullmatch(pattern, in_english(name), re.IGNORECASE):
            return key
    return None
