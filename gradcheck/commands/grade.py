"""``gradcheck grade``: a whole class's homework, a row for each submission."""

import click

from gradcheck.commands.options.grading import GradingOptions, grading_options
from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.output.exit_code import ExitCode


@click.command()
@grading_options
@output_options(
    csv="Keep the rows in this file. Run the same command again, and what is in the file is not "
    "graded again.",
    plot="Draw how many made which mistake",
)
def grade(asked: GradingOptions, output: OutputOptions) -> ExitCode:
    """Check the homework of a whole class.

    Each Python file, each notebook and each .zip in FOLDER is a submission. So is each folder in
    FOLDER: its homework.py, or the only Python file or notebook in it. Each is checked as verify
    --net would check it, in a copy of its own and a process of its own, with limits on its time
    and memory. Code in no known format is read with --adapter: one adapter serves all submissions
    that follow one template. Where bubblewrap is installed (Linux), the code reaches neither your
    files nor the network. Elsewhere the limits protect against accidents, but not against malice:
    the code runs with your rights.

    With --assignment a file says what was asked for, and each submission gets points.

    A row is shown as soon as it is finished. With --csv it is also kept in a file. You can
    interrupt the command and run it again at any time: it grades only submissions that are not in
    the file or have changed since. The columns are the verdict (agree, disagree, undecided,
    failed), the share of arrays that are right, the first wrong array, counted from the cost as
    backprop does, its likely cause, the seconds, and for failed submissions the error.

    \b
    Examples:
      gradcheck grade submissions/ --net Network --sizes 20,8,3
      gradcheck grade submissions/ --csv grades.csv --jobs 4 --timeout 10
      gradcheck grade --new-assignment hw3.toml
      gradcheck grade submissions/ --assignment hw3.toml --csv grades.csv

    Exit code: 0 all submissions agree, 1 some disagree or could not be checked, 2 bad input, 3
    some are undecided and the others agree, 130 interrupted.
    """
    asked.expect_consistent()
    if asked.new_assignment is not None:
        from gradcheck.commands.runs.write_assignment import write_assignment

        return write_assignment(asked.new_assignment)
    if asked.gradescope is not None:
        from gradcheck.commands.runs.grade_one_student import grade_one_student

        return grade_one_student(asked, output)
    from gradcheck.commands.runs.grade_submissions import grade_submissions

    return grade_submissions(asked, output)
