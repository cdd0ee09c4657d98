"""A whole class's homework: each submission checked in a child process of its own, some at a time.

The rows are kept in a CSV file that is written anew, whole, whenever one more is finished; what
is in it already, and has not changed since, is not graded again.
"""

import csv
import hashlib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from gradcheck.homework.check_submission import Submission, check_submission
from gradcheck.homework.likely_cause import first_wrong
from gradcheck.homework.parameters import ODDITY
from gradcheck.homework.source import one_line, printable
from gradcheck.show.files import write_whole
from gradcheck.verdicts.array_report import ArrayReport
from nets.errors import BadInput

__all__ = [
    "COLUMNS",
    "Graded",
    "HandedIn",
    "Row",
    "find_submissions",
    "grade",
    "read_rows",
    "write_rows",
]

FILE = "homework.py"
POLL_SECONDS = 0.2
# A cell that begins so is a formula to a spreadsheet.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
# Where a comma is written in decimals, a semicolon is what divides cells.
AFTER_SEMICOLON = re.compile(r"(; ?)(?=[=+@-])")


@dataclass(frozen=True)
class HandedIn:
    """What was handed in: a name, and the file, or what is wrong with it."""

    name: str
    path: Path | None
    problem: str = ""


@dataclass(frozen=True)
class Row:
    """How one submission was graded.

    Attributes:
        submission: the file's name, or the folder's, as a cell of the table holds it.
        verdict: ``agree``, ``disagree``, ``undecided``, or ``failed`` (it could not be checked).
        arrays_right: the share of the parameter arrays with entries that agree and none that
            disagrees; None if it failed.
        first_wrong: the wrong array that backprop comes to first, counted from the cost.
        likely_cause: of a disagreement.
        seconds: from the start of its process to its end.
        error: why it could not be checked, in one line.
        remarks: what is odd about it, though its gradients may be right.
        hash: of the file and of how it was checked: a row with another one is out of date.

    """

    submission: str
    verdict: str
    arrays_right: float | None = None
    first_wrong: str = ""
    likely_cause: str = ""
    seconds: float = 0.0
    error: str = ""
    remarks: str = ""
    hash: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and strings; what is empty is null."""
        return {name: None if value == "" else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Graded:
    """A row, and whether it was kept from a former run."""

    row: Row
    kept: bool = field(default=False)


COLUMNS = tuple(column.name for column in fields(Row))


def find_submissions(folder: Path) -> tuple[list[HandedIn], list[str]]:
    """What lies in a folder, by name, and the names of what was passed over.

    Each Python file is a submission, and each folder, of which ``homework.py`` is taken.

    Raises:
        BadInput: there is no such folder, or nothing in it.

    """
    if not folder.is_dir():
        found = "is a file" if folder.exists() else "does not exist"
        raise BadInput(f"{folder} {found}; give the folder with the submissions")
    handed_in, passed_over = [], []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith((".", "__")):
            continue
        if path.is_dir():
            inside = path / FILE
            problem = "" if inside.is_file() else f"{path.name} has no {FILE} in it"
            handed_in.append(HandedIn(path.name, None if problem else inside, problem))
        elif path.suffix.lower() == ".py":
            problem = "" if path.is_file() else f"{path.name} leads nowhere"
            handed_in.append(HandedIn(path.name, None if problem else path, problem))
        else:
            passed_over.append(path.name)
    if not handed_in:
        raise BadInput(
            f"{folder} has no submission in it; wanted are Python files, or folders with a {FILE}"
        )
    return handed_in, passed_over


def grade(
    handed_in: Sequence[HandedIn],
    asked: Submission,
    *,
    jobs: int = 1,
    sample: int | None = None,
    finished: Mapping[str, Row] | None = None,
) -> Iterator[Graded]:
    """Grade submissions, a row each, as soon as it ends.

    Args:
        handed_in: as ``find_submissions`` found them.
        asked: how each is checked; its path is replaced by the submission's.
        jobs: how many at a time.
        sample: check at most this many entries of each array.
        finished: rows of a former run, by submission; those that are up to date are kept.

    """
    stop = threading.Event()
    asked = replace(asked, limits=replace(asked.limits, stop=stop))
    waiting = []
    for each in handed_in:
        digest = _hash(each, asked, sample)
        row = (finished or {}).get(_cell(each.name))
        if row is not None and row.hash == digest:
            yield Graded(row, kept=True)
        else:
            waiting.append((each, digest))
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        running: set[Future[Row]] = {
            pool.submit(_graded, each, digest, asked, sample) for each, digest in waiting
        }
        while running:
            # With a time limit, so that Ctrl-C comes through on every system.
            ended, running = wait(running, POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in ended:
                yield Graded(future.result())
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _graded(each: HandedIn, digest: str, asked: Submission, sample: int | None) -> Row:
    """One submission, checked in a child process; whatever it does is in the row."""
    if each.path is None:
        return Row(_cell(each.name), "failed", error=each.problem, hash=digest)
    try:
        found = check_submission(replace(asked, path=each.path), sample=sample)
    except Exception as error:
        # Whatever it is, it must not end the grading of all the others.
        line = f"gradcheck came to no end with it: {one_line(error)}"
        return Row(_cell(each.name), "failed", error=line, hash=digest)
    row = Row(
        _cell(each.name),
        found.word,
        seconds=round(found.seconds["check"], 3),
        error=found.failure,
        remarks=" ".join(each.text for each in found.findings if each.kind == ODDITY),
        hash=digest,
    )
    if found.report is None:
        return row
    arrays = found.report.arrays
    wrong = first_wrong(found.report)
    return replace(
        row,
        arrays_right=round(sum(map(_is_right, arrays)) / len(arrays), 4),
        first_wrong=wrong.name if wrong else "",
        likely_cause=": ".join(found.likely_cause or ()),
    )


def _is_right(array: ArrayReport) -> bool:
    return array.counts["agree"] > 0 and array.counts["disagree"] == 0


def _hash(each: HandedIn, asked: Submission, sample: int | None) -> str:
    """Of all that a row depends on: what was handed in, and how it is checked."""
    limits = asked.limits
    digest = hashlib.sha256(
        repr(
            (
                asked.class_name,
                asked.sizes,
                asked.cost,
                asked.seed,
                sample,
                limits.call_seconds,
                limits.total_seconds,
                limits.memory,
            )
        ).encode()
    )
    digest.update(asked.inputs.tobytes() + asked.targets.tobytes())
    # A folder's other files may be imported by its homework.
    is_folder = each.path is not None and each.path.name != each.name
    beside = sorted(each.path.parent.glob("*.py")) if each.path and is_folder else [each.path]
    for path in beside:
        digest.update(b"\0" + (path.name if path else each.problem).encode())
        try:
            digest.update(path.read_bytes() if path else b"")
        except OSError:
            continue  # which the check itself will say
    return digest.hexdigest()[:16]


def read_rows(path: Path) -> dict[str, Row]:
    """The rows of a former run, by submission; none if there is no such file.

    Raises:
        BadInput: the file is no table of grades.

    """
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise BadInput(
                    f"{path} is there already and is no table of grades: its columns are not "
                    f"{', '.join(COLUMNS)}; give another file"
                )
            return {cells["submission"]: _row(cells) for cells in reader}
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, TypeError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            f"{path} is there already and cannot be read as a table of grades ({error}); give "
            "another file"
        ) from error


def _row(cells: dict[str, str]) -> Row:
    share = cells["arrays_right"]
    return replace(
        Row(**{name: cells[name] for name in COLUMNS}),  # type: ignore[arg-type]
        arrays_right=float(share) if share else None,
        seconds=float(cells["seconds"]),
    )


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a table of grades, in the order of the names, whole or not at all.

    Raises:
        BadInput: it cannot be written.

    """

    def write(file: Path) -> None:
        # With the mark that tells spreadsheets that it is UTF-8.
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for row in sorted(rows, key=lambda row: row.submission):
                writer.writerow(
                    _cell(value) if isinstance(value, str) else ("" if value is None else value)
                    for value in asdict(row).values()
                )

    write_whole(path, write)


def _cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula.

    >>> _cell("=1+1"), _cell("book.py")
    ("'=1+1", 'book.py')
    """
    text = AFTER_SEMICOLON.sub(r"\1'", " ".join(printable(text).split()))
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text
