"""``--cluster`` of verify and grade, with workers that need no process."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.cluster.remote import WorkersGone
from gradcheck.cluster.worker import Done, Lacking, Piece
from gradcheck.engines import by_pieces
from gradcheck.engines.batched import Batched
from gradcheck.homework.grading.grade_table import read_rows
from tests.conftest import Command
from tests.gradcheck.cluster.executors import FakeExecutor
from tests.gradcheck.commands.outcomes import expect_bad_input


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> FakeExecutor:
    """What every ``--cluster`` joins in these tests; its pieces are small."""
    executor = FakeExecutor(2)
    monkeypatch.setattr("gradcheck.cluster.join.joined", lambda _: nullcontext(executor))
    monkeypatch.setattr(by_pieces, "PIECE_NUMBERS", 2**17)
    return executor


def test_verify_finds_the_same_on_a_cluster(
    gradcheck_command: Command, workers: FakeExecutor
) -> None:
    asked = ("verify", "--sizes", "784,40,10", "--json")
    alone = json.loads(gradcheck_command(*asked).out)
    ended = gradcheck_command(*asked, "--cluster", "local:2")
    assert ended.code == 0
    found = json.loads(ended.out)
    del alone["seconds"], found["seconds"]
    assert found == alone
    assert workers.calls > 10  # the control


class Ending(FakeExecutor):
    """Its workers are gone while the second large array is measured."""

    def answer(self, number: int, piece: Piece, job: Any = None) -> Done | Lacking:
        if piece.what.which == 2:
            raise WorkersGone("no worker is left")
        return super().answer(number, piece, job)


def test_arrays_that_were_finished_are_shown_when_the_workers_are_gone(
    gradcheck_command: Command, workers: FakeExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = Ending(2)
    monkeypatch.setattr("gradcheck.cluster.join.joined", lambda _: nullcontext(ending))
    asked = ("verify", "--sizes", "784,40,300", "--cluster", "local:2")
    monkeypatch.setattr("gradcheck.engines.batched.CPU_BLOCK", 2**12)
    monkeypatch.setattr(Batched, "most_at_once", 2**14)  # the large arrays are not joined
    monkeypatch.setattr(by_pieces, "PIECE_NUMBERS", 2**15)
    ended = gradcheck_command(*asked)
    assert ended.code == 2
    assert ended.err.splitlines()[-1] == "gradcheck: no worker is left"  # after the progress
    assert "layer 1 weights" in ended.out
    assert "These arrays were finished; the others were not checked." in ended.out
    assert gradcheck_command(*asked, "--json").out == ""


def test_verify_writes_all_entries(gradcheck_command: Command, tmp_path: Path) -> None:
    file = tmp_path / "entries.npz"
    assert gradcheck_command("verify", "--sizes", "6,4,3", "--entries", file).code == 0
    with np.load(file) as content:
        assert content["layer 1 weights.backprop"].shape == (24,)
        assert content["layer 2 biases.verdicts"].tolist() == [0, 0, 0]


def test_entries_need_a_name_that_ends_in_npz(gradcheck_command: Command, tmp_path: Path) -> None:
    ended = gradcheck_command("verify", "--sizes", "6,3", "--entries", tmp_path / "entries.csv")
    expect_bad_input(ended, "entries.csv does not end in .npz")


def test_grade_finds_the_same_on_a_cluster(
    gradcheck_command: Command, submissions: Path, tmp_path: Path, workers: FakeExecutor
) -> None:
    tables = tmp_path / "alone.csv", tmp_path / "cluster.csv"
    alone = gradcheck_command("grade", submissions, "--csv", tables[0])
    ended = gradcheck_command("grade", submissions, "--csv", tables[1], "--cluster", "local:2")
    assert ended.code == alone.code
    rows = [
        {name: {**row.to_dict(), "seconds": 0} for name, row in read_rows(table).items()}
        for table in tables
    ]
    assert rows[0] == rows[1]
    assert workers.calls > 0
    # The table is as good as any: nothing is graded again, here or there.
    calls = workers.calls
    gradcheck_command("grade", submissions, "--csv", tables[1], "--cluster", "local:2")
    assert workers.calls == calls


@pytest.mark.parametrize("option", [("--jobs", "2"), ("--keep", "copies")])
def test_what_a_cluster_cannot_do(
    gradcheck_command: Command, submissions: Path, option: tuple[str, str]
) -> None:
    ended = gradcheck_command("grade", submissions, "--cluster", "local:2", *option)
    expect_bad_input(ended, f"{option[0]} cannot be given beside --cluster: ")


def test_a_student_s_file_is_not_for_a_cluster(
    gradcheck_command: Command, submissions: Path
) -> None:
    ended = gradcheck_command("verify", "--net", "homework.py", "--cluster", "local:2")
    expect_bad_input(ended, "--cluster cannot be used with --net")


@pytest.mark.parametrize("command", ["verify", "grade"])
def test_a_cluster_that_is_none(
    gradcheck_command: Command, submissions: Path, command: str
) -> None:
    folder = [submissions] if command == "grade" else []
    ended = gradcheck_command(command, *folder, "--cluster", "nowhere")
    expect_bad_input(ended, "--cluster 'nowhere' is no cluster; give local, local:2, tcp://")
