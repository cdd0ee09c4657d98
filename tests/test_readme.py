"""What the README shows must run."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PYTHON_BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(PYTHON_BLOCKS) >= 2


def test_the_python_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "readme"}
    written = []
    for source in PYTHON_BLOCKS:
        exec(compile(source, "README.md", "exec"), names)
        written.append(" ".join(capsys.readouterr().out.split()))
    # The first one announces a mistake, which must be found where it was made.
    assert "DISAGREE 1 of 2 entries contradict equation (46), in offset." in written[0]
    assert "AGREE 67 of 67 entries agree" in written[1]
