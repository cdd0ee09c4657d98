"""Everything that the README and the docs show must run.

The cells of the lessons run when the site is built (docs/conf.py). The tests here run the other
Python blocks, and every command line ``gradcheck ...`` in blocks and in the text. A command that
takes long gets options that make it short. Of the programs in tests/benchmarks only the options
are parsed.
"""

import argparse
import importlib
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gradcheck.cli import COMMANDS
from gradcheck.homework.grading.assignment import new_assignment
from nets.network import Network
from nets.weights import save_network
from tests.conftest import ROOT, Command
from tests.idx import write_digits

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
# These have files and commands of their own: tests/test_format_pages.py runs them.
PAGES_WITH_FILES = ROOT / "docs" / "formats"
FENCED = re.compile(r"^(?P<fence>`{3,})(?P<kind>.*?)\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)
IN_TEXT = re.compile(r"`(gradcheck [^`]+)`")
COMMENT = re.compile(r"<!--.*?-->", re.S)
# Commands that take long, and the options that make them short.
SHORTER = {
    "cost-compare": ["--budget", "0.05", "--batch-size", "1"],
    "verify --sizes 784,1000,200,10": ["--sample", "20"],
    "verify --net": ["--sample", "20"],
    "step-sweep": ["--sample", "2"],
    "train": ["--epochs", "1", "--check-every", "1", "--batch-size", "5"],
}
# Names that a reader replaces, and data that would be downloaded.
PLACEHOLDERS = dict.fromkeys(
    ("FOLDER", "PATH", "path/to/mnist", "path/to/mnist.pkl.gz", "mnist"), "digits"
)
PLACEHOLDERS["NAME"] = "sign-flipped"
PLACEHOLDERS["student.py"] = "homework.py"
PLACEHOLDERS["exercise-1.py"] = "homework.py"
# Stands for any command.
ANY = "COMMAND"


def blocks(page: Path, kind: str) -> list[str]:
    return [
        found["body"]
        for found in FENCED.finditer(page.read_text("utf-8"))
        if found["kind"].strip() == kind
    ]


def command_lines(text: str) -> Iterator[str]:
    """The commands that a reader would type: in blocks without a language, and in the text."""
    text = COMMENT.sub("", text)
    for found in FENCED.finditer(text):
        if found["kind"].strip() in ("", "console", "bash", "sh"):
            for line in found["body"].splitlines():
                if command := re.search(r"(?:^|[\s/])(gradcheck [a-z-].*)$", line):
                    yield command[1]
    for found in IN_TEXT.finditer(FENCED.sub("", text)):
        yield " ".join(found[1].split())


def all_commands() -> list[str]:
    pages = [page for page in PAGES if page.parent != PAGES_WITH_FILES]
    lines = {line for page in pages for line in command_lines(page.read_text("utf-8"))}
    for name in COMMANDS:
        lines |= set(examples_of(name))
    return sorted({line.replace(ANY, name) for line in lines for name in COMMANDS})


def examples_of(name: str) -> Iterator[str]:
    """The command lines under "Examples" in a command's help."""
    module = importlib.import_module(f"gradcheck.commands.{name.replace('-', '_')}")
    command = getattr(module, name.replace("-", "_"))
    for line in (command.help or "").splitlines():
        if line.strip().startswith("gradcheck "):
            yield line.strip()


def test_there_is_something_to_run() -> None:
    assert len(blocks(ROOT / "docs" / "python.md", "python")) >= 2
    assert len(all_commands()) >= 8
    assert PROGRAMS


def test_command_lines_are_found_wherever_they_stand() -> None:
    text = (
        "In text `gradcheck verify\n--json`, not `gradcheck.check`, not `gradcheck`.\n"
        "| `gradcheck cost-compare` | in a table |\n"
        "```\n.venv/bin/pip install . && .venv/bin/gradcheck verify --plain\n```\n"
        "```{code-cell} ipython3\n!gradcheck in-a-cell\n```\n<!-- `gradcheck hidden` -->\n"
    )
    assert list(command_lines(text)) == [
        "gradcheck verify --plain",
        "gradcheck verify --json",
        "gradcheck cost-compare",
    ]


def prepare_exercise(command: Command, arguments: list[str]) -> None:
    """Write what a command on exercises reads, and remove the file that it writes."""
    homework = Path("homework.py")
    homework.unlink()
    if "homework.py" in arguments and "--solution" in arguments:
        assert command("exercise", "--seed", "7", "-o", "homework.py").code == 0
    if "exercises/answers.sealed" in arguments:
        assert command("exercise", "--class", "2", "-o", "exercises", "--key", "KEY").code == 0


@pytest.mark.parametrize("line", all_commands())
def test_a_command_line_runs(
    line: str, gradcheck_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    generator = np.random.default_rng(0)
    write_digits(tmp_path / "digits", images=generator.integers(0, 256, (200, 28, 28)))
    with (tmp_path / "net.npz").open("wb") as file:
        save_network(Network.create([784, 30, 10]), file)
    book = ROOT / "tests" / "gradcheck" / "homework" / "submissions" / "book.py"
    homework = book.read_text("utf-8")
    (tmp_path / "submissions").mkdir()
    for name in ("homework.py", "submissions/one.py", "submissions/another.py"):
        (tmp_path / name).write_text(homework, "utf-8")
    arguments = shlex.split(line)[1:]
    if "--new-assignment" not in arguments:
        (tmp_path / "hw3.toml").write_text(new_assignment(), "utf-8")
    arguments = [PLACEHOLDERS.get(argument, argument) for argument in arguments]
    if arguments[0] == "exercise" and "--help" not in arguments:
        prepare_exercise(gradcheck_command, arguments)
    if arguments == ["grade", "exercises"]:
        (tmp_path / "submissions").rename(tmp_path / "exercises")
    if "--help" not in arguments:
        for beginning, added in SHORTER.items():
            if " ".join(arguments).startswith(beginning):
                arguments += added
    outcome = gradcheck_command(*arguments)
    if "gpu" in arguments and outcome.code == 2:
        assert "GPU" in outcome.err or "CuPy" in outcome.err
        return
    if "--cluster" in arguments and outcome.code == 2:
        assert 'pip install "gradcheck[cluster]"' in outcome.err
        return
    disagrees = "--bug" in arguments and arguments[0] != "page"
    assert outcome.code == (1 if disagrees else 0), outcome.err
    assert outcome.out
    if "--plot" in arguments:
        assert (tmp_path / arguments[arguments.index("--plot") + 1]).stat().st_size > 1000


def test_the_readme_shows_what_its_main_command_prints(gradcheck_command: Command) -> None:
    """The same words in the same order.

    Numbers differ from one computer to the next, and a line may break before a time's unit.
    """
    text = (ROOT / "README.md").read_text("utf-8")
    (shown,) = blocks(ROOT / "README.md", "text")
    main = text[text.index("<!-- main -->") :]
    assert main.index("verify --sizes 784,30,10") < main.index(shown[:5])
    printed = gradcheck_command("verify", "--sizes", "784,30,10", "--plain").out

    def words(said: str) -> list[str]:
        in_a_line = " ".join(said.split())
        return re.sub(r"[\d,.]+(?:e-\d+)?( (?:s|ms|us|ns)\b)?", " ", in_a_line).split()

    assert words(shown) == words(printed)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_blocks_run_one_after_the_other(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": page.stem}
    written = []
    for source in blocks(page, "python"):
        exec(compile(source, page.name, "exec"), names)
        written.append(" ".join(capsys.readouterr().out.split()))
    if page.name == "python.md":
        # A comment in the first block announces a mistake. The check must find it there.
        assert "DISAGREE 1 of 2 entries contradict equation (46), in offset." in written[0]
        assert "AGREE 67 of 67 entries agree" in written[1]


@pytest.mark.parametrize("library", ["torch", "jax"])
def test_python_blocks_of_other_libraries_run_where_these_are_installed(library: str) -> None:
    page = ROOT / "docs" / "python.md"
    (source,) = blocks(page, f"python {library}")
    assert "gradcheck.assert_gradients(" in source
    xp = pytest.importorskip(library)
    try:
        exec(
            compile(source, page.name, "exec"), {"gradcheck": importlib.import_module("gradcheck")}
        )
    finally:
        if library == "jax":
            xp.config.update("jax_enable_x64", False)


PROGRAMS = sorted(
    {
        (module, " ".join(options.split()))
        for page in PAGES
        for module, options in re.findall(
            r"`python -m (tests\.benchmarks\.\w+)([^`]*)`", page.read_text("utf-8")
        )
    }
)


class UnderstoodError(Exception):
    """A program has understood its command line."""


@pytest.mark.parametrize(("module", "options"), PROGRAMS)
def test_a_program_of_the_benchmarks_understands_its_options(
    module: str, options: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, understand = importlib.import_module(module), argparse.ArgumentParser.parse_args

    def understand_and_stop(parser: argparse.ArgumentParser, given: object = None) -> None:
        understand(parser)
        raise UnderstoodError

    monkeypatch.setattr(sys, "argv", [module, *shlex.split(options)])
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", understand_and_stop)
    with pytest.raises(UnderstoodError):
        program.main()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_cells_fit_a_page(page: Path) -> None:
    for found in FENCED.finditer(page.read_text("utf-8")):
        if found["kind"].startswith("{code-cell}"):
            code = found["body"].rsplit("---\n", 1)[-1]
            assert [line for line in code.splitlines() if len(line) > 88] == []


def test_every_public_name_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "python.md").read_text("utf-8")
    for package in ("gradcheck", "nets"):
        for name in importlib.import_module(package).__all__:
            assert re.search(rf":: {name}$", reference, re.M), f"{package}.{name}"
