"""``gradcheck exercise``: code with one mistake in it, for the student to mend."""

import click

from gradcheck.commands.options.exercise import ExerciseOptions, exercise_options
from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.output.exit_code import ExitCode


@click.command()
@exercise_options
@output_options()
def exercise(asked: ExerciseOptions, output: OutputOptions) -> ExitCode:
    """Write code with one mistake in it, for students to mend.

    The file is a small network of 60 to 100 lines in one of several manners: a class that takes one
    example at a time as in the book, or a whole mini-batch; layer objects; pairs of functions;
    functions or a class with a dict of parameters. One to three lines of the backward pass are
    wrong. Mend it until gradcheck verify --net homework.py agrees. Its hints, with --hints
    1 to 3, ask about lines that you can read.

    With --class a whole class gets different exercises. The answers are sealed with a key: nobody
    reads them by accident, and --solution explains the files only with the key. This does not
    protect from a student who tries all mistakes, or who guesses the key.

    \b
    Examples:
      gradcheck exercise --seed 7 -o homework.py
      gradcheck verify --net homework.py --hints 1
      gradcheck exercise --solution homework.py --hints 2
      gradcheck exercise --solution homework.py
      gradcheck exercise --level 2 --manner layers -o homework.py
      gradcheck exercise --class 30 -o exercises/
      gradcheck exercise --solution exercises/answers.sealed --key KEY

    Exit code: 0 done, 2 bad input.
    """
    asked.expect_consistent()
    from gradcheck.commands.runs.exercises import explain, write

    if asked.solution is None:
        return write(asked, output)
    return explain(asked.solution, asked, output)
