"""Names of older versions of Python and of NumPy: code that uses them runs, and is told so."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.homework.loading.load_module import load_module
from tests.gradcheck.homework.students import caller

pytestmark = pytest.mark.usefixtures("in_this_process")


def test_older_names_mean_what_they_meant(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(
        "import numpy as np\n"
        "numbers = [np.int(2.5) for each in xrange(3)]\n"
        "rows = np.reshape(np.arange(6), newshape=(2, 3))\n",
        encoding="utf-8",
    )
    found = load_module(caller(path))
    assert found.failure is None
    assert found.names["numbers"] == [2, 2, 2]
    assert found.names["rows"].shape == (2, 3)
    (finding,) = found.findings
    assert "Older names are used: np.int, xrange." in finding.text


def test_own_names_are_not_told_as_older_ones(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text("def xrange(n):\n    return [n]\nx = xrange(3)\n", encoding="utf-8")
    found = load_module(caller(path))
    assert (found.names["x"], found.findings) == ([3], ())


def test_todays_names_stay() -> None:
    assert np.reshape(np.arange(4), (2, 2)).shape == (2, 2)
    assert np.reshape(np.arange(4), (2, 2), order="F")[1, 0] == 1
    assert np.prod([2, 3]) == 6
