"""The pages on the formats of homework: each example is written to files and checked as shown."""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

FOLDER = ROOT / "docs" / "formats"
FILES = re.compile(
    r"^```\{code-block\} python\n:caption: (?P<name>[\w.]+)\n(?P<code>.*?)^```$", re.M | re.S
)
COMMAND_AND_OUTPUT = re.compile(
    r"^```\n(?P<command>gradcheck .*?)\n```$(?:\n\n```text\n(?P<shown>.*?)^```$)?", re.M | re.S
)
# In the example of each page, a mistake: the file, the right text and the wrong one.
MISTAKES = {
    "book-class": ("network.py", "(a - y) * a * (1 - a)", "(a - y)"),
    "params-dict": ("two_layer.py", "2 * reg * W2", "reg * W2"),
    "dict-functions": ("deep.py", '* (1 - cache["A1"] ** 2)', '* (1 - cache["A1"])'),
    "layers": ("layers.py", "return grad @ self.W.T", "return 2 * grad @ self.W.T"),
    "function-pairs": ("affine.py", "dout.sum(axis=0)", "dout.mean(axis=0)"),
    "training-class": ("perceptron.py", "* hidden * (1 - hidden)", "* hidden"),
    "tape": ("engine.py", "(self.data > 0) * out.grad", "out.grad"),
    "scripts": ("script.py", "delta * (1 - a**2)", "delta * (1 - a)"),
    "adapter": ("reader.py", "back * (1 - after**2)", "back"),
}
PAGES = sorted(path.stem for path in FOLDER.glob("*.md"))


def text_of(page: str) -> str:
    return (FOLDER / f"{page}.md").read_text("utf-8")


def write_files(page: str, folder: Path) -> None:
    for found in FILES.finditer(text_of(page)):
        (folder / found["name"]).write_text(found["code"], "utf-8")
    if (folder / "vector.py").is_file():
        (folder / "class").mkdir()
        (folder / "class" / "one.py").write_text((folder / "vector.py").read_text("utf-8"), "utf-8")


def commands(page: str) -> list[tuple[list[str], list[str]]]:
    """The commands of a page, and the lines that it shows of what each prints."""
    return [
        (shlex.split(found["command"])[1:], (found["shown"] or "").splitlines())
        for found in COMMAND_AND_OUTPUT.finditer(text_of(page))
    ]


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_are_read_as_the_page_says(
    page: str, gradcheck_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(page, tmp_path)
    assert commands(page)
    for arguments, shown in commands(page):
        outcome = gradcheck_command(*arguments)
        assert outcome.code == 0, (outcome.out, outcome.err)
        for line in shown:
            assert " ".join(line.split()) in " ".join(outcome.out.split())


@pytest.mark.parametrize("page", PAGES)
def test_a_mistake_in_the_example_is_found(
    page: str, gradcheck_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(page, tmp_path)
    file, right, wrong = MISTAKES[page]
    code = (tmp_path / file).read_text("utf-8")
    assert right in code
    (tmp_path / file).write_text(code.replace(right, wrong), "utf-8")
    assert gradcheck_command(*commands(page)[0][0]).code == 1


def test_every_page_is_in_the_overview_and_has_a_mistake() -> None:
    overview = (ROOT / "docs" / "your-own-network.md").read_text("utf-8")
    for page in PAGES:
        assert f"(formats/{page}.md)" in overview
        assert f"\nformats/{page}\n" in overview
    assert set(PAGES) == set(MISTAKES)


def test_the_recipes_for_adapters_are_short() -> None:
    recipes = {
        found["name"]: [line for line in found["code"].splitlines() if line.strip()]
        for found in FILES.finditer(text_of("adapter"))
        if found["name"].endswith("adapter.py")
    }
    assert len(recipes) == 4
    for name, lines in recipes.items():
        assert len([line for line in lines if not line.startswith("import")]) < 10, name
