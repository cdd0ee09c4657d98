"""What ``gradcheck grade`` shows: a row for each submission, and a summary."""

import json
from pathlib import Path

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import words_of

SIZES = ("--sizes", "5,4,3", "--batch-size", "3")


def test_rows_a_summary_and_the_exit_code(gradcheck_command: Command, submissions: Path) -> None:
    ended = gradcheck_command("grade", submissions, *SIZES, "--jobs", "2")
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert any(line.split()[:4] == ["right.py", "agree", "100%", "right"] for line in lines)
    assert any(line.split()[:4] == ["wrong.py", "disagree", "0%", "right"] for line in lines)
    assert "text.py, line 1 is not Python 3: invalid syntax" in words_of(ended)
    assert lines[-1] == "3 submissions: 1 agree, 1 disagree, 0 undecided, 1 failed."
    assert max(map(len, lines)) <= 80
    assert ended.err == ""


def test_json_alone_on_standard_output(gradcheck_command: Command, submissions: Path) -> None:
    (submissions / "notes.txt").write_text("")
    ended = gradcheck_command("grade", submissions, *SIZES, "--json")
    summary = json.loads(ended.out)
    assert summary["schema_version"] == 1
    assert summary["command"] == "grade"
    assert summary["counts"] == {"agree": 1, "disagree": 1, "undecided": 0, "failed": 1}
    right, text, wrong = summary["submissions"]
    assert (right["submission"], right["verdict"], right["arrays_right"]) == (
        "right.py",
        "agree",
        1.0,
    )
    assert text["arrays_right"] is None
    assert text["error"] == "text.py, line 1 is not Python 3: invalid syntax"
    assert wrong["first_wrong"] == "layer 2 biases"
    assert ended.err == "gradcheck: skipped, no Python and no notebook: notes.txt\n"
