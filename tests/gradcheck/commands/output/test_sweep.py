"""What ``gradcheck step-sweep`` shows: JSON, a CSV file and a figure."""

import csv
import json
from pathlib import Path

from tests.conftest import Command

QUICK = ("step-sweep", "--sizes", "4,3,2")


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
