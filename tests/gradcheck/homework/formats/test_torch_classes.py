"""Classes of PyTorch: recognised without it, checked where it is installed."""

import importlib.util
import tomllib
from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("in_this_process")

CORPUS = ROOT / "tests" / "gradcheck" / "homework" / "corpus"
ENTRIES = {
    each["name"]: each
    for each in tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["submission"]
    if "needs torch" in each["note"]
}


def check(name: str, path: Path) -> SubmissionReport:
    entry = ENTRIES[name]
    sizes = tuple(map(int, entry["sizes"].split(","))) if entry["sizes"] else None
    arrays = [each.split("=") for each in entry.get("arrays", "").split(",") if each]
    shapes = {each: tuple(map(int, shape.split("x"))) for each, shape in arrays}
    return check_submission(Submission(path, entry["object"], sizes, shapes=shapes))


@pytest.mark.parametrize("name", ENTRIES)
def test_right_and_wrong_ones_are_told_apart(name: str, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    right = CORPUS / "right" / ENTRIES[name]["file"]
    found = check(name, right)
    assert found.word == "agree", found.failure
    assert found.format == "a class of PyTorch"
    for number, wrong in enumerate(ENTRIES[name]["wrong"]):
        path = tmp_path / f"wrong_{number}.py"
        text = right.read_text("utf-8").replace(wrong["replace"], wrong["with"])
        path.write_text(text, "utf-8")
        found = check(name, path)
        assert found.report is not None
        where = {each.name for each in found.report.arrays if each.counts["disagree"]}
        assert where == set(wrong["where"])


def test_shapes_are_found_for_usual_names(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    found = check_submission(Submission(CORPUS / "right" / "torch_own_linear.py", "LinearFunction"))
    assert found.word == "agree", found.failure
    assert "x=4x5, weight=3x5, bias=3; --arrays gives others" in found.findings[0].text


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is installed")
@pytest.mark.parametrize(
    ("name", "base"), [("ScaledSoftsign", "autograd.Function"), ("MyMLP", "nn.Module")]
)
def test_one_line_says_that_torch_is_missing(name: str, base: str) -> None:
    file = "torch_custom_function.py" if "Scaled" in name else "torch_own_linear.py"
    found = check_submission(Submission(CORPUS / "right" / file, name))
    assert found.is_unread
    assert f"{name} derives from torch.{base}, so its check needs PyTorch" in found.failure
    assert "pip install torch" in found.failure


def test_a_gradient_of_another_shape_is_wrong_by_itself(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    text = (CORPUS / "right" / "torch_custom_function.py").read_text("utf-8")
    (tmp_path / "homework.py").write_text(text.replace(".sum(dim=0)", ".sum(dim=1)"))
    shapes = {"x": (4, 5), "a": (5,)}
    asked = Submission(tmp_path / "homework.py", "ScaledSoftsign", shapes=shapes, each_array=True)
    found = check_submission(asked)
    assert found.report is not None
    assert [each.counts["disagree"] for each in found.report.arrays] == [0, 5]
