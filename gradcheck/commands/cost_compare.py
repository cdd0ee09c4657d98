"""``gradcheck cost-compare``: why backprop costs about two forward passes."""

import click

from gradcheck.commands.options.comparison import ComparisonOptions, comparison_options
from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.output.exit_code import ExitCode


@click.command("cost-compare")
@comparison_options
@output_options(
    plot="Draw the comparison in large type",
    csv="Also write the rows as comma-separated values.",
)
def cost_compare(asked: ComparisonOptions, output: OutputOptions) -> ExitCode:
    """Why backprop costs about two forward passes, and (46) one for each parameter.

    Counts the matrix products of backprop and measures forward and backprop side by side. Then it
    measures what the same gradient costs by equation (46): one by one, as in the book, and with
    the batched engine. Where that takes too long, it measures a sample, scales it up, and marks
    the result as an estimate.

    \b
    Examples:
      gradcheck cost-compare
      gradcheck cost-compare --sizes 784,30,10 --batch-size 1,10,100,1000
      gradcheck cost-compare --sizes 784,100,10 --sizes 784,300,10
      gradcheck cost-compare --plot costs.svg

    Without --sizes and --batch-size it uses the book's network with larger and larger
    mini-batches, and then wider and wider networks with up to a million parameters.

    Exit code: 0 done, 2 bad input, 130 interrupted. If it is interrupted, it shows the rows that
    were finished, but no JSON, and it writes no file.
    """
    from gradcheck.commands.output.comparison import show_comparison
    from gradcheck.commands.runs.compare import compared
    from gradcheck.commands.runs.memory import COMPARISON_ARRAYS, expect_memory

    cases = asked.cases()
    for case in cases:
        expect_memory(case.sizes, case.batch_size, COMPARISON_ARRAYS, asked.device)
    output.expect_writable_files()
    show_comparison(compared(cases, asked, output), output)
    return ExitCode.OK
