"""Writing to standard output, to standard error, and to CSV files."""

import contextlib
import csv
import errno
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nets.errors import BadInput

if TYPE_CHECKING:
    from gradcheck.show.text import Part

__all__ = ["close_output", "notice", "show", "write_csv", "write_json", "write_out"]

# In every JSON of a command. It rises when a key changes its name or its meaning.
SCHEMA_VERSION = 1


def write_out(text: str) -> None:
    """Write to standard output; a reader that stops early (``| head``) is not an error.

    Raises:
        BadInput: it cannot be written, for another reason.

    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        close_output()
        # Windows calls a closed pipe an invalid argument.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise BadInput(f"standard output cannot be written: {error.strerror}") from error


def write_json(command: str, content: dict[str, Any], *, indent: int | None = 2) -> None:
    """Write what a command found as one JSON object; without an indent it is one line."""
    summary = {"schema_version": SCHEMA_VERSION, "command": command, **content}
    write_out(json.dumps(summary, indent=indent, allow_nan=False) + "\n")


def show(parts: Iterable["Part"], *, plain: bool) -> None:
    """Write tables and sentences to standard output; plain is without colours and lines."""
    from gradcheck.show.text import rendered

    write_out(rendered(parts, sys.stdout, plain=plain))


def notice(text: str) -> None:
    """Tell something that is no result, in one line on standard error."""
    click.echo(f"gradcheck: {text}", err=True)


def write_csv(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Write rows of the same columns, at least one, as comma-separated values.

    Raises:
        BadInput: the file cannot be written.

    """
    from gradcheck.show.files import write_whole

    def write(file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    write_whole(path, write)


def close_output() -> None:
    """Discard all further output, also what the interpreter itself writes at exit."""
    with contextlib.suppress(OSError):  # the output of a notebook is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
