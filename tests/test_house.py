"""Every source file with functions has its tests in its mirror.

The tests of ``gradcheck/engines/blocks.py`` are in ``tests/gradcheck/engines/test_blocks.py``. So
they are found without a search, and a file without tests is seen.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("gradcheck", "nets")
# Files with functions that need no mirror, each with the reason.
WITHOUT_MIRROR = {
    # The code of exercises: it is read as text, and never imported. ``test_manner.py`` runs it.
    "gradcheck/exercise/manners",
}


def mirror_of(source: Path) -> Path:
    """Where the tests of a source file belong; both paths are relative to the root."""
    name = "init" if source.stem == "__init__" else source.stem
    return Path("tests") / source.parent / f"test_{name}.py"


def has_functions(text: str) -> bool:
    """Whether a file computes or decides something; records and tables do not."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return any(isinstance(node, kinds) for node in ast.walk(ast.parse(text)))


def without_mirror(root: Path) -> Iterator[str]:
    """The source files below a folder that have functions, but no tests in their mirror."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            source = path.relative_to(root)
            is_known = {source.as_posix(), source.parent.as_posix()} & WITHOUT_MIRROR
            if is_known or (root / mirror_of(source)).is_file():
                continue
            if has_functions(path.read_text("utf-8")):
                yield source.as_posix()


def test_every_source_file_with_functions_has_its_mirror() -> None:
    assert list(without_mirror(ROOT)) == []


def test_what_needs_no_mirror_is_there() -> None:
    assert [name for name in WITHOUT_MIRROR if not (ROOT / name).exists()] == []


def test_a_file_without_its_mirror_is_found(tmp_path: Path) -> None:
    texts = {
        "gradcheck/engines/blocks.py": "def f(): ...\n",
        "gradcheck/engines/records.py": "SIZE = 3\n",
        "gradcheck/engines/methods.py": "class A:\n    async def f(self): ...\n",
        "gradcheck/exercise/manners/book.py": "def f(): ...\n",
        "nets/__init__.py": "def __dir__(): ...\n",
        "tests/gradcheck/engines/test_blocks.py": "",
        "tests/nets/test_layers.py": "",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(without_mirror(tmp_path)) == ["gradcheck/engines/methods.py", "nets/__init__.py"]
    (tmp_path / "tests/nets/test_init.py").touch()
    assert list(without_mirror(tmp_path)) == ["gradcheck/engines/methods.py"]
