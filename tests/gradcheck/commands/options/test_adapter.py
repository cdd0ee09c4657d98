"""The option --adapter: a file that says how somebody's code is read."""

from pathlib import Path

import pytest

from tests.conftest import Command

HOMEWORK = "def area(r):\n    return 3.0 * r**2\n"
ADAPTER = """
def build(module, sizes):
    return {
        "arrays": {"r": 2.0},
        "cost": lambda arrays: module.area(arrays["r"]),
        "gradients": lambda arrays: {"r": FACTOR * arrays["r"]},
    }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two submissions, a right adapter beside them, and a wrong one elsewhere."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("one.py", "two.py"):
        (folder / name).write_text(HOMEWORK, "utf-8")
    (folder / "adapter.py").write_text(ADAPTER.replace("FACTOR", "6.0"), "utf-8")
    (tmp_path / "wrong.py").write_text(ADAPTER.replace("FACTOR", "5.0"), "utf-8")
    return folder


def test_verify_reads_code_through_an_adapter(folder: Path, gradcheck_command: Command) -> None:
    net = ("--net", folder / "one.py")
    right = gradcheck_command("verify", *net, "--adapter", folder / "adapter.py")
    assert right.code == 0
    assert "examples of adapter.py" in right.out
    wrong = gradcheck_command("verify", *net, "--adapter", folder.parent / "wrong.py")
    assert wrong.code == 1


def test_grade_reads_all_submissions_and_not_the_adapter(
    folder: Path, gradcheck_command: Command
) -> None:
    graded = gradcheck_command("grade", folder, "--adapter", folder / "adapter.py")
    assert graded.code == 0
    assert "2 submissions: 2 agree" in graded.out


@pytest.mark.parametrize("command", ["verify", "grade"])
def test_an_adapter_that_does_not_exist_is_one_line(
    command: str, folder: Path, gradcheck_command: Command
) -> None:
    what = ("--net", folder / "one.py") if command == "verify" else (folder,)
    outcome = gradcheck_command(command, *what, "--adapter", folder / "nowhere.py")
    assert outcome.code == 2
    assert "nowhere.py does not exist; give a Python file, such as adapter.py" in outcome.err


def test_a_bad_adapter_is_one_line_on_standard_error(
    folder: Path, gradcheck_command: Command
) -> None:
    (folder.parent / "bad.py").write_text("def biuld(): ...", "utf-8")
    outcome = gradcheck_command(
        "verify", "--net", folder / "one.py", "--adapter", folder.parent / "bad.py"
    )
    assert outcome.code == 2
    assert outcome.out == ""
    assert "bad.py has no function build; its functions are: biuld" in outcome.err


def test_without_a_file_an_adapter_is_no_use(gradcheck_command: Command) -> None:
    outcome = gradcheck_command("verify", "--adapter", "adapter.py")
    assert outcome.code == 2
    assert "--adapter can only be used with --net" in outcome.err
