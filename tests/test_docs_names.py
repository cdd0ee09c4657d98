"""Every path, module and name that README and docs mention exists.

The pages say in which file something is. Files move, and a page that is not checked goes wrong.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import gradcheck
import nets
from tests.conftest import ROOT
from tests.test_docs import COMMENT, FENCED, PAGES

HOUSE = ROOT / "docs" / "house.md"
REFERENCE = ROOT / "docs" / "python.md"
PATH = re.compile(r"`((?:gradcheck|nets|tests|docs)/[\w./-]*)`")
DOTTED = re.compile(r"`((?:gradcheck|nets)(?:\.\w+)+)")
# A row of a table: a question, a file, and names that are defined in this file.
ROW = re.compile(r"^\| [^|]* \| `([\w./]+\.py)` \| (`[^|]*`) \|$", re.M)
DIRECTIVE = re.compile(r"^\.\. (currentmodule|autofunction|autoclass|py:data):: ([\w.]+)$", re.M)
IMPORT = re.compile(r"^from (?:gradcheck|nets)\b.*? import (?:\([^)]*\)|.*)$", re.M)


def missing_paths(text: str) -> list[str]:
    """The paths in a text that do not exist; a built site may be missing."""
    return [path for path in PATH.findall(COMMENT.sub("", text)) if not _is_there(path)]


def _is_there(path: str) -> bool:
    return (ROOT / path).exists() or path.startswith("docs/_build/")


def missing_definitions(text: str) -> list[str]:
    """The names that a table of a text places in a file in which they are not defined."""
    return [
        f"{path}: {name}"
        for path, names in ROW.findall(text)
        for name in re.findall(r"`(\w+)`", names)
        if not re.search(
            rf"^ *(?:def|class) {name}\b|^{name}\b.* = ", (ROOT / path).read_text("utf-8"), re.M
        )
    ]


def missing_names(text: str) -> list[str]:
    """The dotted names in a text, such as ``nets.train``, that cannot be imported."""
    return [name for name in DOTTED.findall(FENCED.sub("", text)) if not _resolves(name)]


def _resolves(dotted: str) -> bool:
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def imports_in_cells(text: str) -> Iterator[str]:
    """The dotted names that the code blocks of a text import from our two packages."""
    for block in FENCED.finditer(text):
        for statement in IMPORT.findall(block["body"]):
            (node,) = ast.parse(statement).body
            assert isinstance(node, ast.ImportFrom)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def missing_entries(text: str) -> list[str]:
    """The entries of a reference that its ``currentmodule`` does not have."""
    missing, module = [], ""
    for directive, name in DIRECTIVE.findall(text):
        if directive == "currentmodule":
            module = name
        elif not _resolves(f"{module}.{name}"):
            missing.append(f"{module}.{name}")
    return missing


def hidden_names(package: ModuleType) -> list[str]:
    """The public names of a package that are modules once all its modules are imported.

    An imported module becomes an attribute of its package. There it may take the place of a
    function with the same name.
    """
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
    return [name for name in package.__all__ if inspect.ismodule(getattr(package, name))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_path_and_name_on_a_page_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    assert missing_paths(text) == []
    assert missing_definitions(text) == []
    assert missing_names(text) == []
    assert [name for name in imports_in_cells(text) if not _resolves(name)] == []


def test_every_entry_of_the_reference_exists() -> None:
    assert missing_entries(REFERENCE.read_text("utf-8")) == []


def test_no_module_hides_a_public_name() -> None:
    assert hidden_names(gradcheck) == []
    assert hidden_names(nets) == []


def test_the_map_names_every_room() -> None:
    named = set(PATH.findall(HOUSE.read_text("utf-8")))
    rooms = {
        f"{init.parent.relative_to(ROOT).as_posix()}/"
        for package in ("gradcheck", "nets")
        for init in (ROOT / package).glob("*/__init__.py")
    }
    assert rooms
    assert rooms <= named
    assert "gradcheck/check.py" in named
    assert len(ROW.findall(HOUSE.read_text("utf-8"))) >= 20


def test_the_index_and_the_readme_lead_to_the_map() -> None:
    assert "\nhouse\n" in (ROOT / "docs" / "index.md").read_text("utf-8")
    assert "(docs/house.md)" in (ROOT / "README.md").read_text("utf-8")


def test_the_constants_on_the_page_of_numerics_are_those_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    display = ModuleType("IPython.display")
    monkeypatch.setattr(display, "Markdown", str, raising=False)
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    names: dict[str, object] = {}
    text = (ROOT / "docs" / "numerics.md").read_text("utf-8")
    cells = [found for found in FENCED.finditer(text) if "code-cell" in found["kind"]]
    assert len(cells) >= 5
    for cell in cells:
        source = cell["body"].removeprefix(":tags: [remove-input]\n")
        exec(compile(source, "numerics.md", "exec"), names)


# Negative controls


def test_a_path_that_does_not_exist_is_noticed() -> None:
    text = "See `gradcheck/check.py`, `gradcheck/engines/` and `gradcheck/engines/nothing.py`."
    assert missing_paths(text) == ["gradcheck/engines/nothing.py"]


def test_a_name_in_the_wrong_file_is_noticed() -> None:
    rows = (
        "| the bugs | `gradcheck/bugs/zoo.py` | `BUGS`, `NOTHING` |\n"
        "| a check | `gradcheck/check.py` | `check_network`, `judge` |\n"
    )
    assert missing_definitions(rows) == [
        "gradcheck/bugs/zoo.py: NOTHING",
        "gradcheck/check.py: judge",
    ]


def test_a_dotted_name_that_does_not_exist_is_noticed() -> None:
    text = "`nets.train`, `gradcheck.engines.nothing`, `gradcheck.nothing(x)`, `nets.Network.add`"
    assert missing_names(text) == [
        "gradcheck.engines.nothing",
        "gradcheck.nothing",
        "nets.Network.add",
    ]


def test_an_import_in_a_cell_is_seen() -> None:
    text = "```{code-cell} ipython3\n!ls\nfrom nets import (\n    train,\n    nothing,\n)\n```\n"
    found = list(imports_in_cells(text))
    assert found == ["nets.train", "nets.nothing"]
    assert [name for name in found if not _resolves(name)] == ["nets.nothing"]


def test_an_entry_of_the_reference_in_the_wrong_module_is_noticed() -> None:
    text = ".. currentmodule:: nets\n\n.. autoclass:: Network\n\n.. autofunction:: check_network\n"
    assert missing_entries(text) == ["nets.check_network"]


def test_a_hidden_name_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nets, "train", importlib.import_module("nets.training"), raising=False)
    assert hidden_names(nets) == ["train"]
