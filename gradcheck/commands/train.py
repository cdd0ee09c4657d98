"""``gradcheck train``: train a network on digits, and check its gradient on the way."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gradcheck.commands.data import data_option, load_data
from gradcheck.commands.shared import (
    ExitCode,
    activation_option,
    device_option,
    dtype_option,
    expect_memory,
    json_option,
    plain_option,
    plot_option,
    seed_option,
    threads_option,
)
from gradcheck.commands.subject import (
    cost_option,
    expect_pixels,
    initialisation_option,
    sizes_option,
)
from nets.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gradcheck.commands.progress import Progress
    from gradcheck.commands.train_output import TrainOutput
    from gradcheck.verdicts.report import Report
    from nets.network import Network
    from nets.training import Epoch

# Parameters before and after a step, gradients, and what a check of a sample holds besides.
ARRAYS_HELD = 8


@click.command()
@sizes_option
@activation_option
@cost_option
@initialisation_option
@click.option(
    "--epochs",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="How often each training example is used.",
)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Examples in a mini-batch; there is a step after each.",
)
@click.option(
    "--eta",
    type=float,
    default=3.0,
    show_default=True,
    help="The learning rate: how far a step goes along the negative gradient.",
)
@data_option("drawn")
@seed_option
@dtype_option("Of the training; gradients are checked in float64.")
@device_option
@threads_option(
    "Threads for matrix products: more than one suit wide layers and large mini-batches."
)
@click.option(
    "--check-every",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check a sample of the gradient every N epochs, and stop if it is wrong.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE.npz",
    help="Write the network after each epoch; gradcheck verify --weights reads it.",
)
@plot_option("Draw the learning curve")
@json_option
@plain_option
def train(
    sizes: tuple[int, ...],
    activation: str,
    cost: str,
    initialisation: str,
    epochs: int,
    batch_size: int,
    eta: float,
    data: str,
    seed: int,
    dtype: str,
    device: str,
    threads: int,
    check_every: int | None,
    save: Path | None,
    plot: Path | None,
    as_json: bool,
    plain: bool,
) -> ExitCode:
    """Train a network on digits, and check its gradient on the way.

    Stochastic gradient descent in mini-batches, each of them one matrix; after each epoch a line
    with the right answers on the test digits and the cost over the training digits.

    \b
    Examples:
      gradcheck train
      gradcheck train --sizes 784,40,10 --init scaled --eta 0.1
      gradcheck train --data path/to/mnist --save net.npz --check-every 5
      gradcheck verify --weights net.npz

    With --json: a JSON object a line, one for each epoch and a last one in summary.

    Exit code: 0 done, 1 a gradient disagrees, 2 bad input or a cost that is no number any more,
    3 no check could decide anything, 70 gradcheck found a fault of its own, 130 interrupted.
    """
    expect_memory(sizes, batch_size, ARRAYS_HELD, device)
    _expect_files(save, plot)
    if check_every is not None and check_every > epochs:
        raise BadInput(
            f"--check-every {check_every} with --epochs {epochs} would check nothing; give at "
            f"most {epochs}"
        )

    from threadpoolctl import threadpool_limits

    from gradcheck.commands.progress import Progress
    from gradcheck.commands.train_output import TrainOutput
    from gradcheck.watch import check_while_training
    from nets.arrays import place
    from nets.data.digits import digit_examples
    from nets.network import Network
    from nets.training import CostDiverged
    from nets.training import train as train_network

    where = place(device, dtype)
    sets = load_data(data, seed)
    for digits in (sets.training, sets.test):
        expect_pixels(digits, sizes)
    inputs, targets = digit_examples(sets.training, sizes[-1], where)
    test_inputs, _ = digit_examples(sets.test, sizes[-1], where)
    network = Network.create(
        sizes,
        activation=activation,
        cost=cost,
        initialisation=initialisation,
        seed=seed,
        where=where,
    )
    settings = {
        "network": {
            "sizes": list(sizes),
            "activation": activation,
            "cost": cost,
            "init": initialisation,
            "parameters": network.parameter_count,
        },
        "device": device,
        "threads": threads,
        "dtype": dtype,
        "batch_size": batch_size,
        "eta": eta,
        "seed": seed,
        "data": sets.source,
        "training_examples": len(sets.training.labels),
        "test_examples": len(sets.test.labels),
    }
    output = TrainOutput(settings, save, plot, as_json=as_json, plain=plain)

    def look(epoch: "Epoch", network: "Network") -> "Report | None":
        if check_every is None or epoch.number % check_every:
            return None
        return check_while_training(
            network, inputs, targets, batch_size=batch_size, seed=seed + epoch.number
        )

    total = epochs * len(sets.training.labels)
    try:
        with (
            threadpool_limits(threads, user_api="blas"),
            Progress("training", total, "examples used") as progress,
        ):
            trained = train_network(
                network,
                inputs,
                targets,
                epochs=epochs,
                batch_size=batch_size,
                eta=eta,
                seed=seed,
                test=(test_inputs, sets.test.labels),
                progress=progress,
            )
            output.begin()
            _follow(trained, output, save, look, progress)
    except (KeyboardInterrupt, CostDiverged) as error:
        output.end("diverged" if isinstance(error, CostDiverged) else "interrupted")
        raise
    output.end()
    return output.exit_code


def _follow(
    trained: "Iterator[tuple[Epoch, Network]]",
    output: "TrainOutput",
    save: Path | None,
    look: "Callable[[Epoch, Network], Report | None]",
    progress: "Progress",
) -> None:
    """Keep and show each epoch, until the last or until its gradient is found to be wrong."""
    for epoch, network in trained:
        if save is not None:
            _save(network, save)
        report = look(epoch, network)
        progress.clear()
        output.after(epoch, report)
        if output.is_wrong:
            return


def _expect_files(save: Path | None, plot: Path | None) -> None:
    if save is not None:
        from gradcheck.show.files import expect_writable

        if save.suffix.lower() != ".npz":
            raise BadInput(f"{save.name!r} is no name for weights; give one that ends in .npz")
        expect_writable(save)
    if plot is not None:
        from gradcheck.show.figures import expect_plot_file

        expect_plot_file(plot)


def _save(network: "Network", path: Path) -> None:
    from gradcheck.show.files import write_whole
    from nets.weights import save_network

    def write(file: Path) -> None:
        with file.open("wb") as stream:
            save_network(network, stream)

    write_whole(path, write)
