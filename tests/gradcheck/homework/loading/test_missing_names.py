"""Names that nothing defines: the usual meaning is taken, and the report says so."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.homework.loading.load_module import load_module
from gradcheck.homework.loading.student_module import StudentModule
from tests.gradcheck.homework.students import caller

pytestmark = pytest.mark.usefixtures("in_this_process")


def loaded(tmp_path: Path, source: str) -> StudentModule:
    path = tmp_path / "homework.py"
    path.write_text(source, encoding="utf-8")
    return load_module(caller(path))


def test_np_without_an_import_is_numpy(tmp_path: Path) -> None:
    found = loaded(tmp_path, "def f():\n    return np.ones(2)\n")
    assert found.names["f"]().tolist() == [1.0, 1.0]
    assert "np is used and nowhere imported; it was taken for numpy." in found.findings[0].text
    assert loaded(tmp_path, "import numpy as np\nx = np.ones(2)\n").findings == ()


def test_functions_of_a_missing_module_have_their_usual_meaning(tmp_path: Path) -> None:
    (tmp_path / "my_layers.py").write_text(
        "from functions_nobody_has import *\ndef own(x):\n    return softmax(x)\n", encoding="utf-8"
    )
    found = loaded(tmp_path, "from my_layers import *\nfrom functions_nobody_has import *\n")
    assert found.names["own"](np.zeros((1, 4))).tolist() == [[0.25, 0.25, 0.25, 0.25]]
    assert any("Nothing defines softmax" in each.text for each in found.findings)


def test_own_functions_are_kept(tmp_path: Path) -> None:
    source = (
        "from nothing_here import *\ndef softmax(x):\n    return 5\n"
        "def f():\n    return softmax(1)\n"
    )
    found = loaded(tmp_path, source)
    assert found.names["f"]() == 5
    assert not any("Nothing defines" in each.text for each in found.findings)
