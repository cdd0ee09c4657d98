"""``gradcheck train``: train a network on digits, and check its gradient on the way."""

import click

from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.options.training import TrainingOptions, training_options
from gradcheck.commands.output.exit_code import ExitCode


@click.command()
@training_options
@output_options(plot="Draw the learning curve")
def train(asked: TrainingOptions, output: OutputOptions) -> ExitCode:
    """Train a network on digits, and check its gradient on the way.

    The method is stochastic gradient descent with mini-batches. After each epoch a line shows how
    many test digits the network has right, and the cost over the training digits.

    \b
    Examples:
      gradcheck train
      gradcheck train --sizes 784,40,10 --init scaled --eta 0.1
      gradcheck train --data path/to/mnist --save net.npz --check-every 5
      gradcheck verify --weights net.npz

    With --json each epoch is a line with one JSON object, and the last line is a summary.

    Exit code: 0 done, 1 a gradient disagrees, 2 bad input or a cost that is no longer a finite
    number, 3 no check could decide anything, 70 gradcheck found a fault in itself, 130
    interrupted.
    """
    from gradcheck.commands.runs.memory import TRAINING_ARRAYS, expect_memory

    expect_memory(asked.sizes, asked.batch_size, TRAINING_ARRAYS, asked.device)
    asked.expect_consistent()
    output.expect_writable_files()
    from gradcheck.commands.runs.train_network import train_network

    return train_network(asked, output)
