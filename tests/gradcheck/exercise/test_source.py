"""The file of an exercise: its number says nothing to a reader, and everything to --solution."""

import pytest

from gradcheck.exercise.draw import all_exercises
from gradcheck.exercise.source import exercise_of, number_of, text_of
from nets.errors import BadInput

ONE = all_exercises()[0]


def test_every_exercise_is_known_by_its_number() -> None:
    numbers = {number_of(each, 7): each for each in all_exercises()}
    assert len(numbers) == len(all_exercises())
    for each in all_exercises()[::9]:
        assert exercise_of(text_of(each, 7), "homework.py") == each


def test_whatever_the_student_changed_the_exercise_is_known() -> None:
    mended = text_of(ONE, 3).replace(ONE.wrong, ONE.right + "# done\n")
    assert exercise_of(mended, "homework.py") == ONE


def test_without_the_line_or_the_key_it_is_not() -> None:
    with pytest.raises(BadInput, match=r"homework.py has no line such as '# exercise 7-5e0c1a'"):
        exercise_of(ONE.wrong, "homework.py")
    of_class = text_of(ONE, 3, "secret")
    assert exercise_of(of_class, "homework.py", "secret") == ONE
    with pytest.raises(BadInput, match="give the lecturer's --key"):
        exercise_of(of_class, "homework.py")
    with pytest.raises(BadInput, match="the key 'other' is not the one"):
        exercise_of(of_class, "homework.py", "other")
