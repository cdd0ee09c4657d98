"""``gradcheck explain``: backprop and equation (46), step by step, in the terminal."""

import click

from gradcheck.commands.options.explain import ExplainOptions, explain_options
from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.options.weights_file import with_weights_file
from gradcheck.commands.output.exit_code import ExitCode


@click.command()
@explain_options
@output_options(plot="Draw the network with its numbers")
def explain(asked: ExplainOptions, output: OutputOptions) -> ExitCode:
    """Show backprop at work, step by step, with all numbers.

    Prints the forward pass of a small network, the cost, and the five steps of backprop in each
    layer: the formula, the line of code, the shapes and the numbers. Then it takes one weight or
    bias apart: the chain of factors from the cost to it, and equation (46) beside it. Each step
    fits on a screen of 80 x 24. gradcheck page shows the same network in a browser.

    \b
    Examples:
      gradcheck explain
      gradcheck explain --sizes 2,3,1 --weight 2,1,3
      gradcheck explain --sizes 4,3,2 --activation tanh --plot network.svg
      gradcheck explain --sizes 3,2 --cost fused-softmax-cross-entropy --json

    Exit code: 0 done, 2 bad input, 130 interrupted.
    """
    subject = with_weights_file(asked)
    entry = asked.entry(subject.sizes)
    output.expect_writable_files()
    from gradcheck.commands.runs.explain_network import explain_network

    explain_network(subject, entry, output)
    return ExitCode.OK
