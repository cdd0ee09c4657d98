"""All entries of a check in a file."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.engines.batched import Batched
from gradcheck.verdicts import stretches
from gradcheck.verdicts.entries_file import entries_file, expect_entries_file
from gradcheck.verdicts.large_array import COLUMNS
from gradcheck.verdicts.report import Report
from nets.errors import BadInput
from tests.gradcheck.engines.test_by_pieces import problem


def written(path: Path) -> Report:
    """A check whose entries are written into a file."""
    with entries_file(path) as file:
        assert file is not None
        report = check_network(*problem([70, 12, 5]), finished=file.add)
        file.write(report)
    return report


def test_the_file_holds_each_column_of_each_array(tmp_path: Path) -> None:
    report = written(tmp_path / "entries.npz")
    with np.load(tmp_path / "entries.npz") as content:
        assert set(content) == {f"{a.name}.{column}" for a in report.arrays for column in COLUMNS}
        for array in report.arrays:
            for column in COLUMNS:
                assert np.array_equal(content[f"{array.name}.{column}"], getattr(array, column))
    assert [path.name for path in tmp_path.iterdir()] == ["entries.npz"]


def test_entries_that_the_report_leaves_out_are_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(tmp_path / "whole.npz")
    monkeypatch.setattr(Batched, "most_at_once", 300)
    monkeypatch.setattr(stretches, "SMALL", 50)
    monkeypatch.setattr(stretches, "MOST_HELD", 100)
    monkeypatch.setattr("gradcheck.verdicts.large_array.SAMPLE_KEPT", 10)
    monkeypatch.setattr("gradcheck.verdicts.large_array.WORST_KEPT", 10)
    report = written(tmp_path / "entries.npz")
    assert len(report.arrays[0].entries) < 200  # the control
    with np.load(tmp_path / "entries.npz") as content:
        name = whole.arrays[0].name
        assert np.array_equal(content[f"{name}.entries"], whole.arrays[0].entries)
        assert np.array_equal(content[f"{name}.backprop"], whole.arrays[0].backprop)
        counts = np.bincount(content[f"{name}.verdicts"], minlength=5)
    assert counts.tolist() == list(report.arrays[0].counts.values())


def test_without_a_path_there_is_no_file() -> None:
    with entries_file(None) as file:
        assert file is None


def test_a_check_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        raise BadInput("it fails")

    with pytest.raises(BadInput, match="it fails"), entries_file(tmp_path / "entries.npz"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_another_ending_is_refused() -> None:
    with pytest.raises(BadInput, match=r"entries\.csv does not end in \.npz"):
        expect_entries_file(Path("entries.csv"))


def test_a_full_disk_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(BadInput, match=r"cannot be written: No space left on device"):
        written(tmp_path / "entries.npz")
