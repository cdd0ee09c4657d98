"""What the commands share: exit codes, options, output, the memory check."""

import csv
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from nets.errors import BadInput

__all__ = [
    "BATCH_SIZES",
    "SCHEME_NAMES",
    "SIZES",
    "Command",
    "ExitCode",
    "activation_option",
    "close_output",
    "csv_option",
    "device_option",
    "dtype_option",
    "engine_option",
    "expect_memory",
    "json_option",
    "plain_option",
    "plot_option",
    "seed_option",
    "threads_option",
    "write_csv",
    "write_out",
]


Command = TypeVar("Command", bound=Callable[..., Any])

# Inputs, traces, gradients and what they are made of, as numbers for each neuron and example.
ACTIVATIONS_HELD = 10


# As in gradcheck.slopes.schemes, which is imported when it is used.
SCHEME_NAMES = ("forward", "central", "five-point", "complex")


class ExitCode(IntEnum):
    """What a command's exit status means."""

    OK = 0
    DISAGREEMENT = 1
    BAD_INPUT = 2
    UNDECIDED = 3
    TOOL_IS_WRONG = 70
    INTERRUPTED = 130


class WholeNumbersType(click.ParamType[tuple[int, ...]]):
    """Whole numbers with commas between them, each at least 1, such as ``784,30,10``."""

    name = "SIZES"

    def __init__(self, what: str, least: int = 1) -> None:
        """Say what is to be given, with an example, and how many at least."""
        self._what, self._least = what, least

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Parse the numbers, or say which of them is wrong."""
        if isinstance(value, tuple):
            return value
        numbers = []
        for part in (part.strip() for part in str(value).split(",")):
            number = _whole_number(part)
            if number is None or number < 1:
                odd = repr(part) if part else "an empty place between commas"
                self.fail(
                    f"{value!r}: {odd} is not a whole number of at least 1; give {self._what}"
                )
            numbers.append(number)
        if len(numbers) < self._least:
            self.fail(f"{value!r}: too few, {self._least} at least; give {self._what}")
        return tuple(numbers)


SIZES = WholeNumbersType("the neurons of two or more layers, such as 784,30,10", least=2)
BATCH_SIZES = WholeNumbersType("batch sizes such as 1,10,100")


def _whole_number(text: str) -> int | None:
    """The whole number that a text stands for, 1e6 included; None if it is none."""
    if re.fullmatch(r"[+-]?\d{1,400}", text):
        return int(text)
    if match := re.fullmatch(r"(\d+)[eE]\+?(\d{1,3})", text):
        base, power = match.groups()
        return int(f"{base}{'0' * int(power)}")
    return None


activation_option = click.option(
    "--activation",
    type=click.Choice(["identity", "sigmoid", "tanh", "relu"]),
    default="sigmoid",
    show_default=True,
    help="The function that each neuron applies to its z.",
)
seed_option = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Same seed, same network, same mini-batch.",
)
device_option = click.option(
    "--device",
    type=click.Choice(["cpu", "gpu"]),
    default="cpu",
    show_default=True,
    help="NumPy, or CuPy on the first GPU.",
)
engine_option = click.option(
    "--engine",
    type=click.Choice(["batched", "one-by-one"]),
    default="batched",
    show_default=True,
    help="All perturbed copies as columns of a few matrices, or a forward pass for each.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON to standard output, no text."
)
csv_option = click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the rows as comma-separated values too.",
)
plain_option = click.option("--plain", is_flag=True, help="No colour, no box drawing.")


def threads_option(help_text: str) -> Callable[[Command], Command]:
    """The option --threads, 1 unless more are asked for, with what they do in a command."""
    return click.option(
        "--threads",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        help=help_text,
    )


def dtype_option(help_text: str) -> Callable[[Command], Command]:
    """The option --dtype, with what it means for a command."""
    return click.option(
        "--dtype",
        type=click.Choice(["float64", "float32"]),
        default="float64",
        show_default=True,
        help=help_text,
    )


def plot_option(help_text: str) -> Callable[[Command], Command]:
    """The option --plot, with what a command draws."""
    return click.option(
        "--plot",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"{help_text}: a .png, .svg or .pdf file.",
    )


def expect_memory(
    sizes: tuple[int, ...], batch_size: int, arrays: int, device: str = "cpu"
) -> None:
    """See, before anything is allocated, that a computation fits into the memory.

    Args:
        sizes: of the network.
        batch_size: examples in the mini-batch.
        arrays: how many float64 arrays as large as all parameters there will be at once.
        device: ``cpu`` or ``gpu``; where arrays lie on a GPU, the host still draws and reports
            them.

    Raises:
        BadInput: more is needed than is free, or there is no such device.

    """
    import psutil

    from nets.network import parameter_count

    needed = 8 * (arrays * parameter_count(sizes) + ACTIVATIONS_HELD * sum(sizes) * batch_size)
    free = {"here": psutil.virtual_memory().available}
    if device == "gpu":
        from nets.arrays import place

        free["on the GPU"] = place(device).free_memory()
    for where, available in free.items():
        if needed > available:
            raise BadInput(
                f"sizes {','.join(map(str, sizes))} with a batch of {batch_size} need about "
                f"{_in_gigabytes(needed)} of memory; {_in_gigabytes(available)} are free {where}. "
                "Take smaller layers or a smaller batch"
            )


def _in_gigabytes(size: int) -> str:
    gigabytes = size / 1e9 if size < 10**300 else float("inf")
    return f"{gigabytes:,.1f} GB" if gigabytes < 1e6 else f"{gigabytes:.1e} GB"


def write_out(text: str) -> None:
    """Write to standard output; a reader that has seen enough (``| head``) changes no verdict."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        close_output()
        # Windows calls a closed pipe an invalid argument.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise BadInput(f"standard output cannot be written: {error.strerror}") from error


def write_csv(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Write rows of the same columns, one at least, as comma-separated values."""
    from gradcheck.show.files import write_whole

    def write(file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    write_whole(path, write)


def close_output() -> None:
    """Let nothing more go to standard output, not even the interpreter's own flush at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
