"""``gradcheck grade``: a whole class's homework, a row a submission."""

import json
import os
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gradcheck.commands.shared import (
    SIZES,
    ExitCode,
    json_option,
    plain_option,
    seed_option,
    write_out,
)
from gradcheck.commands.student_options import jobs_option, limits_of, memory_option
from gradcheck.commands.subject import draw_mini_batch
from nets.errors import BadInput

if TYPE_CHECKING:
    from gradcheck.homework.grading.grade_table import Row

VERDICTS = ("agree", "disagree", "undecided", "failed")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--net",
    "class_name",
    metavar="CLASS",
    default="Network",
    show_default=True,
    help="The class to be found in each submission.",
)
@click.option(
    "--sizes",
    type=SIZES,
    default="20,8,3",
    show_default=True,
    help="Neurons in each layer, the input first; every class is built from them.",
)
@click.option(
    "--cost",
    type=click.Choice(["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]),
    help="The cost, whatever the classes say of it.",
)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Examples in the mini-batch.",
)
@seed_option
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check at most N entries of each array, drawn at random, instead of all.",
)
@jobs_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="The longest that one submission may take in all.",
)
@memory_option
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the rows there; run again, what is in it is not graded again.",
)
@json_option
@plain_option
def grade(
    folder: Path,
    class_name: str,
    sizes: tuple[int, ...],
    cost: str | None,
    batch_size: int,
    seed: int,
    sample: int | None,
    jobs: int | None,
    timeout: float,
    memory: int,
    csv_file: Path | None,
    as_json: bool,
    plain: bool,
) -> ExitCode:
    """Check a whole class's homework.

    Each Python file in FOLDER, or homework.py of each folder in it, is checked as by gradcheck
    verify --net, in a child process of its own, some at a time, with limits on its time and
    memory. That protects against accidents, not against malice: the code runs with your rights.

    A row is shown as soon as it is finished. With --csv it is kept, too: interrupt and run again
    at any time; only what is not in the file, or has changed since, is graded. The columns are
    the verdict (agree, disagree, undecided, failed), the share of arrays that are right, the
    first wrong array, counted from the cost as backprop does, its likely cause, seconds, and
    the error, if it failed.

    \b
    Examples:
      gradcheck grade submissions/ --net Network --sizes 20,8,3
      gradcheck grade submissions/ --csv grades.csv --jobs 4 --timeout 10

    Exit code: 0 all submissions agree, 1 some disagree or could not be checked, 2 bad input, 3
    some undecided and the others agree, 130 interrupted.
    """
    from gradcheck.homework.grading import grade_table as table
    from gradcheck.homework.grading.grade import grade as grade_each
    from gradcheck.homework.grading.handed_in import find_submissions
    from gradcheck.homework.submission import Submission
    from gradcheck.show.files import expect_writable

    if not class_name.isidentifier():
        raise BadInput(f"--net {class_name!r} is no name of a class; give one such as Network")
    handed_in, passed_over = find_submissions(folder)
    finished: dict[str, Row] = {}
    if csv_file is not None:
        expect_writable(csv_file)
        finished = table.read_rows(csv_file)
        passed_over = [name for name in passed_over if name != csv_file.name]
    if passed_over:
        names = ", ".join(passed_over[:5]) + (", ..." if len(passed_over) > 5 else "")
        click.echo(f"gradcheck: passed over, as no Python files: {names}", err=True)
    inputs, targets, _ = draw_mini_batch(None, sizes, batch_size, seed)
    asked = Submission(
        path=folder,
        class_name=class_name,
        sizes=sizes,
        inputs=inputs,
        targets=targets,
        cost=cost,
        seed=seed,
        limits=limits_of(timeout, timeout, memory),
    )
    graded = grade_each(
        handed_in, asked, jobs=jobs or os.cpu_count() or 1, sample=sample, finished=finished
    )
    rows: list[Row] = []
    for each in graded:
        rows.append(each.row)
        if csv_file is not None and not each.kept:
            finished[each.row.submission] = each.row
            table.write_rows(csv_file, list(finished.values()))
        if as_json:
            _tell(len(rows), len(handed_in))
        else:
            write_out(_line(each.row, kept=each.kept))
    if csv_file is not None and not csv_file.exists():
        table.write_rows(csv_file, rows)
    counts = Counter(row.verdict for row in rows)
    if as_json:
        summary = {
            "schema_version": 1,
            "command": "grade",
            "class": class_name,
            "sizes": list(sizes),
            "batch_size": batch_size,
            "seed": seed,
            "counts": {verdict: counts[verdict] for verdict in VERDICTS},
            "submissions": [row.to_dict() for row in sorted(rows, key=lambda row: row.submission)],
        }
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
        write_out(f"\n{len(rows)} submissions: {listed}.\n")
    if counts["disagree"] or counts["failed"]:
        return ExitCode.DISAGREEMENT
    return ExitCode.UNDECIDED if counts["undecided"] else ExitCode.OK


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\rgraded {done} of {total}" + ("\n" if done == total else ""))
        sys.stderr.flush()


def _line(row: "Row", *, kept: bool) -> str:
    """A row in 80 columns; what there is to explain stands below it."""
    share = "" if row.arrays_right is None else f"{row.arrays_right:.0%} right"
    kept_text = "kept" if kept else f"{row.seconds:.1f} s"
    line = f"{row.submission:<40} {row.verdict:<9} {share:>10} {kept_text:>8}\n"
    said = "; ".join(filter(None, (row.first_wrong, row.likely_cause, row.error, row.remarks)))
    if not said:
        return line
    return line + textwrap.fill(said, 80, initial_indent="    ", subsequent_indent="    ") + "\n"
