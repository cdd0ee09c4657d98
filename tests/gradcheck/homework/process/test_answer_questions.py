"""The process of a student's class answers questions until the other process is gone."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from gradcheck.homework.process.messages import read_message, write_message

PATIENCE = 120.0  # seconds: nothing takes so long unless a test fails
CODE = "from gradcheck.homework.process.answer_questions import main; main()"


@pytest.fixture
def process() -> Iterator["subprocess.Popen[bytes]"]:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", CODE], stdin=pipe, stdout=pipe) as found:
        yield found
        found.kill()


def test_each_answer_has_the_number_of_its_question(process: "subprocess.Popen[bytes]") -> None:
    questions: Any = process.stdin
    answers: Any = process.stdout

    def answer(question: dict[str, Any]) -> Any:
        write_message(questions, question)
        return read_message(answers)

    ready = answer({"memory": None, "watch": None, "isolated": False, "number": 1})
    assert ready == {"ready": True, "number": 1}
    for number in (2, 3):
        begin = answer({"do": "begin", "part": 0, "cost": None, "number": number})
        assert "send open first" in begin["failed"]
        assert begin["number"] == number
    # It ends as soon as there can be no more questions.
    questions.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert answers.read() == b""
