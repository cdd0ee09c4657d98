"""The lessons as notebooks: they run in every kernel, and their answers are folded.

The kernel of these tests does not find the program ``gradcheck``: the folder of this environment is
not on its PATH, as in VS Code. For the first seven lessons it cannot start a process either, as in
a browser.
"""

import importlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("jupytext")
v4: Any = importlib.import_module("nbformat.v4")

LESSONS = sorted((ROOT / "docs" / "lessons").glob("*.md"))
# A file that somebody else wrote runs in a process of its own.
NEEDS_PROCESSES = "8-homework"
NO_PROCESSES = """
import subprocess, sys
def refuse(*_, **__):
    raise OSError("no processes here")
subprocess.Popen.__init__ = refuse
sys.modules["psutil"] = None
"""
SECONDS = 900
# A line about work that takes longer than ten seconds, as it may on a busy machine.
PROGRESS = re.compile(r"^gradcheck: .+: [\d,]+ [\w ]+, \d+ %(, about .+ left)?\n", re.MULTILINE)


@pytest.fixture(scope="module")
def extension() -> Iterator[Any]:
    folder = str(ROOT / "docs" / "extensions")
    sys.path.insert(0, folder)
    yield importlib.import_module("lesson_notebooks")
    sys.path.remove(folder)


def kernel_environment() -> dict[str, str]:
    """The variables of this process, without the folders that have a program ``gradcheck``."""
    folders = os.environ["PATH"].split(os.pathsep)
    without = [each for each in folders if not list(Path(each).glob("gradcheck*"))]
    return {
        **os.environ,
        "PATH": os.pathsep.join(without),
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
    }


