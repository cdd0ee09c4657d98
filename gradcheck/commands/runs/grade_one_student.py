"""``gradcheck grade --gradescope``: grade one student's folder, for Gradescope's autograder."""

from gradcheck.commands.options.grading import GradingOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.grades import json_of_grades, row_text
from gradcheck.commands.output.streams import write_json, write_out
from gradcheck.commands.runs.asked_for import assignment_of, isolation_for
from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.gradescope import gradescope_results, not_graded, write_gradescope
from gradcheck.homework.grading.handed_in import one_submission
from gradcheck.show.files import expect_writable
from nets.errors import BadInput

__all__ = ["grade_one_student"]


def grade_one_student(asked: GradingOptions, output: OutputOptions) -> ExitCode:
    """Grade the folder of one student, and write the results for Gradescope.

    Raises:
        BadInput: there is no such folder, it holds several submissions, isolation is demanded and
            not possible, or a file cannot be written.

    """
    assert asked.folder is not None
    assert asked.gradescope is not None
    expect_writable(asked.gradescope)
    assignment = assignment_of(asked)
    task = assignment.task
    try:
        each = one_submission(asked.folder, task.files)
        isolation = isolation_for(asked, assignment)
    except BadInput as error:
        write_gradescope(asked.gradescope, not_graded(task, str(error)))
        raise
    (graded,) = grade([each], task, isolation=isolation, keep=asked.keep)
    write_gradescope(asked.gradescope, gradescope_results(graded, task))
    if output.as_json:
        write_json("grade", json_of_grades(asked, task, [graded.row]))
    else:
        write_out(row_text(graded.row, kept=False))
    # A grade was given, whatever it is: for the autograder that is no failure.
    return ExitCode.OK
