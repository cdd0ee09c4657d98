"""``gradcheck train``: train epoch by epoch; save, check and show the network after each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.training import TrainingOptions
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.network_record import network_record
from gradcheck.commands.output.progress import Progress
from gradcheck.commands.output.training import TrainingOutput
from gradcheck.commands.runs.digits import expect_pixels, load_digits
from gradcheck.show.files import write_whole
from gradcheck.verdicts.report import Report
from gradcheck.watch import check_while_training
from nets.arrays import Array, HostArray, place
from nets.data.digits import digit_examples
from nets.network import Network
from nets.training import CostDiverged, Epoch, train
from nets.weights import save_network

__all__ = ["train_network"]


@dataclass(frozen=True)
class Examples:
    """Digits to train on and to test with, where the network is.

    Attributes:
        inputs: (pixels, n), from 0 to 1.
        targets: (classes, n), one-hot.
        test: inputs (pixels, m) and labels (m,).
        source: where the digits come from, in words.

    """

    inputs: Array
    targets: Array
    test: tuple[Array, HostArray]
    source: str


def train_network(asked: TrainingOptions, output: OutputOptions) -> ExitCode:
    """Train, and show how it goes.

    Raises:
        BadInput: the data cannot be read or does not fit, or an option cannot be used.
        CostDiverged: the cost is no longer a finite number.

    """
    examples = _examples(asked)
    network = Network.create(
        asked.sizes,
        activation=asked.activation,
        cost=asked.cost,
        initialisation=asked.initialisation,
        seed=asked.seed,
        where=place(asked.device, asked.dtype),
    )
    shown = TrainingOutput(_settings(asked, network, examples), output)
    total = asked.epochs * int(examples.inputs.shape[1])
    try:
        with (
            threadpool_limits(asked.threads, user_api="blas"),
            Progress("training", total, "examples") as progress,
        ):
            epochs = _epochs(asked, network, examples, progress)
            shown.begin()
            _follow(epochs, asked, examples, shown, progress)
    except (KeyboardInterrupt, CostDiverged) as error:
        shown.end("diverged" if isinstance(error, CostDiverged) else "interrupted")
        raise
    shown.end()
    return shown.exit_code


def _examples(asked: TrainingOptions) -> Examples:
    where = place(asked.device, asked.dtype)
    sets = load_digits(asked.data, asked.seed)
    for digits in (sets.training, sets.test):
        expect_pixels(digits, asked.sizes)
    classes = asked.sizes[-1]
    inputs, targets = digit_examples(sets.training, classes, where)
    test_inputs, _ = digit_examples(sets.test, classes, where)
    return Examples(inputs, targets, (test_inputs, sets.test.labels), sets.source)


def _settings(asked: TrainingOptions, network: Network, examples: Examples) -> dict[str, Any]:
    """What is trained and how, as the last object of the JSON describes it."""
    return {
        "network": network_record(asked, network),
        "device": asked.device,
        "threads": asked.threads,
        "dtype": asked.dtype,
        "batch_size": asked.batch_size,
        "eta": asked.eta,
        "seed": asked.seed,
        "data": examples.source,
        "training_examples": int(examples.inputs.shape[1]),
        "test_examples": len(examples.test[1]),
    }


def _epochs(
    asked: TrainingOptions, network: Network, examples: Examples, progress: Progress
) -> Iterator[tuple[Epoch, Network]]:
    return train(
        network,
        examples.inputs,
        examples.targets,
        epochs=asked.epochs,
        batch_size=asked.batch_size,
        eta=asked.eta,
        seed=asked.seed,
        test=examples.test,
        progress=progress,
    )


def _follow(
    epochs: Iterator[tuple[Epoch, Network]],
    asked: TrainingOptions,
    examples: Examples,
    shown: TrainingOutput,
    progress: Progress,
) -> None:
    """Save, check and show each epoch, until the last, or until a gradient is wrong."""
    for epoch, network in epochs:
        if asked.save is not None:
            _save(network, asked.save)
            shown.saved(epoch, asked.save)
        report = _checked(epoch, network, asked, examples)
        progress.clear()
        shown.after(epoch, report)
        if shown.is_wrong:
            return


def _checked(
    epoch: Epoch, network: Network, asked: TrainingOptions, examples: Examples
) -> Report | None:
    """What a check after this epoch finds; None if it is not due."""
    if asked.check_every is None or epoch.number % asked.check_every:
        return None
    return check_while_training(
        network,
        examples.inputs,
        examples.targets,
        batch_size=asked.batch_size,
        seed=asked.seed + epoch.number,
    )


def _save(network: Network, path: Path) -> None:
    def write(file: Path) -> None:
        with file.open("wb") as stream:
            save_network(network, stream)

    write_whole(path, write)
