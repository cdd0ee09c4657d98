"""``gradcheck cost-compare`` as it is typed."""

import csv
import json
import sys
from pathlib import Path

import pytest

from gradcheck.costs.cost_row import Case, CostRow
from tests.conftest import Command
from tests.gradcheck.costs.rows import row as row_of

QUICK = ("cost-compare", "--sizes", "4,3,2", "--budget", "0.2")


def test_the_lecture_has_its_four_tables(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*QUICK, "--batch-size", "1,10", "--plain")
    assert ended.code == 0
    for words in ("On paper", "On the clock", "Equation (46)", "all of backprop", "1 thread"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.out.isascii()


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
    assert "Backprop against equation (46)" in figure.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [figure, table]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--budget", "0"), "budget of 0"),
        (("--budget", "-3"), "budget of -3"),
        (("--budget", "nan"), "budget of nan"),
        (("--batch-size", "1,,2"), "batch sizes such as"),
        (("--batch-size", "0"), "at least 1"),
        (("--batch-size", "ten"), "'ten' is not a whole number"),
        (("--sizes", "784"), "two or more layers, such as 784,30,10"),
        (("--sizes", "1e9,1e9"), "GB"),
        (("--threads", "0"), "--threads"),
        (("--plot", "figure.jpg"), "figure.jpg"),
        (("--plot", "no/such/folder/figure.png"), "cannot be written"),
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

    monkeypatch.setattr("gradcheck.costs.measure._measure", never)
    ended = gradcheck_command("cost-compare", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert message in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("finished", "form"), [(2, "--plain"), (2, "--json"), (0, "--plain"), (0, "--json")]
)
def test_interrupted_it_shows_the_rows_that_were_finished(
    gradcheck_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    finished: int,
    form: str,
) -> None:
    measured: list[Case] = []

    def measure(case: Case, *_: object) -> CostRow:
        if len(measured) == finished:
            raise KeyboardInterrupt
        measured.append(case)
        return row_of(case)

    monkeypatch.setattr("gradcheck.costs.measure._measure", measure)
    files = ("--csv", tmp_path / "rows.csv", "--plot", tmp_path / "costs.png")
    ended = gradcheck_command(*QUICK, "--batch-size", "1,10,100", form, *files)
    assert ended.code == 130
    assert ended.err.strip() == "gradcheck: interrupted"
    assert not list(tmp_path.iterdir())
    if form == "--json" or not finished:
        assert ended.out == ""
        return
    assert ended.out.count("4-3-2 ") >= 2 * finished
    text = " ".join(ended.out.split())
    assert "INTERRUPTED after 2 of 3 rows" in text
    assert "No file was written" in text


def test_more_threads_than_cores_is_a_warning(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*QUICK, "--threads", "999", "--json")
    assert ended.code == 0
    assert "999 threads" in ended.err
    json.loads(ended.out)


def test_a_gpu_that_is_not_there_is_told_in_one_line(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)  # as if it were not installed
    ended = gradcheck_command(*QUICK, "--device", "gpu")
    assert ended.code == 2
    assert ended.out == ""
    assert "needs CuPy" in ended.err
    assert "cuda13" in ended.err
    assert ended.err.count("\n") == 1
