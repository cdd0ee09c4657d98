"""Which files were written, changed and deleted."""

import os
from pathlib import Path

from gradcheck.homework.grading.file_changes import changes_of, listed, state_of


def test_the_files_of_a_workplace_have_their_size_and_time(tmp_path: Path) -> None:
    for name in ("homework/net.py", "homework/__pycache__/net.pyc", "home/left"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("12")
        os.utime(tmp_path / name, ns=(0, 7_000_000_000))
    assert state_of(tmp_path) == {"net.py": (2, 7_000_000_000), "home/left": (2, 7_000_000_000)}
    assert state_of(tmp_path / "nowhere") == {}


def test_each_kind_of_change_is_a_sentence() -> None:
    before = {"same": (1, 1), "larger": (1, 1), "later": (1, 1), "gone": (1, 1)}
    after = {"same": (1, 1), "larger": (2, 1), "later": (1, 2), "b": (1, 1), "a": (1, 1)}
    assert changes_of(before, after) == [
        "It wrote 2 files: a, b.",
        "It changed 2 files: larger, later.",
        "It deleted 1 file: gone.",
    ]
    assert changes_of(before, before) == []


def test_a_long_list_is_cut() -> None:
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed(["a", "b", "c", "d"]) == "a, b, c and 1 more"
