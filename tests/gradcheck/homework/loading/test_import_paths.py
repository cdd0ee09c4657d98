"""Where the imports of a file are looked for."""

import ast
from pathlib import Path

import pytest

from gradcheck.homework.loading.import_paths import ImportPaths, import_paths


def found(root: Path, file: str, source: str, *others: str) -> ImportPaths:
    for name in (file, *others):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return import_paths(root / file, ast.parse(source))


def test_a_file_alone_finds_what_lies_beside_it(tmp_path: Path) -> None:
    assert found(tmp_path, "net.py", "import numpy\n") == ImportPaths((tmp_path,))


@pytest.mark.parametrize(
    ("source", "others"),
    [
        ("", ("course/__init__.py", "course/nets/__init__.py")),
        ("from ..layers import affine\n", ()),
    ],
)
def test_the_root_of_its_package_is_on_the_path(
    tmp_path: Path, source: str, others: tuple[str, ...]
) -> None:
    expected = ImportPaths((tmp_path / "course" / "nets", tmp_path), (), "course.nets")
    assert found(tmp_path, "course/nets/net.py", source, *others) == expected


def test_a_folder_that_cannot_be_imported_is_no_package(tmp_path: Path) -> None:
    others = ("my-homework/__init__.py", "my-homework/nets/__init__.py")
    paths = found(tmp_path, "my-homework/nets/net.py", "from . import layers\n", *others)
    root = tmp_path / "my-homework"
    assert paths == ImportPaths((root / "nets", root), (), "nets")


def test_folders_above_that_hold_what_is_imported_come_last(tmp_path: Path) -> None:
    source = "import common.layers\nfrom helper import f\nimport nowhere\n"
    others = ("common/layers.py", "a/helper.py")
    paths = found(tmp_path, "a/b/net.py", source, *others)
    assert paths.first == (tmp_path / "a" / "b",)
    assert paths.last == (tmp_path, tmp_path / "a")


def test_the_nearest_folder_counts_and_those_far_above_do_not(tmp_path: Path) -> None:
    paths = found(tmp_path, "a/b/net.py", "import helper\n", "helper.py", "a/helper.py")
    assert paths.last == (tmp_path / "a",)
    # The folder of the file, and four above it.
    for file, last in (("a/b/c/d/net.py", (tmp_path,)), ("a/b/c/d/e/net.py", ())):
        assert found(tmp_path, file, "import top\n", "top.py").last == last


def test_more_dots_than_folders_are_no_error() -> None:
    path = Path("/net.py").absolute()
    assert import_paths(path, ast.parse("from ...a import b\n")).first[0] == path.parent


def test_nothing_is_looked_for_above_the_top(tmp_path: Path) -> None:
    (tmp_path / "anna").mkdir()
    own = tmp_path / "ben" / "homework"
    own.mkdir(parents=True)
    tree = ast.parse("import anna\nfrom .. import helper")
    assert import_paths(own / "homework.py", tree).last == (tmp_path,)
    found = import_paths(own / "homework.py", tree, own)
    assert (found.first, found.last) == ((own,), ())
