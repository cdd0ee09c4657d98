"""Standard output that cannot be written, JSON, notices, and CSV files."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.commands.output.streams import notice, write_csv, write_json
from nets.errors import BadInput
from tests.conftest import ROOT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is a thing of Linux")
@pytest.mark.parametrize("option", ["--plain", "--json", "--help"])
def test_a_full_disk_is_told_in_one_line(option: str) -> None:
    command = [sys.executable, "-m", "gradcheck.cli", "verify", "--sizes", "3,2", option]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT
        )
    assert ended.returncode == 2
    assert "No space left" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_reader_that_stops_early_changes_no_exit_code() -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as by `head` that has finished
    command = [sys.executable, "-m", "gradcheck.cli", "verify", "--sizes", "3,2"]
    wrong = [*command, "--bug", "sign-flipped"]
    try:
        ended = [
            subprocess.run(each, stdout=writing, stderr=subprocess.PIPE, check=False, cwd=ROOT)
            for each in (command, wrong)
        ]
    finally:
        os.close(writing)
    assert [each.returncode for each in ended] == [0, 1]
    assert [each.stderr for each in ended] == [b"", b""]


def test_json_names_its_version_and_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    write_json("bugs", {"bugs": []})
    text = capsys.readouterr().out
    assert json.loads(text) == {"schema_version": 1, "command": "bugs", "bugs": []}
    write_json("train", {"record": "epoch"}, indent=None)
    assert capsys.readouterr().out.count("\n") == 1


def test_json_holds_no_number_that_json_has_not() -> None:
    with pytest.raises(ValueError, match="nan"):
        write_json("verify", {"cost": float("nan")})


def test_a_notice_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    notice("999 threads")
    assert capsys.readouterr() == ("", "gradcheck: 999 threads\n")


def test_rows_as_comma_separated_values(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_csv([{"name": "a, b", "count": 1}, {"name": "c", "count": 2}], path)
    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["name", "count"], ["a, b", "1"], ["c", "2"]]


def test_a_csv_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"rows\.csv cannot be written"):
        write_csv([{"name": "a"}], tmp_path / "nowhere" / "rows.csv")
