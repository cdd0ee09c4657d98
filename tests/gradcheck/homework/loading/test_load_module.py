"""A student's file: run as Python runs it, or read for its definitions, or told why not."""

import builtins
import json
import sys
from pathlib import Path

import pytest

from gradcheck.homework.loading.load_module import load_module
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import StudentError, Unread
from tests.gradcheck.homework.students import caller

pytestmark = pytest.mark.usefixtures("in_this_process")

NETWORK = "class Network:\n    pass\n"


def loaded(
    tmp_path: Path, content: str | bytes, name: str = "homework.py", seconds: float | None = None
) -> StudentModule:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_module(caller(path), seconds)


def test_a_file_for_python_2_has_its_lists_names_and_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import cPickle\nfrom itertools import izip\nprint 'a'\npairs = zip([1], [2])[0]\n"
    monkeypatch.delattr(builtins, "xrange", raising=False)
    found = loaded(tmp_path, f"{text}for i in xrange(3): pass\n")
    assert found.failure is None
    assert found.names["pairs"] == (1, 2)


def test_what_the_file_defines_is_told_from_what_it_imports(tmp_path: Path) -> None:
    found = loaded(tmp_path, f"from pathlib import Path\n{NETWORK}def f():\n    pass\n")
    assert list(found.classes) == ["Network"]
    assert list(found.functions) == ["f"]
    assert found.listed == "the class Network and the function f"
    assert (found.findings, found.failure) == ((), None)
    assert loaded(tmp_path, "x = 1\n").listed == "no class and no function"


def test_the_file_imports_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "helper_beside.py").write_text(NETWORK)
    assert "Network" in loaded(tmp_path, "from helper_beside import Network\n").names


def test_what_lies_beside_it_may_be_for_python_2(tmp_path: Path) -> None:
    (tmp_path / "old_helper_beside.py").write_text(f"{NETWORK}print 'loaded'\n")
    found = loaded(tmp_path, "from old_helper_beside import Network\n")
    assert (found.failure, "Network" in found.names) == (None, True)


def test_what_runs_only_as_a_program_does_not_run(tmp_path: Path) -> None:
    trains = f"{NETWORK}if __name__ == '__main__':\n    raise SystemExit\n"
    assert loaded(tmp_path, trains).failure is None


@pytest.mark.parametrize("marked", [True, False])
def test_a_file_in_a_package_imports_its_package(tmp_path: Path, marked: bool) -> None:
    package = tmp_path / f"course{marked}"
    (package / "nets").mkdir(parents=True)
    (package / "layers.py").write_text("def affine():\n    return 7\n")
    if marked:
        (package / "__init__.py").touch()
        (package / "nets" / "__init__.py").touch()
    source = (
        f"from ..layers import affine as one\nfrom course{marked}.layers import affine as two\n"
        f"{NETWORK}"
    )
    found = loaded(tmp_path, source, f"course{marked}/nets/homework.py")
    assert found.failure is None
    assert found.names["one"] is found.names["two"]


def test_files_of_a_package_that_import_the_file_find_the_same_classes(tmp_path: Path) -> None:
    package = tmp_path / "ownengine"
    package.mkdir()
    (package / "functions.py").write_text(
        "from ownengine import tensor\n\n\ndef made():\n    return tensor.Network()\n"
    )
    source = f"from ownengine.functions import made\n{NETWORK}"
    found = loaded(tmp_path, source, "ownengine/tensor.py")
    assert isinstance(found.names["made"](), found.classes["Network"])


def test_a_class_that_derives_from_what_is_missing_has_only_its_own_names(tmp_path: Path) -> None:
    source = (
        "import not_installed_at_all\n"
        "class Net(not_installed_at_all.Base):\n    def fit(self): ...\n"
    )
    kind = loaded(tmp_path, source).classes["Net"]
    assert hasattr(kind, "fit")
    assert not hasattr(kind, "backprop")


def test_what_lies_in_a_folder_above_is_found_as_scripts_expect(tmp_path: Path) -> None:
    (tmp_path / "common_things").mkdir()
    (tmp_path / "common_things" / "functions.py").write_text("def sigmoid():\n    return 1\n")
    source = "from common_things.functions import sigmoid\n"
    assert loaded(tmp_path, source, "chapter/homework.py").names["sigmoid"]() == 1


