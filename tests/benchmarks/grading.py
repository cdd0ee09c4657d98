"""Grade a made-up class of 120: ``python -m tests.benchmarks.grading``.

The class hands in homework in all formats: right and wrong submissions of the corpus, and some that
mean harm or are no homework at all. It is graded once without interruption. Then it is graded again
into another table, killed in the middle, and continued. Both tables must be the same. At last it is
graded once more: everything comes from the hashes.
"""

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from gradcheck.homework.grading.run_folder import PREFIX
from gradcheck.homework.process.start_python import MARK
from tests.benchmarks.homework import ADAPTERS, CORPUS
from tests.conftest import ROOT
from tests.gradcheck.homework.hostile import before, in_backprop

__all__ = [
    "ASSIGNMENT",
    "FEW_HOSTILE",
    "Measured",
    "Run",
    "make_class",
    "marked_processes",
    "measure",
    "run_grade",
    "table_of",
]

CLASS = 120
MOST_SECONDS = 5.0  # for a class that has not changed
LEFT_SECONDS = 120.0  # after a kill; on a busy machine it takes a while until all have ended
ASSIGNMENT = """
title = "A made-up class"
seconds = 20
memory = 600
[[part]]
batch_size = 4
sample = 6
points = 10
earns = { arrays_right = 0.5, constant_factor = 0.8 }
"""
HOSTILE = {
    "daemons": before("import subprocess\nfor _ in range(5): subprocess.Popen(['sleep', '999'])"),
    "endless": in_backprop("while True: pass"),
    "exits": in_backprop("import os; os._exit(3)"),
    "hog": in_backprop("hog = [bytearray(50_000_000) for _ in range(20)]"),
    "prints": before("print('x' * 5_000_000)"),
    "deletes": before("import os; os.remove(__file__)"),
    "network": before(
        "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: pass"
    ),
    "kills its parent": before("import os; os.kill(os.getppid(), 9)"),
    "text": "This is my homework.\n",
    "empty": "",
}
FEW_HOSTILE = {name: HOSTILE[name] for name in ("daemons", "exits", "text")}


@dataclass(frozen=True)
class Run:
    """One run of ``gradcheck grade``.

    Attributes:
        seconds: that it took.
        rows: that it showed.
        kept: how many of them it took from the table.
        code: its exit code.
        process: its number.

    """

    seconds: float
    rows: list[str]
    kept: int
    code: int
    process: int


