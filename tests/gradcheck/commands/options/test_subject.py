"""``--cost`` of another class: it overrides what was guessed only if it is typed."""

import json

from tests.conftest import Command
from tests.gradcheck.homework.students import FOLDER

CHECK = ("verify", "--sizes", "5,4,3", "--net", FOLDER / "book.py", "--json")


def guesses_of_cost(gradcheck_command: Command, *more: str) -> list[str]:
    found = json.loads(gradcheck_command(*CHECK, *more).out)["submission"]["findings"]
    return [each["text"] for each in found if "cost" in each["text"]]


def test_a_cost_that_is_only_the_default_is_not_forced_on_a_class(
    gradcheck_command: Command,
) -> None:
    assert guesses_of_cost(gradcheck_command)
    typed = guesses_of_cost(gradcheck_command, "--cost", "quadratic")
    assert guesses_of_cost(gradcheck_command) != typed
