"""Exercises are written to new files only, and explained."""

import json
from pathlib import Path
from typing import Any

import pytest

from gradcheck.commands.options.exercise import ExerciseOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.runs.exercises import ANSWERS, explain, write
from gradcheck.exercise.manner import MANNERS
from nets.errors import BadInput

KEY = "k3y"
PLAIN = OutputOptions(as_json=False, plain=True)
JSON = OutputOptions(as_json=True, plain=False)


def asked(
    file: Path | None = None,
    *,
    size: int | None = None,
    key: str | None = None,
    hints: int | None = None,
) -> ExerciseOptions:
    """One exercise of the book's class with a wrong sign, or a small class of exercises."""
    name = None if size else "sign-flipped"
    return ExerciseOptions(0, file, None, "book", name, size, key, None, hints)


def test_an_exercise_is_written_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "homework.py"
    assert write(asked(file), PLAIN) == 0
    assert capsys.readouterr().out == (
        f"Wrote {file}: {MANNERS['book'].says}, with one mistake. Mend it until gradcheck verify "
        f"--net {file} --hints 1 agrees. (Without --hints it names the likely mistake.)\n"
    )
    text = file.read_bytes()
    assert b"class Network" in text
    assert b"sign-flipped" not in text
    assert b"\r" not in text


def test_a_class_gets_different_files_and_sealed_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class"
    write(asked(folder, size=3, key=KEY), PLAIN)
    names = ["homework-1.py", "homework-2.py", "homework-3.py"]
    assert sorted(each.name for each in folder.iterdir()) == sorted([ANSWERS, *names])
    assert len({(folder / name).read_text("utf-8") for name in names}) == 3
    assert f"The key is {KEY}: keep it." in capsys.readouterr().out
    explain(folder / ANSWERS, asked(key=KEY), PLAIN)
    answers = capsys.readouterr().out
    assert all(f"{name}: book, " in answers for name in names)


def test_without_a_key_one_is_drawn_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(asked(tmp_path / "class", size=2), PLAIN)
    said = capsys.readouterr().out
    key = said.partition("The key is ")[2].partition(":")[0]
    assert len(key) == 8
    explain(tmp_path / "class" / ANSWERS, asked(key=key), PLAIN)
    assert "homework-1.py" in capsys.readouterr().out


@pytest.mark.parametrize("size", [None, 2])
def test_nothing_is_written_over(tmp_path: Path, size: int | None) -> None:
    (tmp_path / "homework.py").write_text("my work")
    with pytest.raises(BadInput, match="exists already, and may hold somebody's work"):
        write(asked(tmp_path / "homework.py", size=size), PLAIN)
    assert (tmp_path / "homework.py").read_text() == "my work"
    with pytest.raises(BadInput, match="cannot be"):
        write(asked(tmp_path / "no" / "such" / "homework.py", size=size), PLAIN)


def test_a_solution_names_the_mistake_and_hints_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "homework.py"
    write(asked(file), PLAIN)
    capsys.readouterr()
    explain(file, asked(), PLAIN)
    assert "sign-flipped" in capsys.readouterr().out
    explain(file, asked(hints=2), PLAIN)
    hints = capsys.readouterr().out
    assert "Hint 2: " in hints
    assert "Hint 3: " not in hints
    assert "sign-flipped" not in hints


def test_what_cannot_be_explained_is_refused(tmp_path: Path) -> None:
    write(asked(tmp_path / "class", size=2, key=KEY), PLAIN)
    (tmp_path / "other.py").write_text("a = 1\n")
    (tmp_path / "latin.py").write_bytes(b"caf\xe9")
    for name, key, words in (
        ("gone.py", None, "gone.py cannot be read: No such file"),
        ("latin.py", None, "latin.py is not text in UTF-8; give a file of gradcheck exercise"),
        ("other.py", None, "other.py"),
        (f"class/{ANSWERS}", None, "is sealed; give the --key that --class printed"),
        (f"class/{ANSWERS}", "other", "not sealed with the key 'other'"),
    ):
        with pytest.raises(BadInput) as error:
            explain(tmp_path / name, asked(key=key), PLAIN)
        assert words in str(error.value)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (record["schema_version"], record["command"]) == (1, "exercise")
    return record


def test_everything_is_told_as_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = tmp_path / "homework.py", tmp_path / "class"
    write(asked(file), JSON)
    written = told(capsys)
    assert written["files"] == [str(file)]
    assert "sign-flipped" not in json.dumps(written)
    explain(file, asked(), JSON)
    assert told(capsys)["solution"]["mistake"] == "sign-flipped"
    explain(file, asked(hints=2), JSON)
    assert len(told(capsys)["hints"]) == 2
    write(asked(folder, size=2, key=KEY), JSON)
    of_class = told(capsys)
    assert of_class["key"] == KEY
    assert [Path(each).name for each in of_class["files"]] == ["homework-1.py", "homework-2.py"]
    explain(Path(of_class["answers"]), asked(key=KEY), JSON)
    assert len(told(capsys)["answers"]) == 2


def test_a_mended_file_has_no_hints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "homework.py"
    write(asked(file), PLAIN)
    number = file.read_text("utf-8").splitlines()[0]
    file.write_text(f"{number}\nmended = True\n", "utf-8")
    capsys.readouterr()
    explain(file, asked(hints=2), PLAIN)
    assert "The lines with the mistake have changed." in capsys.readouterr().out
    explain(file, asked(hints=2), JSON)
    assert told(capsys)["hints"] == []
