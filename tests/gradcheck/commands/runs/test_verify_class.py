"""``gradcheck verify --net`` as a student and a script see it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command
from tests.ctrl_c import started_for_ctrl_c
from tests.gradcheck.commands.outcomes import expect_bad_input, words_of
from tests.gradcheck.homework.students import FOLDER

SMALL = ("--sizes", "5,4,3")
BOOK = f"{FOLDER / 'book.py'}:Network"
WRONG = f"{FOLDER / 'wrong.py'}:SignFlipped"


def test_the_same_table_verdict_and_hints(gradcheck_command: Command) -> None:
    ours = gradcheck_command("verify", *SMALL, "--details")
    theirs = gradcheck_command("verify", *SMALL, "--net", BOOK, "--details")
    assert theirs.code == 0
    for heading in ("Verdict on each entry, by equation (46)", "Largest error; norm ratio "):
        assert heading in ours.out
        assert heading in theirs.out
    assert "AGREE 39 of 39 entries agree" in words_of(theirs)
    assert "guess backprop takes one example at a time" in words_of(theirs)
    assert max(map(len, theirs.out.splitlines())) <= 80


def test_the_price_is_told_on_standard_error(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", BOOK)
    assert ended.err.startswith("gradcheck: the cost will be computed at least 78 times: ")


def test_a_mistake(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", WRONG)
    assert ended.code == 1
    assert (
        "Likely mistake: The sign is wrong: targets minus output instead of output minus targets. "
        "(sign-flipped)" in words_of(ended)
    )
    assert "DISAGREE 39 of 39 entries contradict" in words_of(ended)


def test_hints_leave_the_mistake_to_be_found(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", WRONG, "--hints", "1")
    assert ended.code == 1
    assert "Hint 1: The very first step is wrong: check the derivative of the cost." in ended.out
    assert "Hint 2" not in ended.out
    told = gradcheck_command("verify", *SMALL, "--net", WRONG, "--hints", "3", "--json").out
    for each in (ended.out, told):
        assert "sign-flipped" not in each
        assert "Likely mistake" not in each


def test_json_has_the_keys_that_it_has_for_our_own(gradcheck_command: Command) -> None:
    ours = json.loads(gradcheck_command("verify", *SMALL, "--json").out)
    theirs = json.loads(gradcheck_command("verify", *SMALL, "--json", "--net", WRONG).out)
    assert set(ours) <= set(theirs)
    assert set(ours["network"]) <= set(theirs["network"])
    assert theirs["network"]["class"] == "wrong.py:SignFlipped"
    assert theirs["network"]["cost"] == "quadratic"
    assert theirs["engine"] == "one-by-one"
    assert theirs["verdict"] == "disagree"
    assert theirs["submission"]["likely_cause"]["name"] == "sign-flipped"
    assert {each["kind"] for each in theirs["submission"]["findings"]} == {"guess"}


def test_agreement_to_some_digits_is_told_unless_the_check_is_strict(
    gradcheck_command: Command,
) -> None:
    guarded = ("--sizes", "6,4,4,3", "--seed", "1", "--net", f"{FOLDER / 'guarded.py'}:Guard5")
    ended = gradcheck_command("verify", *guarded)
    assert ended.code == 0
    assert "Remark: layer 1 weights agrees to 4." in words_of(ended)
    told = json.loads(gradcheck_command("verify", *guarded, "--json").out)
    assert told["verdict"] == "agree"
    assert told["remarks"][0].startswith("layer 1 weights agrees to 4.")
    strict = gradcheck_command("verify", *guarded, "--strict")
    assert strict.code == 1
    assert "Remark:" not in words_of(strict)


def test_a_figure(gradcheck_command: Command, tmp_path: Path) -> None:
    figure = tmp_path / "report.svg"
    assert gradcheck_command("verify", *SMALL, "--net", BOOK, "--plot", figure).code == 0
    assert "book.py:Network" in figure.read_text("utf-8")


def test_a_page(gradcheck_command: Command, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    ended = gradcheck_command("verify", *SMALL, "--net", BOOK, "--html", page, "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["verdict"] == "agree"
    text = page.read_text("utf-8")
    assert "<h1>book.py:Network</h1>" in text
    assert "How it was understood" in text
    assert "Computing the cost once took" in text


def test_a_failure_has_a_page_too(gradcheck_command: Command, tmp_path: Path) -> None:
    """A file's name and what it raises are text, and no HTML."""
    page = tmp_path / "report.html"
    net = tmp_path / "homework.py"
    text = (FOLDER / "book.py").read_text("utf-8")
    first = "def backprop(self, x, y):\n"
    assert first in text
    net.write_text(text.replace(first, f"{first}        raise ValueError('<script>1</script>')\n"))
    ended = gradcheck_command("verify", *SMALL, "--net", net, "--html", page)
    assert ended.code == 2
    written = page.read_text("utf-8")
    assert "FAILED</strong>" in written
    assert "&lt;script&gt;1&lt;/script&gt;" in written
    assert "<script>1" not in written


def test_a_page_that_cannot_be_written_is_said_before_the_work(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    ended = gradcheck_command(
        "verify", *SMALL, "--net", BOOK, "--html", tmp_path / "no" / "report.html"
    )
    expect_bad_input(ended, "report.html cannot be written")


NO_PYTHON: dict[str, tuple[bytes, str]] = {
    "a picture": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "homework.py is not text; give a Python file or a notebook",
    ),
    "prose": (
        b"This is my homework.\nI hope it is right.\n",
        "homework.py, line 1 is not Python 3: invalid syntax",
    ),
    "a missing colon": (
        b"import numpy as np\n\nclass Network\n    pass\n",
        "homework.py, line 3 is not Python 3: expected ':'",
    ),
    "another encoding": (
        b"name = Andr\xe9!\n",
        "homework.py, line 1 is not UTF-8 (byte 0xe9); save the file as UTF-8",
    ),
}


@pytest.mark.parametrize("name", NO_PYTHON)
def test_what_is_no_python_is_one_line(
    gradcheck_command: Command, tmp_path: Path, name: str
) -> None:
    content, line = NO_PYTHON[name]
    (tmp_path / "homework.py").write_bytes(content)
    for more in ((), ("--json",)):
        ended = gradcheck_command("verify", *SMALL, "--net", tmp_path / "homework.py", *more)
        expect_bad_input(ended)
        assert ended.err == f"gradcheck: {line}\n"
        assert len(ended.err) <= 80


def test_what_is_printed_and_typed_elsewhere_stays_there() -> None:
    """The student's output is no part of the JSON, and input() gets nothing of ours."""
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "gradcheck.cli", "verify", *SMALL, "--json"),
            *("--net", f"{FOLDER / 'odd.py'}:Prints"),
        ],
        cwd=ROOT,
        input="typed",
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(ended.stdout)["verdict"] == "agree"
    assert "hello" not in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")
def test_interrupted_in_the_middle_of_the_student_s_code(tmp_path: Path) -> None:
    sign = tmp_path / "begun"
    (tmp_path / "homework.py").write_text(
        f"from pathlib import Path\nPath({str(sign)!r}).touch()\nwhile True:\n    pass\n"
    )
    running = started_for_ctrl_c(
        [
            *(sys.executable, "-m", "gradcheck.cli", "verify"),
            *("--net", str(tmp_path / "homework.py"), "--timeout", "3000"),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not sign.exists():
        assert running.poll() is None
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGINT)
    out, said = running.communicate()
    assert running.returncode == 130
    assert out == ""
    assert said.splitlines()[-1] == "gradcheck: interrupted"
    assert "Traceback" not in said
