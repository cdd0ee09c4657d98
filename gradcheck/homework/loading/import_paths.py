"""Where a student's file finds what it imports: beside it, and in the packages that hold it."""

import ast
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ImportPaths", "import_paths"]

# Folders above the file in which packages are looked for: homework lies a few folders deep.
FOLDERS_ABOVE = 4


@dataclass(frozen=True)
class ImportPaths:
    """How a file's imports are to be resolved.

    Attributes:
        first: folders to be put at the beginning of Python's path, the file's own first.
        last: folders to be put at its end.
        package: the package that the file is in, such as ``cs231n.classifiers``; empty if none.

    """

    first: tuple[Path, ...]
    last: tuple[Path, ...] = ()
    package: str = ""


def import_paths(path: Path, tree: ast.Module, top: Path | None = None) -> ImportPaths:
    """Find out what a file's imports need.

    A file is in a package if there is an ``__init__.py`` beside it, or if it has relative
    imports. The root of the package is put on the path. Each folder above the file that holds
    something that the file imports is put there too, because many scripts add ``..`` to the path.
    It is put at the end, so that a folder called ``random`` hides no module of Python.

    Args:
        path: of the file, absolute.
        tree: what it holds.
        top: a folder that holds the file. Nothing is looked for above it, because the work of other
            students is there. None for no such folder.

    """
    levels, names = _imports(tree)
    first, last = [path.parent], []
    depth = max(_packages_above(path), levels)
    package = ""
    if depth:
        root = path.parents[min(depth, len(path.parents) - 1)]
        root = root if top is None or root.is_relative_to(top) else top
        package = ".".join(path.parent.relative_to(root).parts)
        first.append(root)
    above = [
        each
        for each in path.parents[: FOLDERS_ABOVE + 1]
        if top is None or each.is_relative_to(top)
    ]
    for name in sorted(names):
        for folder in above:
            if (folder / name).is_dir() or (folder / f"{name}.py").is_file():
                last.append(folder)
                break
    return ImportPaths(tuple(dict.fromkeys(first)), tuple(dict.fromkeys(last)), package)


def _packages_above(path: Path) -> int:
    """How many folders above a file are packages, one in the other.

    A folder whose name cannot be imported, such as ``my-homework``, is none.
    """
    count = 0
    for folder in path.parents:
        if not (folder / "__init__.py").is_file() or not folder.name.isidentifier():
            break
        count += 1
    return count


def _imports(tree: ast.Module) -> tuple[int, set[str]]:
    """The largest number of dots of a relative import, and the first names of the other imports."""
    levels, names = 0, set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            levels = max(levels, node.level)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return levels, names
