"""``gradcheck verify``: is this network's backprop right?"""

import click

from gradcheck.commands.options.bug import BugOptions, bug_options
from gradcheck.commands.options.check import CheckOptions, check_options
from gradcheck.commands.options.choices import class_cost_option
from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.options.student import StudentOptions, student_options
from gradcheck.commands.options.subject import SubjectOptions, subject_options
from gradcheck.commands.options.weights_file import with_weights_file
from gradcheck.commands.output.exit_code import ExitCode

DTYPE = "The number type of the network. The check itself always uses float64."
# What its output options write and show.
OUTPUT = {
    "plot": "Draw the claims against the slopes, and the errors in error bars,",
    "html": "Write the report as a page with pictures, FILE.html, for any browser or for paper.",
    "entries": "Write every entry into this .npz file: claim, slope, error bar, verdict.",
    "details": "Show all tables, notes and times. Without it, the answer fits one screen.",
}


@click.command()
@subject_options(DTYPE, class_cost_option)
@student_options
@check_options
@bug_options
@output_options(**OUTPUT)
def verify(
    asked: SubjectOptions,
    student: StudentOptions,
    check: CheckOptions,
    mistake: BugOptions,
    output: OutputOptions,
) -> ExitCode:
    """Is this network's backprop right?

    Builds a network and computes its gradient by backprop. Then it measures every partial
    derivative a second time: it moves that one weight or bias a little and looks at how the cost
    changes. This is equation (46) of Nielsen's book:

        dC/dw_j ~ (C(w + epsilon e_j) - C(w)) / epsilon

    For each entry it says whether the two agree within the error bars of the measurement.

    With --net it checks code that somebody else wrote, as it stands: a class with backprop or with
    loss(x, y), functions over a dict of parameters, layers, pairs such as affine_forward and
    affine_backward, a class that trains itself, a tape engine, a script or a notebook. Other code
    is read with --adapter.

    \b
    Examples:
      gradcheck verify --sizes 784,30,10
      gradcheck verify --sizes 20,15,5 --activation tanh --scheme complex
      gradcheck verify --sizes 784,30,10 --data path/to/mnist --sample 500
      gradcheck verify --sizes 20,15,5 --bug random --seed 7 --hints 2
      gradcheck verify --net homework.py:Network --sizes 784,30,10
      gradcheck verify --net homework.py
      gradcheck verify --sizes 20,15,5 --html report.html

    Exit code: 0 all agree, 1 some entry disagrees, 2 bad input, 3 nothing could be decided,
    70 gradcheck found a fault in itself, 130 interrupted.
    """
    from gradcheck.commands.runs.memory import VERIFY_ARRAYS, expect_memory

    student.expect_consistent()
    mistake.expect_consistent(is_student=student.net is not None)
    asked = with_weights_file(asked)
    expect_memory(asked.sizes, asked.batch_size, VERIFY_ARRAYS, asked.device)
    output.expect_writable_files()
    if student.net is not None:
        from gradcheck.commands.runs.verify_class import verify_class

        return verify_class(student.net, student, asked, check, mistake.hints, output)
    from gradcheck.commands.runs.verify_network import verify_network

    return verify_network(asked, check, mistake, output)
