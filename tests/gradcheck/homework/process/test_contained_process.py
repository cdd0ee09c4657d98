"""A process that ends together with all that it starts."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from gradcheck.homework.process.contained_process import ContainedProcess
from gradcheck.homework.process.messages import read_message, write_message

WAIT = 120.0  # seconds, at most: each of these ends much earlier


@contextmanager
def contained(folder: Path) -> Iterator[ContainedProcess]:
    """A process that has answered, so that it runs."""
    process = ContainedProcess(folder, None)
    try:
        write_message(process.questions, {"memory": None, "watch": None, "number": 0})
        assert read_message(process.messages) == {"ready": True, "number": 0}
        yield process
    finally:
        process.end()
        for stream in (process.questions, process.messages, process.printed):
            stream.close()


def test_it_ends_when_nobody_asks_any_more(tmp_path: Path) -> None:
    with contained(tmp_path) as process:
        assert process.exit_code() is None
        memory, count = process.usage()
        assert memory > 1_000_000
        assert count >= 1
        process.questions.close()
        assert process.exit_code(WAIT) == 0
    assert process.left == 0


UNSAID: dict[str, Any] = {
    **dict.fromkeys(("cost", "examples", "import_seconds", "adapter", "format")),
    "shapes": {},
    "seed": 0,
    "batch_size": 3,
    "closely": False,
    "each_array": False,
    "top": None,
}
STARTS = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
raise ValueError(f"started {child.pid}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a launcher adds processes on Windows")
def test_what_it_has_started_is_ended_and_counted(tmp_path: Path) -> None:
    homework = tmp_path / "homework.py"
    homework.write_text(STARTS)
    with contained(tmp_path) as process:
        question = {"do": "open", "path": str(homework), "class": None, "sizes": None}
        write_message(process.questions, {**question, **UNSAID, "number": 1})
        said = ""
        while "failed" not in said:
            message = read_message(process.messages)
            assert message is not None
            said = json.dumps(message)
        (child,) = map(int, re.findall(r"started (\d+)", said))
        assert psutil.pid_exists(child)
        assert process.usage()[1] >= 2
    assert process.left == 1
    assert not psutil.pid_exists(child)
