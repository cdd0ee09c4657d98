"""Assignment files: what they may hold, and errors that name the line and the key."""

import re
from pathlib import Path

import pytest

from gradcheck.homework.grading.assignment import new_assignment, read_assignment
from gradcheck.homework.grading.assignment_keys import EARNED, FORMATS, PART, REFERENCE, TOP
from gradcheck.homework.grading.task import Earned
from gradcheck.homework.reference import Reference
from nets.errors import BadInput
from tests.conftest import ROOT

WHOLE = """
title = "Three parts"
files = ["hw*.py"]
seconds = 12.5
memory = 200
hints = 1
isolate = false

[[part]]
name = "Network"
format = "book-class"
sizes = [4, 3, 2]
seeds = [3, 4]
points = 6
digits = 5
[part.earns]
arrays_right = 0.5
[part.reference]
hidden = "tanh"
cost = "fused-softmax-cross-entropy"

[[part]]
name = "affine_forward"
arrays = { x = [4, 5], b = [3] }
sample = 7
earns = { constant_factor = 0.25 }
"""


def read(folder: Path, text: str) -> None:
    path = folder / "hw3.toml"
    path.write_text(text, encoding="utf-8")
    read_assignment(path)


def test_everything_arrives(tmp_path: Path) -> None:
    (tmp_path / "hw3.toml").write_text(WHOLE)
    found = read_assignment(tmp_path / "hw3.toml")
    task = found.task
    assert found.isolate is False
    assert (task.title, task.files, task.hints, task.points) == ("Three parts", ("hw*.py",), 1, 6.0)
    network, affine = task.parts
    assert network.how.class_name == "Network"
    assert network.how.format == "a class like the book's"
    assert network.how.sizes == (4, 3, 2)
    assert network.how.limits.total_seconds == 12.5
    assert network.how.limits.memory == 200_000_000
    assert (network.seeds, network.digits) == ((3, 4), 5.0)
    assert network.earned == Earned(arrays_right=0.5)
    assert network.reference == Reference("tanh", "identity", "fused-softmax-cross-entropy")
    assert affine.how.shapes == {"x": (4, 5), "b": (3,)}
    assert (affine.sample, affine.points, affine.how.sizes) == (7, None, None)
    assert affine.earned == Earned(constant_factor=0.25)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("hints = 1", "hints = 4", "line 6: hints is 4; it should be 0, 1, 2 or 3"),
        ("memory = 200", "memroy = 200", "line 5: there is no key 'memroy' here; the keys are"),
        ("sizes = [4, 3, 2]", "sizes = [4]", "line 12: sizes is [4]; it should be the neurons"),
        ("sample = 7", "sample = 0", "line 25: sample is 0; it should be a whole number"),
        ("arrays_right = 0.5", "arrays_right = 5", "line 17: arrays_right is 5; it should be"),
        ("constant_factor = 0.25", "constant = 1", "line 26: there is no key 'constant' here"),
        ('hidden = "tanh"', 'hidden = "gelu"', "line 19: hidden is 'gelu'; it should be one of"),
        ('hidden = "tanh"', 'output = "tanh"', "line 19: output is 'tanh'; leave it out"),
        ('"affine_forward"', '"Network"', "line 23: name is 'Network', as on line 10; give each"),
        ("points = 6", "points = -1", "line 14: points is -1"),
        ("sample = 7", 'solution = "no.py"', "line 25: solution names no.py, which is not in"),
        ("points = 6", 'solution = "no.py"', "line 14: give either solution or reference, not"),
        ("points = 6", 'adapter = "no.py"', "line 14: adapter names no.py, which is not in"),
        ('format = "book-class"', 'format = "book"', "line 11: format is 'book'; it should be one"),
        ("seconds = 12.5", "seconds = ", "is no TOML: Invalid value (at line 4, column 11)"),
        ("x = [4, 5]", "x = [4, 0]", "line 24: arrays is"),
    ],
)
def test_errors_name_line_and_key(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    assert right in WHOLE
    with pytest.raises(BadInput, match=re.escape(words)) as error:
        read(tmp_path, WHOLE.replace(right, wrong))
    assert "\n" not in str(error.value)
    assert "hw3.toml" in str(error.value)


def test_no_part_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"hw3.toml has no part; add a table that begins with"):
        read(tmp_path, "seconds = 3\n")
    with pytest.raises(BadInput, match="cannot be read as an assignment"):
        read_assignment(tmp_path / "nowhere.toml")


def test_the_page_on_grading_names_every_key() -> None:
    page = (ROOT / "docs" / "grading.md").read_text("utf-8")
    for key in (*TOP, *PART, *EARNED, *REFERENCE):
        assert f"`{key.name}`" in page or f"`[[{key.name}]]`" in page, key.name
    for name in FORMATS:
        assert f"`{name}`" in page


def test_the_new_one_has_every_key_and_can_be_used_at_once(tmp_path: Path) -> None:
    text = new_assignment()
    for key in (*TOP, *PART, *EARNED, *REFERENCE):
        if key.name not in ("adapter", "part", "earns", "reference"):
            assert re.search(rf"^(# )?{key.name} = ", text, re.M), key.name
    (tmp_path / "new.toml").write_text(text, encoding="utf-8")
    (part,) = read_assignment(tmp_path / "new.toml").task.parts
    assert part.how.class_name == "Network"
    # The keys in comments can be used too.
    whole = re.sub(r"^# (?=[\w\[].* = |\[part)", "", text, flags=re.M)
    (tmp_path / "mnist_loader.py").write_text("")
    whole = whole.replace('solution = "solution.py"', "")
    (tmp_path / "new.toml").write_text(whole)
    assert read_assignment(tmp_path / "new.toml").task.parts[0].reference is not None