def make_class(folder: Path, count: int, first: Mapping[str, str] = HOSTILE) -> dict[str, str]:
    """Write submissions into a folder.

    Args:
        folder: that does not exist yet.
        count: how many.
        first: those that come before the ones of the corpus.

    Returns:
        Where each comes from, by its name in the folder.

    """
    folder.mkdir()
    told: dict[str, str] = {}
    texts = [(f"hostile: {name}", ".py", text) for name, text in first.items()]
    texts += list(islice(_of_corpus(), count - len(texts)))
    for number, (source, suffix, text) in enumerate(texts, start=1):
        name = f"student_{number:03}"
        told[name] = source
        if number % 3:
            (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
        else:
            (folder / name).mkdir()
            (folder / name / f"homework{suffix}").write_text(text, encoding="utf-8")
    return told


def _of_corpus() -> Iterator[tuple[str, str, str]]:
    """Submissions of the corpus, a format after the other, each right one with a wrong one."""
    listed = tomllib.loads((CORPUS / "corpus.toml").read_text(encoding="utf-8"))["submission"]
    by_format: dict[int, list[tuple[str, str, str]]] = {}
    for each in listed:
        path = CORPUS / "right" / each["file"]
        has_adapter = (ADAPTERS / f"{each['name']}.py").exists()
        if has_adapter or "/" in each["file"] or "torch" in each["name"]:
            continue
        text = path.read_text(encoding="utf-8")
        found = by_format.setdefault(each["format"], [])
        found.append((f"{each['name']}", path.suffix, text))
        for wrong in each.get("wrong", [])[:1]:
            mistaken = text.replace(wrong["replace"], wrong["with"])
            found.append((f"{each['name']}: {wrong['name']}", path.suffix, mistaken))
    ways = [iter(found) for _, found in sorted(by_format.items())]
    for way in cycle(ways):
        with suppress(StopIteration):
            yield next(way)


def run_grade(arguments: Sequence[str | Path], *, kill_after: int = 0) -> Run:
    """Run ``gradcheck grade`` in a process of its own.

    Args:
        arguments: after the name of the command.
        kill_after: so many rows it is killed, as ``kill -9`` does it; 0 for never.

    """
    begun = time.perf_counter()
    rows: list[str] = []
    kept = 0
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "gradcheck.cli", "grade", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("student_"):
                rows.append(line.split()[0])
                kept += " kept" in line
            if kill_after and len(rows) == kill_after:
                os.kill(running.pid, signal.SIGKILL)
                break
    return Run(time.perf_counter() - begun, rows, kept, running.returncode, running.pid)


def table_of(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a table of grades without the seconds, which are others each time."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["submission"]: row for row in csv.DictReader(stream)}
    for row in rows.values():
        del row["seconds"]
    return rows


def marked_processes(run: int) -> list[int]:
    """The processes of students' code that run, and that a run of this number has started."""
    import psutil

    found = []
    for each in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            variables = each.environ()
            is_of_run = f"{PREFIX}{run}-" in variables.get("HOME", "")
            if MARK in variables and is_of_run and each.status() != psutil.STATUS_ZOMBIE:
                found.append(each.pid)
    return found


def _left_after(run: Run) -> list[int]:
    """The processes of a run that was killed which do not end."""
    until = time.monotonic() + LEFT_SECONDS
    while (left := marked_processes(run.process)) and time.monotonic() < until:
        time.sleep(0.2)
    return left


@dataclass(frozen=True)
class Measured:
    """What came of the runs.

    Attributes:
        runs: in one go, killed, continued, and from the hashes.
        tables: of the run in one go, and of the others; each row by its name.
        saved: the rows that were in the table after the kill.
        left: processes that did not end after the kill.

    """

    runs: tuple[Run, Run, Run, Run]
    tables: tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]
    saved: set[str]
    left: list[int]

    @property
    def differing(self) -> list[str]:
        """The rows that are not the same in both tables."""
        first, second = self.tables
        return sorted(each for each in first if first[each] != second.get(each))

    @property
    def is_fine(self) -> bool:
        """Whether nothing was lost, and the last run was quick."""
        _, killed, _, last = self.runs
        count = len(self.tables[0])
        whole = last.kept == count and not self.differing and set(killed.rows) <= self.saved
        return whole and not self.left and last.seconds < MOST_SECONDS


def measure(folder: Path, jobs: int, kill_after: int, seconds: int = 20) -> Measured:
    """Grade the class in a folder in four runs.

    Args:
        folder: holds the class in ``class``, and gets everything else.
        jobs: submissions at a time.
        kill_after: rows, in the second run.
        seconds: that a submission may take.

    """
    task = folder / "task.toml"
    limited = ASSIGNMENT.replace("seconds = 20", f"seconds = {seconds}")
    task.write_text(limited, encoding="utf-8")
    how: list[str | Path] = [folder / "class", "--assignment", task, "--jobs", str(jobs), "--csv"]
    once, twice = folder / "once.csv", folder / "twice.csv"
    whole = run_grade([*how, once])
    killed = run_grade([*how, twice], kill_after=kill_after)
    saved = set(table_of(twice))
    left = _left_after(killed)
    continued = run_grade([*how, twice])
    last = run_grade([*how, twice])
    return Measured(
        (whole, killed, continued, last), (table_of(once), table_of(twice)), saved, left
    )


def main() -> None:
    """Make the class, grade it, and print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=CLASS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        told = make_class(Path(name) / "class", asked.count)
        found = measure(Path(name), asked.jobs, asked.count // 3)
    whole, killed, continued, last = found.runs
    first, second = found.tables
    verdicts = Counter(row["verdict"] for row in first.values())
    print(f"{len(told)} submissions, {asked.jobs} at a time: {dict(verdicts)}")
    print(f"graded in one go: {whole.seconds:.0f} s")
    print(
        f"killed after {len(killed.rows)} rows ({killed.seconds:.0f} s), {len(found.saved)} were "
        f"saved; {len(found.left)} processes left"
    )
    print(f"continued: {continued.seconds:.0f} s, {continued.kept} kept")
    print(f"from the hashes: {last.seconds:.1f} s, {last.kept} kept")
    print(f"rows that differ between both tables: {found.differing or 'none'}")
    for each in found.differing:
        rows = [told[each.partition(".")[0]], first[each], second.get(each)]
        print(json.dumps(rows, indent=1))
    print("as it should be" if found.is_fine else "NOT as it should be")
    sys.exit(0 if found.is_fine else 1)


if __name__ == "__main__":
    main()
