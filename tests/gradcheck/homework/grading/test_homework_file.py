"""Which file of a submission is the homework."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from gradcheck.homework.grading.homework_file import counts, file_in, files_in, name_text


def folder_with(root: Path, *names: str) -> Path:
    folder = root / "ann"
    folder.mkdir()
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def names_in(folder: Path, *, deep: bool) -> list[str]:
    return [each.relative_to(folder).as_posix() for each in files_in(folder, deep=deep)]


def test_hidden_files_and_folders_of_libraries_are_passed_over(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path, "b.py", "a.txt", ".c.py", "__d__.py", "src/deep/e.py", "venv/lib/f.py"
    )
    assert names_in(folder, deep=False) == ["a.txt", "b.py"]
    assert names_in(folder, deep=True) == ["a.txt", "b.py", "src/deep/e.py"]


@pytest.mark.parametrize(
    ("names", "files", "found"),
    [
        (["net.py"], (), "net.py"),
        (["net.py", "homework.py"], (), "homework.py"),
        (["homework.ipynb", "homework.py"], (), "homework.py"),
        (["homework.ipynb", "more.py"], (), "homework.ipynb"),
        (["src/hw3.py", "hw2.py"], ["hw3.py"], "src/hw3.py"),
        (["old/hw3.py", "hw3.py"], ["hw3.py"], "hw3.py"),
        (["hw3.ipynb", "hw3.py"], ["hw*.py", "hw*.ipynb"], "hw3.py"),
        (["Homework.py", "more.py"], (), "Homework.py"),
        (["HW3.py", "more.py"], ["hw*.py"], "HW3.py"),
        (["hw3.py"], ["HW3.py"], "hw3.py"),
        (["HW3.py", "src/hw3.py"], ["hw3.py"], "src/hw3.py"),
    ],
)
def test_the_file_is_found(
    tmp_path: Path, names: Sequence[str], files: Sequence[str], found: str
) -> None:
    folder = folder_with(tmp_path, *names)
    assert file_in(folder, files) == (folder / found, "")


@pytest.mark.parametrize(
    ("names", "files", "problem"),
    [
        ([], (), "ann has no homework.py in it"),
        (["src/net.py"], (), "ann has no homework.py in it"),
        (["b.py", "a.py"], (), "ann has no homework.py in it, but a.py, b.py"),
        (
            [f"{n}.py" for n in range(6)],
            (),
            "ann has no homework.py in it, but 0.py, 1.py, 2.py, 3.py, 4.py, ...",
        ),
        (["homework.py"], ["hw3.py"], "ann has no hw3.py in it, but homework.py"),
        (
            ["hw3.py", "hw4.py"],
            ["hw3.py", "hw4.py"],
            "ann has no hw3.py or hw4.py in it, but hw3.py, hw4.py",
        ),
    ],
)
def test_no_file_and_too_many_are_told(
    tmp_path: Path, names: Sequence[str], files: Sequence[str], problem: str
) -> None:
    assert file_in(folder_with(tmp_path, *names), files) == (None, problem)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    path, problem = file_in(tmp_path / "ann")
    assert path is None
    assert problem.startswith("ann cannot be read: ")


def test_a_file_counts_by_its_name() -> None:
    assert [counts(Path(name), ()) for name in ("a.py", "a.PY", "a.ipynb", "a.txt")] == [
        *(True, True, True),
        False,
    ]
    assert counts(Path("hw3.txt"), ["hw*"])
    assert counts(Path("HW3.Py"), ["hw*.py"])
    assert not counts(Path("a.py"), ["hw*"])


def test_a_name_is_printed_in_one_line() -> None:
    assert name_text("a\nb\x1b[2J.py") == "a\\nb\\x1b[2J.py"
    assert name_text("M\u00e4\u03b4.py") == "M\u00e4\u03b4.py"
