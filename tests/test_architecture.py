"""Arrows run downwards only: nets knows nothing of checking, commands nothing of each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcheck.cli import COMMANDS
from tests.conftest import ROOT

NETS = sorted((ROOT / "nets").rglob("*.py"))
COMMAND_MODULES = {name.replace("-", "_") for name in COMMANDS}


def imported(source: str, package: str) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")
            base = ".".join(parents[: len(parents) - node.level + 1]) if node.level else ""
            home = ".".join(filter(None, (base, node.module)))
            yield home
            yield from (f"{home}.{alias.name}" for alias in node.names)


def of_gradcheck(names: Iterator[str]) -> set[str]:
    return {name for name in names if name.split(".")[0] == "gradcheck"}


def of_other_commands(names: Iterator[str], own: str) -> set[str]:
    others = {f"gradcheck.commands.{module}" for module in COMMAND_MODULES - {own}}
    return {name for name in names if ".".join(name.split(".")[:3]) in others}


@pytest.mark.parametrize("path", NETS, ids=lambda path: path.stem)
def test_nets_does_not_import_gradcheck(path: Path) -> None:
    assert not of_gradcheck(imported(path.read_text("utf-8"), "nets"))


@pytest.mark.parametrize("module", sorted(COMMAND_MODULES))
def test_no_command_imports_another(module: str) -> None:
    source = (ROOT / "gradcheck" / "commands" / f"{module}.py").read_text("utf-8")
    assert not of_other_commands(imported(source, "gradcheck.commands"), module)


@pytest.mark.parametrize("module", ["options/common", "output/streams", "runs/digits"])
def test_what_commands_share_imports_no_command(module: str) -> None:
    source = (ROOT / "gradcheck" / "commands" / f"{module}.py").read_text("utf-8")
    assert not of_other_commands(imported(source, "gradcheck.commands"), module)


@pytest.mark.parametrize(
    "source",
    [
        "import gradcheck",
        "import gradcheck.verdicts.verdict as v",
        "from gradcheck import check",
        "from gradcheck.check import check_network",
        "def f():\n    if True:\n        from gradcheck import check",
    ],
)
def test_the_walk_sees_an_import_of_gradcheck(source: str) -> None:
    assert of_gradcheck(imported(source, "nets"))


@pytest.mark.parametrize(
    "source",
    [
        "import gradcheck.commands.verify",
        "from gradcheck.commands import verify",
        "from gradcheck.commands.verify import verify",
        "from . import verify",
        "from .verify import verify",
        "from ..commands.verify import verify",
    ],
)
def test_the_walk_sees_an_import_of_a_command(source: str) -> None:
    assert of_other_commands(imported(source, "gradcheck.commands"), "another")
    assert not of_other_commands(imported(source, "gradcheck.commands"), "verify")
