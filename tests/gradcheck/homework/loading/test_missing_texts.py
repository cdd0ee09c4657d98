"""A text in place of a file that was not handed in."""

from pathlib import Path

import pytest

from gradcheck.homework.loading.missing_texts import TEXT, opened


def test_a_text_that_is_missing_is_invented(tmp_path: Path) -> None:
    missing: list[str] = []
    open_or_invent = opened(missing)
    for mode in ("r", "rt"):
        with open_or_invent(tmp_path / "input.txt", mode) as file:
            assert file.read() == TEXT
    assert missing == [str(tmp_path / "input.txt")] * 2
    assert len(set(TEXT)) < 20  # few letters make a small network


def test_a_text_that_is_there_is_read(tmp_path: Path) -> None:
    (tmp_path / "input.txt").write_text("own")
    missing: list[str] = []
    with opened(missing)(tmp_path / "input.txt", encoding="utf-8") as file:
        assert file.read() == "own"
    assert missing == []


def test_data_that_are_missing_are_not_invented(tmp_path: Path) -> None:
    missing: list[str] = []
    with pytest.raises(FileNotFoundError):
        opened(missing)(tmp_path / "data.pkl", "rb")
    with pytest.raises(FileNotFoundError):
        opened(missing)(tmp_path / "no" / "out.txt", mode="w")
    assert missing == []
