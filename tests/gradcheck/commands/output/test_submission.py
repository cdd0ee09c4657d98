"""What ``gradcheck verify --net`` shows: likely mistakes, and what a class raised."""

import json

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import words_of
from tests.gradcheck.homework.students import FOLDER

SMALL = ("--sizes", "5,4,3")


def test_where_a_likely_mistake_is_told_none_is_not(gradcheck_command: Command) -> None:
    all_zero = f"{FOLDER / 'wrong.py'}:AllZero"
    ended = gradcheck_command("verify", *SMALL, "--net", all_zero)
    assert ended.out.count("Likely mistake: ") == 1
    assert "No known mistake" not in words_of(ended)


def test_a_question_ends_with_its_mark(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", f"{FOLDER / 'book.py'}:Netwrk")
    assert words_of(ended).endswith("did you mean Network?")


def test_one_likely_mistake_is_named_at_most(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", f"{FOLDER / 'wrong.py'}:OffByLittle")
    assert ended.code == 1
    assert ended.out.count("Likely mistake") == 1
    assert "in layer 2 weights, layer 1 weights" in words_of(ended)


def test_a_class_that_raises(gradcheck_command: Command) -> None:
    raises = f"{FOLDER / 'broken.py'}:Raises"
    ended = gradcheck_command("verify", *SMALL, "--net", raises)
    assert ended.code == 2
    assert "return self.helper(x)" in ended.out
    assert "FAILED backprop(x, y) raised ValueError: matmul" in words_of(ended)
    assert "Traceback" not in ended.out + ended.err
    as_json = gradcheck_command("verify", *SMALL, "--net", raises, "--json")
    assert as_json.code == 2
    summary = json.loads(as_json.out)
    assert summary["verdict"] == "failed"
    assert summary["submission"]["failure"].startswith("backprop(x, y) raised ValueError")
    assert "return self.helper(x)" in summary["submission"]["traceback"]
