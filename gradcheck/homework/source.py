"""A student's file: run as Python runs it, and what goes wrong in it told by its own lines."""

import inspect
import linecache
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["Caller", "StudentError", "load_class", "one_line", "printable"]

FRAMES_SHOWN = 4
LONGEST_LINE = 200


class StudentError(Exception):
    """A student's class cannot be worked with; ``traceback`` holds the student's own frames."""

    def __init__(self, line: str, traceback: str = "") -> None:
        """Say in one line what was found and what is wanted."""
        super().__init__(line)
        self.line, self.traceback = line, traceback


@dataclass(frozen=True)
class Caller:
    """Calls a student's code: says beforehand what is called, and turns what it raises around.

    Attributes:
        path: the student's file.
        tell: called with what is about to be done, in case it never comes back.

    """

    path: Path
    tell: Callable[[str], None]

    @contextmanager
    def calling(self, what: str, *, quietly: bool = False) -> Iterator[None]:
        """Around each call of the student's code.

        Args:
            what: is called, such as ``backprop(x, y)``.
            quietly: where it has been told before, as within a long run of the same calls.

        Raises:
            StudentError: whatever it raised, sys.exit included.

        """
        if not quietly:
            self.tell(what)
        try:
            yield
        except StudentError:
            raise
        except MemoryError as error:
            raise StudentError(
                f"{what} wanted more memory than it may have; --memory allows more",
                self._own_frames(error),
            ) from error
        except SystemExit as error:
            raise StudentError(
                f"{what} ended the program with sys.exit({error.code!r}); let it return or raise",
                self._own_frames(error),
            ) from error
        except BaseException as error:
            raise StudentError(
                f"{what} raised {one_line(error)}", self._own_frames(error)
            ) from error

    def _own_frames(self, error: BaseException) -> str:
        """The traceback, cut to what stands in the student's folder."""
        folder = str(self.path.parent)
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith(folder)
        ]
        lines = []
        if len(frames) > FRAMES_SHOWN:
            lines.append(f"  ... {len(frames) - FRAMES_SHOWN} calls above\n")
        lines += traceback.format_list(frames[-FRAMES_SHOWN:])
        if isinstance(error, SyntaxError):
            lines += traceback.format_exception_only(error)[:-1]
        text = "".join(lines).replace(folder, "").replace('File "/', 'File "')
        return "\n".join(line[:LONGEST_LINE] for line in text.replace('"\\', '"').splitlines())


def one_line(error: BaseException) -> str:
    """The kind of an error and what it says, in one line."""
    try:
        said = " ".join(str(error).split())
    except Exception:  # a student's own class of errors
        said = ""
    text = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 3] + "..."


def printable(text: str) -> str:
    """A text that a student's code had a hand in, without what a terminal would obey.

    >>> printable("\x1b[31mred")
    '?[31mred'
    """
    return "".join(each if each.isprintable() or each == "\n" else "?" for each in text)


def load_class(caller: Caller, name: str) -> Callable[..., Any]:
    """Run a file and take from it the class of this name.

    Raises:
        StudentError: it is no Python 3, raises, or has no such class.

    """
    path = caller.path
    module = _run(caller)
    found: Any = vars(module).get(name)
    if callable(found):
        built: Callable[..., Any] = found
        return built
    classes = [key for key, value in vars(module).items() if inspect.isclass(value)]
    if found is not None:
        raise StudentError(
            f"{name} in {path.name} is a {type(found).__name__}; wanted is a class that is built "
            "from the sizes"
        )
    near = get_close_matches(name, classes, n=1)
    there = f"the classes in it are {', '.join(classes[:6])}" if classes else "it has no class"
    hint = f"; did you mean {near[0]}?" if near else ""
    raise StudentError(f"{path.name} has no class {name}: {there}{hint}")


def _run(caller: Caller) -> ModuleType:
    path = caller.path
    try:
        source = path.read_bytes()
    except OSError as error:
        raise StudentError(f"{path.name} cannot be read: {error.strerror or error}") from error
    if not source.strip():
        raise StudentError(f"{path.name} is empty; wanted is a file with a class in it")
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise StudentError(f"{path.name} is UTF-16; save it as UTF-8")
    if source.lstrip().startswith(b"{") and b'"cells"' in source:
        raise StudentError(f"{path.name} is a notebook; save it as a Python file")
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        with caller.calling(f"reading {path.name} as Python 3"):
            raise error
    # A traceback shows the lines as they were run, even if the file is gone by then.
    text = source.decode("utf-8", "replace")
    linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))
    # Not __main__: what trains the network when the file itself is run stays asleep.
    module = ModuleType(f"submission_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(path.parent))
    sys.argv[:] = [str(path)]
    with caller.calling(f"importing {path.name}"):
        exec(code, vars(module))
    return module
