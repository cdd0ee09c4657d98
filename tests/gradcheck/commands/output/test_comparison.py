"""What ``gradcheck cost-compare`` shows: JSON, a CSV file and a figure."""

import csv
import json
from pathlib import Path

from tests.conftest import Command

QUICK = ("cost-compare", "--sizes", "4,3,2", "--budget", "0.2")


def test_json_keeps_its_contract(gradcheck_command: Command) -> None:
    arguments = (*QUICK, "--sizes", "5,2", "--batch-size", "1,3", "--json", "--threads", "1")
    told = json.loads(gradcheck_command(*arguments).out)
    assert told["schema_version"] == 1
    assert told["command"] == "cost-compare"
    assert told["threads"] == 1
    cases = [(row["sizes"], row["batch_size"]) for row in told["rows"]]
    assert cases == [([4, 3, 2], 1), ([4, 3, 2], 3), ([5, 2], 1), ([5, 2], 3)]
    for row in told["rows"]:
        assert row["device"] == "cpu"
        assert row["dtype"] == "float64"
        assert set(row["multiply_adds"]) >= {"forward", "backward"}
        assert set(row["forward_passes"]) >= {
            "backprop_predicted",
            "backprop_measured",
            "finite_differences",
        }
        assert set(row["seconds"]) == {
            "forward",
            "backprop",
            "book_loop_backprop",
            "finite_differences",
            "finite_differences_batched",
        }
        assert all(seconds > 0 for seconds in row["seconds"].values())
        assert row["finite_differences_estimated"] is False


def test_rows_as_comma_separated_values_and_as_a_figure(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    table, figure = tmp_path / "rows.csv", tmp_path / "costs.svg"
    ended = gradcheck_command(*QUICK, "--csv", str(table), "--plot", str(figure), "--json")
    assert ended.code == 0
    with table.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    (told,) = json.loads(ended.out)["rows"]
    assert row["sizes"] == "4-3-2"
    assert float(row["seconds.forward"]) == told["seconds"]["forward"]
    assert "This figure compares backprop with equation (46)" in figure.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [figure, table]
