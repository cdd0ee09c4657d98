"""``gradcheck exercise`` as it is typed."""

from pathlib import Path

import pytest

from gradcheck.exercise.manner import right_source
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, words_of


def test_an_exercise_is_written_checked_and_mended(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "homework.py"
    asked = ("--manner", "matrices", "--bug", "bias-averaged", "--seed", "7")
    written = gradcheck_command("exercise", *asked, "-o", file)
    assert (written.code, written.err) == (0, "")
    assert f"gradcheck verify --net {file} --hints 1 agrees" in written.out
    assert "bias-averaged" not in file.read_text("utf-8")
    wrong = gradcheck_command("verify", "--net", file, "--hints", "1")
    assert wrong.code == 1
    assert "Hint 1: " in wrong.out
    hinted = gradcheck_command("exercise", "--solution", file, "--hints", "1")
    assert "Hint 1: Read Network.backprop" in hinted.out
    solved = gradcheck_command("exercise", "--solution", file)
    assert "bias-averaged" in solved.out
    file.write_text(right_source("matrices"), "utf-8")
    assert gradcheck_command("verify", "--net", file).code == 0


def test_a_class_gets_a_folder_and_sealed_answers(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "exercises"
    written = gradcheck_command("exercise", "--class", "12", "--key", "abc", "-o", folder)
    assert written.code == 0
    assert "The key is abc" in written.out
    files = sorted(folder.glob("homework-*.py"))
    assert [each.name for each in files][::11] == ["homework-01.py", "homework-12.py"]
    assert len({each.read_text("utf-8") for each in files}) == 12
    sealed = folder / "answers.sealed"
    answers = words_of(gradcheck_command("exercise", "--solution", sealed, "--key", "abc"))
    assert answers.count("homework-") == 12
    expect_bad_input(gradcheck_command("exercise", "--solution", sealed), "is sealed")
    wrong_key = gradcheck_command("exercise", "--solution", sealed, "--key", "abd")
    expect_bad_input(wrong_key, "not sealed with the key 'abd'")
    expect_bad_input(gradcheck_command("exercise", "--solution", files[0]), "--key")
    assert gradcheck_command("exercise", "--solution", files[0], "--key", "abc").code == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "add -o homework.py"),
        (("-o", "x.py", "--manner", "layer"), "did you mean layers?"),
        (("--solution", "no-such-file.py"), "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused(
    gradcheck_command: Command, options: tuple[str, ...], words: str
) -> None:
    expect_bad_input(gradcheck_command("exercise", *options), words)


def test_somebody_s_work_is_not_written_over(gradcheck_command: Command, tmp_path: Path) -> None:
    file = tmp_path / "homework.py"
    file.write_text("my work\n")
    expect_bad_input(gradcheck_command("exercise", "-o", file), "exists already")
    assert file.read_text() == "my work\n"
