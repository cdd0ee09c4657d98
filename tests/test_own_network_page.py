"""The page "Your own network": its example in five lines, its options, its columns."""

import re
from pathlib import Path

import pytest

from gradcheck.cli import cli
from gradcheck.homework.grading.grade_table import COLUMNS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "your-own-network.md").read_text("utf-8")
PYTHON_BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)


def run_all(blocks: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    names: dict[str, object] = {"__name__": "docs"}
    for source in blocks:
        exec(compile(source, "your-own-network.md", "exec"), names)
    return " ".join(capsys.readouterr().out.split())


def test_a_class_with_names_of_its_own_in_five_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(PYTHON_BLOCKS) == 3
    said = run_all(PYTHON_BLOCKS, capsys)
    assert "AGREE 83 of 83 entries agree" in said
    for name in ("mBiasesH", "mBiasesO", "mWeightsH", "mWeightsO"):
        assert name in said
    lines = [line for line in PYTHON_BLOCKS[1].splitlines() if line]
    own_lines = [line for line in lines if not line.startswith("import")]
    assert len(own_lines) == 5


def test_the_page_s_assertion_can_fail(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [block.replace("* hidden * (1 - hidden)", "* hidden") for block in PYTHON_BLOCKS]
    with pytest.raises(AssertionError, match="mWeightsH"):
        run_all(wrong, capsys)


def test_the_page_names_every_column_of_the_table_of_grades() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert tuple(rows) == COLUMNS


@pytest.mark.parametrize("command", ["verify", "grade"])
def test_every_option_on_the_page_exists(command: str) -> None:
    used = re.findall(rf"^gradcheck {command} (.*)$", PAGE, flags=re.MULTILINE)
    assert used
    with cli.make_context("gradcheck", [command]) as context:
        found = cli.get_command(context, command)
    assert found is not None
    known = {name for parameter in found.params for name in parameter.opts}
    for line in used:
        assert set(re.findall(r"--\w+", line)) <= known


def test_the_readme_links_to_the_page() -> None:
    assert Path(ROOT / "README.md").read_text("utf-8").count("docs/your-own-network.md") >= 1
