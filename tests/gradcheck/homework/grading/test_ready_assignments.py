"""The ready assignments in the docs: each grades homework of its kind, right and wrong."""

import json
import shutil
from pathlib import Path

import pytest

from gradcheck.homework.grading.assignment import read_assignment
from tests.conftest import ROOT, Command

QUICKLY = ("--json", "--jobs", "1")
ASSIGNMENTS = ROOT / "docs" / "assignments"
RIGHT = ROOT / "tests" / "gradcheck" / "homework" / "corpus" / "right"
# For each: the files that are put together, the name of the result, and its points.
HOMEWORK: dict[str, tuple[tuple[str, ...], str, int]] = {
    "book-network": (("nielsen_plain",), "homework.py", 10),
    "two-layer-net": (("two_layer_params",), "homework.py", 20),
    "layer-pairs": (("affine_relu_pairs", "losses_two", "batchnorm_pairs"), "layers.py", 10),
    "dict-functions": (("deep_columns",), "homework.py", 10),
}


def test_all_are_tested() -> None:
    assert {path.stem for path in ASSIGNMENTS.glob("*.toml")} == set(HOMEWORK)


@pytest.mark.parametrize("name", HOMEWORK)
def test_each_gives_all_points_to_right_homework(
    name: str, gradcheck_command: Command, tmp_path: Path, in_this_process: None
) -> None:
    sources, file, points = HOMEWORK[name]
    (tmp_path / "in" / "ann").mkdir(parents=True)
    text = "\n".join((RIGHT / f"{each}.py").read_text("utf-8") for each in sources)
    (tmp_path / "in" / "ann" / file).write_text(text, "utf-8")
    assignment = ASSIGNMENTS / f"{name}.toml"
    ended = gradcheck_command("grade", tmp_path / "in", "--assignment", assignment, *QUICKLY)
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    (row,) = told["submissions"]
    assert (row["verdict"], row["points"], told["points"]) == ("agree", points, points)


def test_a_missing_pair_costs_its_own_points_only(
    gradcheck_command: Command, tmp_path: Path, in_this_process: None
) -> None:
    (tmp_path / "in" / "ann").mkdir(parents=True)
    shutil.copy(RIGHT / "affine_relu_pairs.py", tmp_path / "in" / "ann" / "layers.py")
    assignment = ASSIGNMENTS / "layer-pairs.toml"
    ended = gradcheck_command("grade", tmp_path / "in", "--assignment", assignment, *QUICKLY)
    assert ended.code == 1
    (row,) = json.loads(ended.out)["submissions"]
    assert (row["verdict"], row["points"]) == ("failed", 3.0)
    # Of eight arrays that were asked for: three of affine and one of ReLU.
    assert row["arrays_right"] == 0.5
    assert "batchnorm_forward: layers.py has no class or function batchnorm_forward" in row["error"]


def test_each_can_be_read() -> None:
    for path in ASSIGNMENTS.glob("*.toml"):
        task = read_assignment(path).task
        assert task.points is not None
        assert task.title
