"""What a hook tells of what code does besides computing. A hook stays, so it gets a process."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAM = """
import pathlib, sys
from gradcheck.homework.process.deeds import tell_deeds
root = pathlib.Path(sys.argv[1])
tell_deeds(print, root, isolated=bool(sys.argv[2]))
import os, socket, subprocess
(root / "own.txt").write_text("x")
open(root / "own.txt").close()
(root.parent / "other.txt").write_text("x")
os.remove(root.parent / "other.txt")
with socket.socket() as one:
    one.bind(("127.0.0.1", 0))
subprocess.run([sys.executable, "-S", "-c", ""])
subprocess.run([sys.executable, "-S", "-c", ""])
os.kill(os.getpid(), 0) if os.name != "nt" else None
"""


KINDS = [
    "It changed files outside its own folder",
    "It opened the network",
    "It started a process",
    "It sent a signal",
]
REFUSED = [
    "It tried to change files outside its own folder, which was refused",
    "It tried to open the network, which was refused",
    *KINDS[2:],
]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of Unix")
@pytest.mark.parametrize(("isolated", "kinds"), [("", KINDS), ("yes", REFUSED)])
def test_each_kind_of_deed_is_told_once(tmp_path: Path, isolated: str, kinds: list[str]) -> None:
    (tmp_path / "root").mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "root"), isolated],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [line.partition(":")[0] for line in ended.stdout.splitlines()]
    assert told == kinds
    assert "other.txt" in ended.stdout
    assert "own.txt" not in ended.stdout
