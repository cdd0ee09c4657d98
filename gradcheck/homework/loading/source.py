"""The Python in a student's file: all of a script, or the cells with code of a notebook."""

import codecs
import io
import json
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.loading.python_2 import as_python_3, is_python_3
from gradcheck.homework.student_code import Unread

__all__ = ["Source", "read_source"]

WINDOWS = "cp1252"  # in Western Europe; it has all letters of latin-1
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# A line of a notebook for IPython and not for Python: a magic, a shell command, a question.
IPYTHON_LINE = re.compile(r"^\s*(%|!|\?|[\w.]+\?\s*$)")
# Cells that begin with these hold Python. Cells that begin with another %%, such as %%bash, do not.
PYTHON_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun")
OF_PYTHON_2 = (
    "is written for Python 2. It was read as Python 3, in which print is a function and 1 / 2 is "
    "0.5."
)


@dataclass(frozen=True)
class Source:
    """The Python in a file.

    Attributes:
        code: as ``compile`` takes it.
        text: the same, for tracebacks.
        findings: what was left out or changed.
        is_python_2: whether it was written for Python 2; ``code`` is Python 3 in any case.

    """

    code: bytes | str
    text: str
    findings: tuple[Finding, ...] = ()
    is_python_2: bool = False


def read_source(path: Path) -> Source:
    """Read a script or a notebook.

    Raises:
        Unread: it cannot be read, or is no text.

    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unread(f"{path.name} cannot be read: {error.strerror or error}") from error
    # Some editors begin a file in UTF-8 with a mark; Python takes it, JSON does not.
    plain = content.removeprefix(codecs.BOM_UTF8).strip()
    if not plain:
        raise Unread(f"{path.name} is empty; it should have a class or functions in it")
    if content.startswith(UTF_16_MARKS):
        raise Unread(f"{path.name} is UTF-16; save it as UTF-8")
    if plain.startswith(b"{") and b'"cells"' in plain:
        return _notebook(path, plain)
    return _script(path, content)


def _script(path: Path, content: bytes) -> Source:
    """A script in the encoding that it names, in UTF-8, or as older Windows editors save it.

    Raises:
        Unread: it is a picture or the like, or a text in another encoding.

    """
    if b"\0" in content:
        raise Unread(f"{path.name} is not text; give a Python file or a notebook")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:  # the first lines are not in UTF-8, or name no encoding
        encoding = "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = (
            f"{path.name}, line {line} is not {encoding.upper()} (byte 0x{content[error.start]:02x}"
        )
        other = _of_windows(content) if encoding.startswith("utf-8") else None
        if other is None:
            raise Unread(f"{what}); save the file as UTF-8") from error
        advice = f'Save it as UTF-8, or let it begin with the line "# coding: {WINDOWS}".'
        return Source(other, other, (oddity(f"{what}). It was read as {WINDOWS}. {advice}"),))
    today = as_python_3(text)
    if today is None:
        return Source(content, text)
    return Source(today, today, (oddity(f"{path.name} {OF_PYTHON_2}"),), is_python_2=True)


def _of_windows(content: bytes) -> str | None:
    """A text as older editors on Windows save it in Western Europe; None if it is no Python."""
    text = content.decode(WINDOWS, "replace").replace("\r\n", "\n")
    return text if is_python_3(text) else None


def _notebook(path: Path, content: bytes) -> Source:
    """The code of a notebook, cell by cell; cells that are no Python are left out.

    Raises:
        Unread: it is no notebook after all, or has no code in it.

    """
    try:
        cells = [cell for cell in json.loads(content)["cells"] if cell["cell_type"] == "code"]
        texts = [_python_of("".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise Unread(
            f"{path.name} looks like a notebook, but cannot be read as one; save it again, or as a "
            "Python file"
        ) from error
    today = [as_python_3(text) for text in texts]
    cells_read = [new or old for new, old in zip(today, texts, strict=True)]
    kept = [text for text in cells_read if is_python_3(text)]
    if not any(text.strip() for text in kept):
        raise Unread(f"{path.name} has no Python in its cells")
    others = [str(at) for at, text in enumerate(cells_read, start=1) if not is_python_3(text)]
    text = "\n\n".join(kept) + "\n"
    is_python_2 = any(today)
    changed = (oddity(f"{path.name} {OF_PYTHON_2}"),) if is_python_2 else ()
    return Source(text, text, (*changed, *_left_out(others)), is_python_2)


def _left_out(cells: list[str]) -> tuple[Finding, ...]:
    if not cells:
        return ()
    which = f"cell {cells[0]}" if len(cells) == 1 else f"cells {', '.join(cells)}"
    return (oddity(f"Of the notebook's cells with code, {which} cannot be read as Python 3."),)


def _python_of(cell: str) -> str:
    """A cell without the lines that are for IPython."""
    lines = cell.splitlines()
    first: Any = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and not first.startswith(PYTHON_CELLS):
        return ""
    return "\n".join(_kept(line) for line in lines)


def _kept(line: str) -> str:
    """The line; if it is one for IPython, a ``pass`` with the same indentation."""
    if not IPYTHON_LINE.match(line):
        return line
    return line[: len(line) - len(line.lstrip())] + "pass"
