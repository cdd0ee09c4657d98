"""A comparison that is interrupted, and one with too many threads."""

import json
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from gradcheck.costs.cost_row import Case, CostRow
from gradcheck.costs.measure import PRODUCT
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import Terminal, words_of
from tests.gradcheck.costs.rows import row as row_of

QUICK = ("cost-compare", "--sizes", "4,3,2", "--budget", "0.2")


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

    monkeypatch.setattr("gradcheck.costs.measure.measured_row", measure)
    files = ("--csv", tmp_path / "rows.csv", "--plot", tmp_path / "costs.png")
    ended = gradcheck_command(*QUICK, "--batch-size", "1,10,100", form, *files)
    assert ended.code == 130
    *rows, last = ended.err.splitlines()
    assert [row.partition(":")[0] for row in rows] == [
        f"row {number} of 3" for number in range(1, finished + 1)
    ]
    assert last == "gradcheck: interrupted"
    assert not list(tmp_path.iterdir())
    if form == "--json" or not finished:
        assert ended.out == ""
        return
    assert ended.out.count("4-3-2 ") >= 2 * finished
    text = words_of(ended)
    assert "INTERRUPTED after 2 of 3 rows" in text
    assert "No file was written" in text


def test_more_threads_than_cores_is_a_warning(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So many threads wait for each other in a large product.
    monkeypatch.setitem(PRODUCT, "cpu", 8)
    ended = gradcheck_command(*QUICK, "--threads", "999", "--json")
    assert ended.code == 0
    assert "999 threads" in ended.err
    json.loads(ended.out)


def test_a_terminal_is_told_which_row_is_measured(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("gradcheck.costs.measure.measured_row", lambda case, *_: row_of(case))
    with redirect_stderr(Terminal()) as terminal:
        assert gradcheck_command(*QUICK, "--batch-size", "1,10", "--json").code == 0
    for text in (
        "row 1 of 2, 4-3-2, about 1 s",
        "row 1 of 2: 4-3-2, batch 1: backprop 2.00 passes, (46) 11,930 times backprop; ",
        "row 2 of 2: 4-3-2, batch 10: ",
    ):
        assert text in terminal.getvalue()
