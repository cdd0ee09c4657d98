"""Every name that a diagnosis gives has an explanation."""

import ast
from pathlib import Path

from gradcheck import diagnosis
from gradcheck.diagnosis.patterns import PATTERNS
from gradcheck.exercise.mistakes import MISTAKES
from gradcheck.homework.repairs.repair import CAUSES

NAMING = {"Explanation", "Factor", "Rearrangement", "LikelyCause"}


def names_in(source: str) -> set[str]:
    """The names of mistakes that are written into a source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[0]
            if node.func.id in NAMING and isinstance(first, ast.Constant):
                found.add(str(first.value))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "-" in node.value
            and node.value.replace("-", "").isalpha()
        ):
            found.add(node.value)
    return found


def test_every_name_of_a_diagnosis_is_explained() -> None:
    rooms = [Path(path) for path in diagnosis.__path__]
    names = {
        name
        for room in rooms
        for file in room.glob("*.py")
        for name in names_in(file.read_text("utf-8"))
    }
    assert len(names) > 20
    assert names <= {*MISTAKES, *PATTERNS, *CAUSES}


def test_a_name_without_an_explanation_would_be_found() -> None:
    assert names_in('found = Explanation("odd-name", "says")') == {"odd-name"}
    assert names_in('Rearrangement("flipped", says, x)') == {"flipped"}


def test_no_pattern_has_the_name_of_a_mistake() -> None:
    assert not set(PATTERNS) & set(MISTAKES)
