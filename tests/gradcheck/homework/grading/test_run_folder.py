"""The folder for the copies of one run."""

import os
import tempfile
from pathlib import Path

import pytest

from gradcheck.homework.grading.run_folder import PREFIX, run_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_folder_is_removed_in_the_end_even_after_an_error() -> None:
    seen: list[Path] = []

    def run() -> None:
        with run_folder(None) as folder:
            (folder / "copy.py").write_text("x = 1", encoding="utf-8")
            seen.append(folder)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        run()
    assert seen[0].name.startswith(f"{PREFIX}{os.getpid()}-")
    assert not seen[0].exists()


def test_a_folder_to_keep_is_made_and_stays(temporary: Path) -> None:
    kept = temporary / "copies" / "hw3"
    with run_folder(kept) as folder:
        assert folder == kept
    assert kept.is_dir()


def test_what_a_killed_run_left_is_removed_and_nothing_else(temporary: Path) -> None:
    # No process has this number: it is above the largest that Linux gives.
    left = temporary / f"{PREFIX}{2**30}-abc"
    alive = temporary / f"{PREFIX}{os.getpid()}-abc"
    other = temporary / f"{PREFIX}notes"
    for each in (left, alive, other):
        each.mkdir()
    with run_folder(None):
        assert not left.exists()
        assert alive.exists()
        assert other.exists()
