"""Stand-ins that can be used: NumPy for CuPy, files beside the student's, data sets."""

from importlib.util import find_spec
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


def test_numpy_stands_in_for_cupy(tmp_path: Path) -> None:
    if find_spec("cupy"):
        pytest.skip("CuPy is installed")
    source = (
        "import no_such_module_1\nimport cupy as cp\n"
        "def double(a):\n    return cp.asnumpy(cp.dot(a, 2.0 * cp.eye(len(a))))\n"
    )
    found = loaded(tmp_path, source)
    assert found.names["double"](np.ones(3)).tolist() == [2.0, 2.0, 2.0]


def test_a_file_beside_is_found_without_the_package_that_should_hold_it(tmp_path: Path) -> None:
    (tmp_path / "tools_of_mine.py").write_text("def seven():\n    return 7\n", encoding="utf-8")
    found = loaded(tmp_path, "from a_package.tools_of_mine import seven\n")
    assert found.names["seven"]() == 7


def test_data_of_libraries_have_the_usual_shapes(tmp_path: Path) -> None:
    if any(map(find_spec, ("keras", "sklearn"))):
        pytest.skip("the libraries themselves are installed")
    source = (
        "import no_such_module_2\n"
        "from keras.datasets import mnist\nfrom keras.utils import to_categorical\n"
        "from sklearn.datasets import make_moons\n"
        "(images, labels), _ = mnist.load_data()\n"
        "wanted = to_categorical(labels, 10)\n"
        "points, classes = make_moons(12, noise=0.1)\n"
    )
    names = loaded(tmp_path, source).names
    assert names["images"].shape[1:] == (28, 28)
    assert names["wanted"].shape == (len(names["labels"]), 10)
    assert (names["points"].shape, sorted(set(names["classes"]))) == ((12, 2), [0, 1])


def test_what_has_no_stand_in_cannot_be_used(tmp_path: Path) -> None:
    found = loaded(tmp_path, "import no_such_module_3 as it\ndef f():\n    return it.g()\n")
    with pytest.raises(ImportError, match=r"no_such_module_3\.g was used"):
        found.names["f"]()
