"""The commands as lines of a notebook, in a shell of IPython."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Command


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    history = pytest.importorskip("IPython.core.history")
    history.HistoryManager.enabled = False
    monkeypatch.setattr("gradcheck.commands.runs.verify_network.TIMING_SECONDS", 0.0)
    opened = interactive.InteractiveShell.instance()
    opened.extension_manager.load_extension("gradcheck.notebook")
    yield opened
    interactive.InteractiveShell.clear_instance()


def run(shell: Any, cell: str) -> None:
    """Run a cell; what it raises is raised here too."""
    shell.run_cell(cell).raise_error()


def test_a_command_prints_in_the_notebook(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(shell, "%gradcheck verify --sizes 5,4,3 --plain")
    assert "AGREE" in capsys.readouterr().out
    assert shell.user_ns["_exit_code"] == 0


def test_a_disagreement_ends_no_cell_and_is_an_exit_code(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shell, "%gradcheck verify --sizes 5,4,3 --bug sign-flipped\nafter = 1")
    assert "DISAGREE" in capsys.readouterr().out
    assert shell.user_ns["_exit_code"] == 1
    assert shell.user_ns["after"] == 1


def test_bad_input_is_one_line(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(shell, "%gradcheck verify --sizes 5")
    written = capsys.readouterr()
    assert written.out.startswith("gradcheck: ")
    assert len(written.out.splitlines()) == 1
    assert written.err == ""
    assert shell.user_ns["_exit_code"] == 2


def test_lines_are_those_that_the_program_prints(
    shell: Any, gradcheck_command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shell, "name = 'stale-activations'\nlines = %gradcheck_lines bugs {name} --plain")
    assert capsys.readouterr().out == ""
    assert (
        shell.user_ns["lines"]
        == gradcheck_command("bugs", "stale-activations", "--plain").out.splitlines()
    )


def test_lines_include_what_goes_to_standard_error(shell: Any) -> None:
    run(shell, "lines = %gradcheck_lines verify --sizes 5")
    assert len(shell.user_ns["lines"]) == 1
    assert shell.user_ns["lines"][0].startswith("gradcheck: ")


def test_an_error_of_the_system_is_one_line_too(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("gradcheck.cli.cli.invoke", fail)
    run(shell, "lines = %gradcheck_lines bugs")
    assert shell.user_ns["lines"] == ["gradcheck: the disk is full"]
    assert shell.user_ns["_exit_code"] == 2