def run(notebook: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("JUPYTER_PATH", str(ROOT / "docs" / "jupyter"))
    client = nbclient.NotebookClient(
        notebook,
        timeout=SECONDS,
        startup_timeout=SECONDS,
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute(env=kernel_environment())


def printed(notebook: Any) -> str:
    outputs = [each for cell in notebook.cells for each in cell.get("outputs", [])]
    return "".join(each.get("text", "") for each in outputs)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_runs_in_a_kernel_that_does_not_find_the_program(
    lesson: Path, extension: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = extension.lesson_as_notebook(lesson)
    if lesson.stem != NEEDS_PROCESSES:
        notebook.cells.insert(0, v4.new_code_cell(NO_PROCESSES))
    done = run(notebook, tmp_path, monkeypatch)
    outputs = [each for cell in done.cells for each in cell.get("outputs", [])]
    assert outputs
    said = "".join(each["text"] for each in outputs if each.get("name") == "stderr")
    assert PROGRESS.sub("", said) == ""


def test_there_are_eight_lessons() -> None:
    assert len(LESSONS) == 8


def test_the_program_is_not_found_by_this_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = ["!gradcheck --version\nprint(_exit_code)", "%load_ext gradcheck.notebook"]
    cells += ["%gradcheck --version\nprint(_exit_code)"]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    first, _, last = run(notebook, tmp_path, monkeypatch).cells
    assert first.outputs[-1].text.split()[-1] != "0"
    assert last.outputs[-1].text.split()[-1] == "0"


def test_a_lesson_that_needs_processes_fails_without(
    extension: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = ROOT / "docs" / "lessons" / f"{NEEDS_PROCESSES}.md"
    notebook = extension.lesson_as_notebook(lesson)
    notebook.cells.insert(0, v4.new_code_cell(NO_PROCESSES))
    with pytest.raises(nbclient.exceptions.CellExecutionError):
        run(notebook, tmp_path, monkeypatch)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_nothing_needs_a_shell_and_answers_are_folded(lesson: Path, extension: Any) -> None:
    source = lesson.read_text("utf-8")
    notebook = extension.lesson_as_notebook(lesson)
    importlib.import_module("nbformat").validate(notebook)
    assert "!gradcheck" not in str(notebook)
    folds = [cell.source for cell in notebook.cells if cell.source.startswith("<details>")]
    assert len(folds) == source.count("<details>")
    for fold in folds:
        assert fold.endswith("</details>")
        assert (fold.count("<details>"), fold.count("```") % 2) == (1, 0)
    # No code of an answer is in a cell, where some programs would show it.
    answers = "".join(re.findall(r"<details>.*?</details>", source, re.S))
    in_answers = re.findall(r"```\{code-cell\}.*?\n(.*?)```", answers, re.S)
    cells = {cell.source.strip() for cell in notebook.cells if cell.cell_type == "code"}
    assert cells.isdisjoint(code.strip() for code in in_answers)


def test_a_lesson_says_how_to_open_it_and_its_first_cell_installs(extension: Any) -> None:
    notebook = extension.lesson_as_notebook(LESSONS[0])
    title, first = notebook.cells[:2]
    assert title.source.startswith("# 1. ")
    assert "jupyter lab 1-network.ipynb" in title.source
    assert extension.wheel_name() in title.source
    assert first.cell_type == "code"
    assert f"%pip install -q ./{extension.wheel_name()}" in first.source


def test_an_answer_shows_what_its_code_prints(extension: Any, tmp_path: Path) -> None:
    source = tmp_path / "lesson.md"
    source.write_text(
        LESSONS[0].read_text("utf-8").split("# 1.")[0]
        + "# Title\n\n<details>\n<summary>Answer</summary>\n\n"
        + "```{code-cell} ipython3\n1 + 1\n```\n\nThen:\n\n"
        + "```{code-cell} ipython3\nlines = !gradcheck bugs\n```\n\n</details>\n\nAfter.\n",
        encoding="utf-8",
    )
    executed = importlib.import_module("jupytext").read(source, fmt="md:myst")
    executed.cells[1].outputs = [v4.new_output("execute_result", {"text/plain": "2"})]
    executed.cells[3].outputs = [v4.new_output("display_data", {"image/png": "QUJD\n"})]
    title, _, answer, after = extension.lesson_as_notebook(source, executed).cells
    assert title.source.startswith("# Title\n\n*This lesson is a notebook")
    assert after.source == "After."
    assert "```python\n1 + 1\n```\n\nIt prints:\n\n```text\n2\n```\n\nThen:" in answer.source
    assert "lines = %gradcheck_lines bugs\n```" in answer.source
    assert "(data:image/png;base64,QUJD)" in answer.source


def test_pictures_travel_with_the_notebook(extension: Any, tmp_path: Path) -> None:
    (tmp_path / "net.svg").write_text("<svg/>", "utf-8")
    cell = v4.new_markdown_cell("![A net](net.svg) and ![afar](https://example.org/a.png)")
    cell = extension.with_pictures(cell, tmp_path)
    assert cell.source == "![A net](attachment:net.svg) and ![afar](https://example.org/a.png)"
    assert cell.attachments == {"net.svg": {"image/svg+xml": "PHN2Zy8+"}}


FIRST = pytest.mark.parametrize(
    ("platform", "asked"), [("linux", "./"), ("win32", "./"), ("emscripten", "emfs:./")]
)


@pytest.fixture
def shell() -> Iterator[Any]:
    interactive = importlib.import_module("IPython.core.interactiveshell")
    importlib.import_module("IPython.core.history").HistoryManager.enabled = False
    yield interactive.InteractiveShell.instance()
    interactive.InteractiveShell.clear_instance()


@FIRST
def test_the_first_cell_installs_what_is_missing(
    platform: str,
    asked: str,
    shell: Any,
    extension: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed: list[str] = []
    shell.register_magic_function(installed.append, magic_name="pip")
    first = extension.lesson_as_notebook(LESSONS[0]).cells[1].source
    monkeypatch.chdir(tmp_path)
    shell.run_cell(first).raise_error()
    assert installed == []  # gradcheck is there
    with monkeypatch.context() as patched:
        patched.setattr("importlib.util.find_spec", lambda _: None)
        patched.setattr(sys, "platform", platform)
        with pytest.raises(FileNotFoundError, match=r"Put gradcheck-.*whl into the folder"):
            shell.run_cell(first).raise_error()
        (tmp_path / extension.wheel_name()).touch()
        shell.run_cell(first).raise_error()
    assert installed == [f"install -q {asked}{extension.wheel_name()}"]


def test_pip_installs_the_wheel(extension: Any, tmp_path: Path) -> None:
    wheel = extension.write_wheel(ROOT, tmp_path)
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        metadata = next(name for name in names if name.endswith("METADATA"))
        needed = opened.read(metadata).decode()
    assert "nets/layers.py" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]
    assert re.search(r"Requires-Dist: psutil.*sys_platform != ['\"]emscripten", needed)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--target", tmp_path / "there", wheel], check=True, cwd=tmp_path)
    program = "import gradcheck.cli as cli; print(cli.__file__); cli.main(['--version'])"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "there")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path / "there") in ended.stdout
    again = extension.write_wheel(ROOT, tmp_path / "there")
    assert again.read_bytes() == wheel.read_bytes()
