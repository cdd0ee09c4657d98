"""``gradcheck grade --new-assignment``: write an assignment file to begin with."""

from pathlib import Path

from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import write_out
from gradcheck.homework.grading.assignment import new_assignment
from gradcheck.show.files import write_whole
from nets.errors import BadInput

__all__ = ["write_assignment"]


def write_assignment(path: Path) -> ExitCode:
    """Write a new assignment file.

    Raises:
        BadInput: there is such a file, or it cannot be written.

    """
    if path.exists():
        raise BadInput(f"{path} exists; give the name of a new file")
    text = new_assignment()
    write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))
    write_out(
        f"{path} is written. Change it, and then: gradcheck grade FOLDER --assignment {path}\n"
    )
    return ExitCode.OK
