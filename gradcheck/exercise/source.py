"""The file that the student gets: a line with its number, and the source with the mistake."""

import hashlib
import re

from gradcheck.exercise.draw import Exercise, all_exercises
from nets.errors import BadInput

__all__ = ["exercise_of", "number_of", "text_of"]

# The first line of an exercise, such as "# exercise 7-5e0c1a".
NUMBER = re.compile(r"^# exercise (\d+)-([0-9a-f]{6})\s*$", re.MULTILINE)


def number_of(exercise: Exercise, seed: int, key: str = "") -> str:
    """The number of an exercise, such as ``7-5e0c1a``: it says nothing to a reader.

    Args:
        exercise: the manner and the slip.
        seed: what it was drawn with, so that two students with the same mistake have different
            numbers.
        key: of the class; empty for an exercise that anybody may look up.

    """
    text = f"{key}/{seed}/{exercise.name}"
    return f"{seed}-{hashlib.blake2b(text.encode(), digest_size=3).hexdigest()}"


def text_of(exercise: Exercise, seed: int, key: str = "") -> str:
    """The whole file with the mistake; the arguments are those of ``number_of``."""
    return f"# exercise {number_of(exercise, seed, key)}\n{exercise.wrong}"


def exercise_of(text: str, name: str, key: str = "") -> Exercise:
    """The exercise that a file was written from, whatever the student has changed in it.

    Args:
        text: of the file.
        name: of the file, for messages.
        key: of the class; empty if there is none.

    Raises:
        BadInput: the line with the number is missing, or no exercise has this number.

    """
    found = NUMBER.search(text)
    if found is None:
        raise BadInput(
            f"{name} has no line such as '# exercise 7-5e0c1a', which gradcheck exercise writes "
            "at the top; put the line back"
        )
    seed = int(found[1])
    number = f"{seed}-{found[2]}"
    for exercise in all_exercises():
        if number_of(exercise, seed, key) == number:
            return exercise
    reason = (
        f"the key {key!r} is not the one that it was written with"
        if key
        else "if it belongs to a class, give the lecturer's --key"
    )
    raise BadInput(f"no exercise with the number {number} is known ({name}): {reason}")
