"""``gradcheck step-sweep`` as it is typed."""

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import Command

QUICK = ("step-sweep", "--sizes", "4,3,2")


def test_the_tables_and_the_reason_are_shown(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*QUICK, "--plain")
    assert ended.code == 0
    for words in ("4-3-2 network", "float64: error by step", "float32: error by step", "Why a V"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.out.isascii()


def test_json_keeps_its_contract(gradcheck_command: Command) -> None:
    arguments = (*QUICK, "--scheme", "central", "--scheme", "forward", "--sample", "2", "--json")
    ended = gradcheck_command(*arguments)
    told = json.loads(ended.out)
    assert ended.code == 0
    assert told["schema_version"] == 1
    assert told["command"] == "step-sweep"
    assert told["network"]["sizes"] == [4, 3, 2]
    assert told["reference"] == "complex"
    assert told["engine"] == "batched"
    assert told["sampled"] == 8
    assert [each["dtype"] for each in told["dtypes"]] == ["float64", "float32"]
    for each in told["dtypes"]:
        assert [curve["scheme"] for curve in each["curves"]] == ["forward", "central"]
        for curve in each["curves"]:
            least = min(curve["errors"])
            assert curve["best_error"] == least
            assert curve["epsilons"][curve["errors"].index(least)] == curve["best_epsilon"]


def test_rows_as_comma_separated_values_and_as_a_figure(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    table, figure = tmp_path / "rows.csv", tmp_path / "sweep.svg"
    ended = gradcheck_command(*QUICK, "--csv", table, "--plot", figure, "--json")
    assert ended.code == 0
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = [curve for each in json.loads(ended.out)["dtypes"] for curve in each["curves"]]
    assert len(rows) == sum(len(curve["epsilons"]) for curve in told)
    assert float(rows[0]["error"]) == told[0]["errors"][0]
    assert "Error of numerical gradients" in figure.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [table, figure]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--scheme", "backward"), "'backward'"),
        (("--scheme", "complex", "--activation", "relu"), "relu has a kink"),
        (("--sample", "0"), "--sample"),
        (("--sizes", "784"), "two or more layers"),
        (("--sizes", "1e9,1e9"), "GB"),
        (("--engine", "steam"), "'steam'"),
        (("--plot", "figure.jpg"), "figure.jpg"),
        (("--csv", "no/such/folder/rows.csv"), "cannot be written"),
    ],
)
def test_bad_input_is_answered_in_one_line_before_anything_is_measured(
    gradcheck_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    def never(*given: object, **options: object) -> None:
        raise AssertionError("something was measured")

    monkeypatch.setattr("gradcheck.sweep.measure._sweep_in", never)
    ended = gradcheck_command("step-sweep", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert message in ended.err
    assert ended.err.count("\n") == 1
