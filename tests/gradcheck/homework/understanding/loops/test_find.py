"""The training loops of a file."""

import ast

import pytest

from gradcheck.homework.understanding.loops.find import FoundLoop, loops_in


def found(code: str) -> list[FoundLoop]:
    return [*loops_in(ast.parse(code))]


@pytest.mark.parametrize(
    "line", ["w -= 0.1 * d", "w = w - 0.1 * d", "w += d", "p['w'] -= d", "w = 0.9 * w"]
)
def test_a_loop_that_changes_a_variable_by_its_old_value(line: str) -> None:
    assert [each.name for each in found(f"d = 1\nfor k in x:\n    {line}\n")] == [
        "the loop in line 2"
    ]
    assert len(found(f"while True:\n    if d:\n        {line}\n")) == 1


@pytest.mark.parametrize("line", ["w = d", "w = 0.1 * d", "print(w)", "w *= 2", "w = f(w)"])
def test_other_loops_train_nothing(line: str) -> None:
    assert found(f"for k in x:\n    {line}\n") == []


def test_scripts_come_before_functions_and_the_main_part_belongs_to_the_script() -> None:
    code = """
def train(x, rate=0.1):
    for k in x:
        w -= rate

if __name__ == "__main__":
    v = 1
    for k in [1]:
        v -= k
"""
    one, other = found(code)
    assert (one.function, one.name) == ("", "the loop in line 8")
    assert ast.unparse(one.before[-1]) == "v = 1"
    assert other.name == "the loop in train, line 3"
    assert {name: each and ast.unparse(each) for name, each in other.arguments.items()} == {
        "x": None,
        "rate": "0.1",
    }


def test_what_stands_behind_a_loop_is_not_before_it() -> None:
    (loop,) = found("a = 1\nfor k in x:\n    w -= k\nb = 2\n")
    assert [ast.unparse(each) for each in loop.before] == ["a = 1"]
