"""The records of mistakes: complete, and each of one level."""

from gradcheck.bugs.zoo import BUGS
from gradcheck.exercise.draw import all_exercises
from gradcheck.exercise.mistakes import LEVELS, MISTAKES


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
