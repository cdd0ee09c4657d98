"""A comparison as text, in a notebook and as numbers."""

import json
from dataclasses import replace

from gradcheck.costs.comparison import CompareInterrupted, Comparison
from gradcheck.costs.cost_row import Case, Measured
from gradcheck.show.text import plain_text
from tests.gradcheck.costs.rows import row, spread


def test_it_prints_80_columns_wide_and_shows_in_a_notebook() -> None:
    rows = (row(), row(Case((784, 1258, 10), 1000)))
    comparison = Comparison(rows, 2, 26e9, "openblas 0.3.31 (Haswell)")
    text = str(comparison)
    assert text == plain_text(comparison.parts())
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()
    for words in ("47,940", "2.013", "23.9 s est.", "1,000,121", "scaled up", "2 threads"):
        assert words in text
    assert comparison._repr_html_().count("<table>") == 3


def test_marks_and_noise_are_mentioned_only_where_there_are_some() -> None:
    noisy = Measured(spread(20.0, 24.0, 31.0), estimated=True)
    text = str(Comparison((replace(row(), one_by_one=noisy),), 1, 1e9, "none"))
    assert "24 s est.?" in text
    assert "? or no ratio:" in text
    steady_text = str(Comparison((row(),), 1, 1e9, "none"))
    assert "?" not in steady_text
    assert "too noisy" not in steady_text


def test_the_numbers_are_those_of_the_rows() -> None:
    told = Comparison((row(), row()), 2, 26e9, "openblas").to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == {
        "threads": 2,
        "blas": "openblas",
        "product_rate": 26e9,
        "rows": [row().to_dict(), row().to_dict()],
    }


def test_an_interruption_holds_the_rows_that_were_finished() -> None:
    finished = Comparison((row(),), 1, 1e9, "none")
    interruption = CompareInterrupted(finished)
    assert isinstance(interruption, KeyboardInterrupt)
    assert interruption.comparison is finished
