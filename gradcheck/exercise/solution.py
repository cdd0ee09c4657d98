"""What was changed in an exercise, and why people make this mistake; or hints instead."""

import ast
import textwrap
from difflib import unified_diff
from typing import Any

from gradcheck.exercise.draw import Exercise
from gradcheck.exercise.manner import place_of
from gradcheck.show.text import Sentence

__all__ = ["diff_of", "hints_on", "json_of_solution", "short_answer", "solution_parts"]


def diff_of(exercise: Exercise) -> str:
    """The wrong lines, marked with -, and the right ones, marked with +, and a line around them."""
    lines = unified_diff(
        exercise.wrong.splitlines(), exercise.right.splitlines(), "wrong", "right", "", "", 1, ""
    )
    # The first two lines are names of files; those with @@ are numbers of lines.
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def solution_parts(exercise: Exercise) -> list[Sentence]:
    """The mistake, the lines, why people make it, and the answers that are right as well."""
    mistake = exercise.mistake
    parts: list[Sentence] = [
        Sentence(f"{mistake.name}: {mistake.says}", "bold"),
        Sentence(diff_of(exercise)),
        Sentence(f"Why people make it: {mistake.why}"),
    ]
    parts += [
        Sentence(f"The answer {name} is right as well: its numbers are the same here.")
        for name in exercise.slip.same_numbers
    ]
    if mistake.also:
        names = " or ".join(mistake.also)
        parts.append(
            Sentence(
                f"gradcheck verify may call it {names}, where it knows the numbers of the "
                "parameters only. That answer is right as well."
            )
        )
    return parts


def json_of_solution(exercise: Exercise) -> dict[str, Any]:
    """The same as plain strings and lists; ``also_right`` has the other right answers."""
    mistake = exercise.mistake
    return {
        "manner": exercise.manner.name,
        "mistake": mistake.name,
        "says": mistake.says,
        "why": mistake.why,
        "diff": diff_of(exercise),
        "also_right": [*exercise.slip.same_numbers, *mistake.also],
    }


def short_answer(exercise: Exercise) -> str:
    """The names that are right answers, such as ``sign-flipped``."""
    return " or ".join([exercise.slip.mistake, *exercise.slip.same_numbers])


def hints_on(exercise: Exercise, text: str, count: int) -> list[str]:
    """Hints on the lines of the file as it is now; each says more than the one before.

    Args:
        exercise: what the file was written from.
        text: of the file.
        count: how many hints, 1 to 3.

    Returns:
        Empty if the lines with the mistake have changed.

    """
    line = _line_of_slip(exercise, text)
    if line is None:
        return []
    shown = text.splitlines()[line - 1].strip()
    return [
        f"Read {_function_around(text, line)}.",
        exercise.mistake.hint,
        f"Look at line {line}: {shown}",
    ][:count]


def _line_of_slip(exercise: Exercise, text: str) -> int | None:
    """The line in the file where the wrong lines stand; None if they stand there no longer.

    Of lines that were left out, the line before the gap.
    """
    slip = exercise.slip
    if slip.wrong:
        place = _unchanged(exercise, text) or place_of(text, slip.wrong)
        return None if place is None else _first_wrong(exercise, place[0])
    if place_of(text, slip.right) is not None:
        return None
    first, _ = place_of(exercise.right, slip.right) or (1, 1)
    before = exercise.right.splitlines()[first - 2].strip()
    place = place_of(text, before)
    return None if place is None else place[0]


def _unchanged(exercise: Exercise, text: str) -> tuple[int, int] | None:
    """Where the wrong lines stand if no line before them has moved; None if they do not."""
    place = place_of(exercise.right, exercise.slip.right)
    assert place is not None
    first = place[0] + 1  # the line with the number stands before the source
    end = first + len(exercise.slip.wrong.splitlines())
    there = textwrap.dedent("\n".join(text.splitlines()[first - 1 : end - 1]))
    return (first, end) if there == exercise.slip.wrong else None


def _first_wrong(exercise: Exercise, line: int) -> int:
    """Of the wrong lines, which begin at a line, the first that is not among the right ones."""
    right = exercise.slip.right.splitlines()
    wrong = exercise.slip.wrong.splitlines()
    return line + next((n for n, each in enumerate(wrong) if each not in right), 0)


def _function_around(text: str, line: int) -> str:
    """The function that a line stands in, with its lines, in words."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return f"the lines around line {line}"
    around = _around(tree, "", line)
    if not around:
        return f"the lines around line {line}"
    name, first, last = around[-1]
    return f"{name}, lines {first} to {last}"


def _around(node: ast.AST, path: str, line: int) -> list[tuple[str, int, int]]:
    """The classes and functions in a node that a line stands in: names, first and last lines."""
    found = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            last = child.end_lineno or child.lineno
            if child.lineno <= line <= last:
                name = f"{path}{child.name}"
                found += [(name, child.lineno, last), *_around(child, f"{name}.", line)]
    return found
