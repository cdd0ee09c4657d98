"""Which exercise a seed gives, and what cannot be had."""

import pytest

from gradcheck.exercise.draw import Wanted, all_exercises, draw_class, draw_exercise
from gradcheck.exercise.mistakes import LEVELS
from nets.errors import BadInput


def test_seeds_in_a_row_give_different_exercises() -> None:
    count = len(all_exercises())
    drawn = [draw_exercise(Wanted(), seed).name for seed in range(count)]
    assert len(set(drawn)) == count
    assert draw_exercise(Wanted(), 7).name == drawn[7]


def test_what_was_asked_for_is_drawn() -> None:
    for seed in range(5):
        each = draw_exercise(Wanted(level=2, manner="layers"), seed)
        assert each.manner.name == "layers"
        assert each.slip.mistake in LEVELS[2]
        assert draw_exercise(Wanted(mistake="bias-averaged"), seed).mistake.name == "bias-averaged"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(manner="boko"), r"manner 'boko' is unknown \(did you mean book\?\)"),
        (Wanted(mistake="tranposed"), "did you mean weights-gradient-transposed or weights-not"),
        (Wanted(level=4), "there is no level 4; give 1, 2 or 3"),
        (
            Wanted(manner="book", mistake="bias-averaged"),
            "bias-averaged has no sensible form in the manner book; use --manner matrices or",
        ),
        (Wanted(mistake="stale-z"), "stale-z is no slip in source code; use another one"),
        (Wanted(level=3, mistake="sign-flipped"), "sign-flipped is of level 1; leave --level out"),
    ],
)
def test_what_does_not_exist_is_refused(wanted: Wanted, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        draw_exercise(wanted, 1)


def test_a_class_gets_different_exercises_and_every_mistake_before_one_comes_again() -> None:
    drawn = draw_class(Wanted(), 1, 30)
    assert len({each.name for each in drawn}) == 30
    mistakes = {each.slip.mistake for each in all_exercises()}
    assert len({each.slip.mistake for each in drawn}) == min(30, len(mistakes))
    assert draw_class(Wanted(), 1, 30) == drawn
    assert draw_class(Wanted(), 2, 30) != drawn
    with pytest.raises(BadInput, match="there are only 16 different exercises of this kind"):
        draw_class(Wanted(manner="functions"), 1, 17)
