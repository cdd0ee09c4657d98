"""What is told about an exercise: the lines and why, or hints on lines that exist."""

import pytest

from gradcheck.exercise.draw import Exercise, Wanted, all_exercises, draw_exercise
from gradcheck.exercise.solution import (
    diff_of,
    hints_on,
    json_of_solution,
    short_answer,
    solution_parts,
)
from gradcheck.exercise.source import text_of
from gradcheck.show.text import plain_text


def exercise(manner: str, mistake: str) -> Exercise:
    return draw_exercise(Wanted(manner=manner, mistake=mistake), 0)


def test_the_solution_shows_the_lines_and_why() -> None:
    each = exercise("book", "cross-entropy-shortcut")
    text = plain_text(solution_parts(each))
    assert "-        delta = error\n" in text
    assert "+        delta = error * sigmoid_prime(zs[-1])\n" in text
    assert "Why people make it: Many books" in text
    words = " ".join(text.split())
    assert "missing-activation-derivative is right as well: its numbers are the same" in words
    assert short_answer(each) == "cross-entropy-shortcut or missing-activation-derivative"


def test_the_solution_as_json() -> None:
    each = exercise("book", "cross-entropy-shortcut")
    told = json_of_solution(each)
    assert (told["manner"], told["mistake"]) == ("book", "cross-entropy-shortcut")
    assert told["also_right"] == ["missing-activation-derivative"]
    assert told["diff"] == diff_of(each)
    assert json_of_solution(exercise("book", "bias-forgotten"))["also_right"] == ["all-zero"]


@pytest.mark.parametrize("each", all_exercises(), ids=lambda each: each.name)
def test_the_hints_lead_to_a_line_that_exists(each: Exercise) -> None:
    text = text_of(each, 1)
    where, question, line = hints_on(each, text, 3)
    assert where.startswith("Read ")
    assert question == each.mistake.hint
    number, _, shown = line.removeprefix("Look at line ").partition(": ")
    assert text.splitlines()[int(number) - 1].strip() == shown
    assert each.slip.mistake not in where + question
    if each.slip.wrong:
        assert shown in each.slip.wrong
    assert len(hints_on(each, text, 1)) == 1


def test_what_was_mended_has_no_hints() -> None:
    each = exercise("matrices", "bias-averaged")
    assert hints_on(each, each.right, 3) == []
    left_out = exercise("book", "bias-forgotten")
    assert hints_on(left_out, left_out.right, 3) == []


def test_a_line_that_was_left_out_is_in_the_diff() -> None:
    assert "+            nabla_b[l] = delta" in diff_of(exercise("book", "bias-forgotten"))


def test_a_file_that_is_no_python_any_more_has_hints_all_the_same() -> None:
    each = exercise("book", "sign-flipped")
    (hint,) = hints_on(each, each.wrong + "def (:\n", 1)
    assert "the lines around line" in hint