def test_a_file_that_fails_is_read_for_its_definitions(tmp_path: Path) -> None:
    source = (
        "import sys\nimport not_installed_anywhere as keras\n"
        "from not_installed_anywhere.layers import Dense\nimport numpy as np\n"
        f"{NETWORK}class Other(keras.Model):\n    pass\n"
        "SIZE = 3 * 4\nRATES = [0.1, 0.2]\nDATA = np.loadtxt('missing.csv')\n"
        "total = 0\nfor i in range(3):\n    total += 1\nprint(Dense())\n"
        "def f(a=SIZE):\n    return keras.fit(a)\n"
    )
    found = loaded(tmp_path, source)
    assert list(found.classes) == ["Network", "Other"]
    assert (found.names["SIZE"], found.names["RATES"]) == (12, [0.1, 0.2])
    assert found.names["total"] == 0
    assert "DATA" not in found.names
    assert found.failure is not None
    (finding,) = found.findings
    assert finding.kind == "oddity"
    assert "homework.py was read for its definitions only" in finding.text
    assert "No module named 'not_installed_anywhere'" in finding.text
    assert "Not installed here: not_installed_anywhere." in finding.text
    assert "the definitions in line 11" in finding.text
    with pytest.raises(ImportError, match=r"not_installed_anywhere\.fit was used"):
        found.names["f"]()
    assert "not_installed_anywhere" not in sys.modules


def test_a_file_that_trains_is_read_for_its_definitions(tmp_path: Path) -> None:
    trains = f"{NETWORK}step = 0\nwhile True:\n    step += 1\n"
    found = loaded(tmp_path, trains, seconds=0.2)
    assert list(found.classes) == ["Network"]
    assert "took longer than 0.2 seconds and was stopped" in found.findings[0].text
    assert loaded(tmp_path, NETWORK, seconds=3600.0).findings == ()  # the control


def test_a_notebook_is_read_cell_by_cell(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Homework"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "import numpy as np"]},
        {"cell_type": "code", "source": "!pip install numpy\nif True:\n    %time x = 1\n"},
        {"cell_type": "code", "source": ["%%bash\n", "rm -rf nothing"]},
        {"cell_type": "code", "source": ["print 'no end"]},
        {"cell_type": "code", "source": ["%%time\n", *NETWORK.splitlines(keepends=True)]},
    ]
    found = loaded(tmp_path, json.dumps({"cells": cells}), "homework.ipynb")
    assert list(found.classes) == ["Network"]
    assert "np" in found.names
    (finding,) = found.findings
    assert finding.text == "Of the notebook's cells with code, cell 4 cannot be read as Python 3."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "homework.py is empty"),
        ("a = 1\n\nclass Network\n", "homework.py, line 3 is not Python 3: expected ':'"),
        ("This is my homework.\n", "homework.py, line 1 is not Python 3: invalid syntax"),
    ],
)
def test_what_cannot_be_loaded(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(Unread) as error:
        loaded(tmp_path, content)
    assert error.value.line.startswith(words)


def test_the_wrong_line_is_kept_for_those_who_can_see_more(tmp_path: Path) -> None:
    with pytest.raises(Unread) as error:
        loaded(tmp_path, "class Network\n")
    assert error.value.traceback.splitlines()[:2] == [
        '  File "homework.py", line 1',
        "    class Network",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("raise ValueError('no')\n", "importing homework.py raised ValueError: no"),
        ("import sys\nsys.exit()\n", "importing homework.py ended the program with sys.exit(None)"),
    ],
)
def test_why_it_could_not_be_run_is_kept(tmp_path: Path, content: str, words: str) -> None:
    failure = loaded(tmp_path, content).failure
    assert failure is not None
    assert words in failure.line


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StudentError, match=r"gone\.py cannot be read: No such file"):
        load_module(caller(tmp_path / "gone.py"))


def test_a_package_that_imports_the_file_in_a_circle_is_begun_with(tmp_path: Path) -> None:
    package = tmp_path / "engine_in_circle"
    package.mkdir()
    (package / "__init__.py").write_text("from .engine import Tensor\n", encoding="utf-8")
    engine = (
        "import engine_in_circle\n\nclass Tensor:\n"
        "    def same(self):\n        return engine_in_circle.Tensor is Tensor\n"
    )
    found = loaded(tmp_path, engine, "engine_in_circle/engine.py")
    assert found.failure is None
    assert found.classes["Tensor"]().same()
