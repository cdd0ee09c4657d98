"""The records of mistakes: complete, and each of one level."""

import pytest

from gradcheck.bugs.zoo import BUGS
from gradcheck.exercise.draw import all_exercises
from gradcheck.exercise.mistakes import LEVELS, MISTAKES, expect_mistake
from nets.errors import BadInput


def test_every_mistake_of_an_exercise_has_one_level() -> None:
    listed = [name for names in LEVELS.values() for name in names]
    assert len(listed) == len(set(listed))
    assert set(listed) == {each.slip.mistake for each in all_exercises()}


def test_records_are_complete() -> None:
    assert set(BUGS) < set(MISTAKES)
    for name, mistake in MISTAKES.items():
        assert mistake.name == name
        assert mistake.says.endswith(".")
        assert mistake.why.endswith(".")
        assert mistake.hint.endswith(("?", "."))
        assert "your" not in mistake.hint.lower()


def test_a_mistake_that_is_none_is_refused() -> None:
    for name in MISTAKES:
        expect_mistake(name)
    with pytest.raises(BadInput) as error:
        expect_mistake("bias-avraged")
    assert str(error.value) == (
        "bug 'bias-avraged' is unknown (did you mean bias-averaged?); gradcheck bugs lists them"
    )
