"""Calls of a student's code: every error becomes one line and the student's own frames."""

import inspect
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcheck.homework.student_text import LONGEST_LINE, MORE_MEMORY, one_line

__all__ = ["INSTALLED", "Caller", "StudentError", "Unread", "is_in", "required_arguments"]

FRAMES_SHOWN = 4  # of a traceback, the innermost
PACKAGE = Path(__file__).parents[1]
INSTALLED = "site-packages"  # the folder of installed packages in every environment


class StudentError(Exception):
    """A student's class cannot be checked.

    Attributes:
        line: what was found and how to mend it, in one line.
        traceback: the student's own frames, if its code raised something.

    """

    def __init__(self, line: str, traceback: str = "") -> None:
        """Keep the line and the traceback."""
        super().__init__(line)
        self.line, self.traceback = line, traceback


class Unread(StudentError):
    """Nothing in a student's file can be read: no format fits, or it is not clear what is meant."""


def is_in(path: Path, error: StudentError) -> bool:
    """Whether an error is one of the file itself, and not of another one that it imports."""
    if error.__cause__ is None:
        return True
    frames = [each.filename for each in traceback.extract_tb(error.__cause__.__traceback__)]
    own = [each for each in frames if each.startswith(str(path.parent))]
    return not own or Path(own[-1]) == path


@dataclass(frozen=True)
class Caller:
    """Guards every call of a student's code.

    Attributes:
        path: the student's file.
        announce: is given the name of each call before it is made. If the call never returns,
            that name is the last one announced.
        more_files: of the user, whose lines are shown in tracebacks too.
        top: the folder above which no imports are looked for; None for any.

    """

    path: Path
    announce: Callable[[str], None]
    more_files: tuple[Path, ...] = ()
    top: Path | None = None

    @contextmanager
    def calling(self, what: str, *, quietly: bool = False) -> Iterator[None]:
        """Put this around each call of the student's code.

        Args:
            what: what is called, such as ``backprop(x, y)``.
            quietly: whether to announce nothing: in a long run of the same calls, the first
                announcement is enough.

        Raises:
            StudentError: the code raised anything, SystemExit included.

        """
        if not quietly:
            self.announce(what)
        try:
            yield
        except StudentError:
            raise
        except MemoryError as error:
            line = f"{what} needed more memory than the limit allows{MORE_MEMORY}"
            raise StudentError(line, self._own_frames(error)) from error
        except SystemExit as error:
            line = f"{what} ended the program with sys.exit({error.code!r}); remove that call"
            raise StudentError(line, self._own_frames(error)) from error
        except BaseException as error:
            line = f"{what} raised {one_line(error)}"
            raise StudentError(line, self._own_frames(error)) from error

    def _own_frames(self, error: BaseException) -> str:
        """The traceback without the frames outside the student's folder, and without its path."""
        folder = str(self.path.parent)
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if self._is_own(Path(frame.filename))
        ]
        lines = []
        if (above := len(frames) - FRAMES_SHOWN) > 0:
            lines.append(f"  ... {above} call{'s' if above > 1 else ''} above\n")
        lines += traceback.format_list(frames[-FRAMES_SHOWN:])
        if isinstance(error, SyntaxError):
            lines += traceback.format_exception_only(error)[:-1]
        text = "".join(lines)
        for each in (folder, *(str(path.parent) for path in self.more_files)):
            text = text.replace(f'File "{each}', 'File "')
        text = text.replace('File "/', 'File "')
        return "\n".join(line[:LONGEST_LINE] for line in text.replace('"\\', '"').splitlines())

    def _is_own(self, file: Path) -> bool:
        """Whether a file is the user's: in the student's folder, and no installed package.

        The environment with all packages, this one included, often lies in that folder.
        """
        if file in self.more_files:
            return True
        if not file.is_relative_to(self.path.parent) or file.is_relative_to(PACKAGE):
            return False
        return INSTALLED not in file.relative_to(self.path.parent).parts


def required_arguments(function: Callable[..., Any]) -> list[str] | None:
    """The names of the arguments that every call must give; None if Python cannot tell.

    >>> required_arguments(lambda x, y, scale=1: x)
    ['x', 'y']
    """
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [
        each.name
        for each in parameters
        if each.default is each.empty and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]
