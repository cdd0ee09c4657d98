"""Isolation by bubblewrap: found where it is there, with a reason where it is not."""

import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.homework.process.isolation import (
    Isolation,
    IsolationState,
    find_isolation,
    isolation_hiding,
)
from nets.errors import BadInput

needs_isolation = pytest.mark.skipif(find_isolation().isolation is None, reason="needs bubblewrap")


@pytest.fixture(autouse=True)
def afresh() -> None:
    """What was found is kept; here it is looked for again."""
    find_isolation.cache_clear()


def test_without_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    state = find_isolation()
    assert state.isolation is None
    assert "bwrap is not installed" in state.reason
    find_isolation.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_program_that_does_not_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    state = find_isolation()
    assert state.isolation is None
    assert "No permissions to create namespace" in state.reason
    assert "\n" not in state.reason
    find_isolation.cache_clear()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_there_is_none(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert "for Linux only" in find_isolation().reason
    find_isolation.cache_clear()


def test_folders_are_hidden_where_code_can_be_isolated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find = "gradcheck.homework.process.isolation.find_isolation"
    with monkeypatch.context() as patched:
        patched.setattr(find, lambda: IsolationState(Isolation("bwrap")))
        assert isolation_hiding((tmp_path,), None) == Isolation("bwrap", hidden=(tmp_path,))
        assert isolation_hiding((tmp_path,), False) is None
        patched.setattr(find, lambda: IsolationState(None, "no bwrap"))
        assert isolation_hiding((tmp_path,), None) is None
        with pytest.raises(BadInput, match="--isolate is not possible there: no bwrap"):
            isolation_hiding((tmp_path,), True, where="there")


@needs_isolation
def test_only_the_own_folder_can_be_written_and_hidden_ones_are_empty(tmp_path: Path) -> None:
    root, shown = tmp_path / "root", tmp_path / "shown"
    for each in (root, shown):
        each.mkdir()
    (shown / "file").write_text("x")
    program = find_isolation().isolation
    assert program is not None
    script = f"touch {root}/own; cat {shown}/file; touch {shown}/new; touch /new; ls {sys.prefix}"
    hidden = Isolation(program.program, hidden=(Path(sys.prefix).resolve(),))
    ended = subprocess.run(
        [*hidden.command(root, [shown]), "/bin/sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == "x"
    assert ended.stderr.count("Read-only file system") == 2, ended.stderr
    assert [each.name for each in root.iterdir()] == ["own"]
    assert [each.name for each in shown.iterdir()] == ["file"]
