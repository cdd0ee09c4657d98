"""``gradcheck step-sweep``: what is a good epsilon?"""

import click

from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.options.subject import SubjectOptions, subject_options
from gradcheck.commands.options.sweep import SweepOptions, sweep_options
from gradcheck.commands.options.weights_file import with_weights_file
from gradcheck.commands.output.exit_code import ExitCode


@click.command("step-sweep")
@subject_options("The number type of the network. The error is measured in both types.")
@sweep_options
@output_options(
    plot="Draw the curves in large type",
    csv="Also write the rows as comma-separated values.",
)
def step_sweep(asked: SubjectOptions, sweep: SweepOptions, output: OutputOptions) -> ExitCode:
    """What is a good epsilon? The error of a numerical gradient for each step.

    If the step is wide, the difference leaves out more of the Taylor series. If it is narrow, the
    rounding error of the cost is divided by a smaller number, so it counts more. Therefore the
    curve of error against step is a V, and the best step is at its lowest point. The error is
    measured for your network and mini-batch, in float64 and in float32, against a reference that
    does not use backprop.

    \b
    Examples:
      gradcheck step-sweep --sizes 784,30,10
      gradcheck step-sweep --sizes 20,15,5 --activation relu --engine one-by-one
      gradcheck step-sweep --scheme forward --scheme central --plot sweep.svg

    Exit code: 0 done, 2 bad input, 130 interrupted.
    """
    from gradcheck.commands.runs.memory import SWEEP_ARRAYS, expect_memory

    asked = with_weights_file(asked)
    expect_memory(asked.sizes, asked.batch_size, SWEEP_ARRAYS, asked.device)
    output.expect_writable_files()
    from gradcheck.commands.runs.sweep_steps import sweep_steps

    sweep_steps(asked, sweep, output)
    return ExitCode.OK
