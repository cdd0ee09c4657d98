"""The options for a class that somebody else wrote: where it is, and what its code may take."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from gradcheck.commands.shared import Command
from nets.errors import BadInput

if TYPE_CHECKING:
    from gradcheck.homework.process.limits import Limits

__all__ = ["StudentOptions", "jobs_option", "limits_of", "memory_option", "student_options"]

# What describes a network of ours, or how it is computed, and says nothing about another class.
OURS = {
    "activation": "the class brings its own",
    "initialisation": "the class draws its own weights",
    "dtype": "the check is done in float64",
    "engine": "its cost is a black box, which only one-by-one can use",
    "threads": "the batched engine is for networks of gradcheck's own; there is --jobs",
    "weights": "the class draws its own weights",
    "device": "the class computes where it does",
    "bug": "mistakes are planted in networks of gradcheck's own",
}
THEIRS = ("jobs", "timeout", "memory")

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1, max=256),
    metavar="N",
    help="Child processes at a time.",
)
memory_option = click.option(
    "--memory",
    type=click.IntRange(min=10),
    default=1000,
    show_default=True,
    metavar="MB",
    help="What the other class may take, beside Python and NumPy.",
)


def limits_of(call_seconds: float, total_seconds: float | None, megabytes: int) -> "Limits":
    """Limits as the options give them."""
    from gradcheck.homework.process.limits import Limits

    return Limits(call_seconds, total_seconds, megabytes * 1_000_000)


@dataclass(frozen=True)
class StudentOptions:
    """What was asked for on the command line; ``path`` is None for a network of our own."""

    path: Path | None
    class_name: str
    cost: str | None
    jobs: int
    limits: tuple[float, float | None, int]

    @property
    def title(self) -> str:
        """Such as ``homework.py:Network``."""
        return f"{self.path.name if self.path else ''}:{self.class_name}"


def student_options(command: Command) -> Callable[..., Any]:
    """The options of a ``StudentOptions``, which the command receives as ``student``."""

    @click.option(
        "--net",
        metavar="FILE:CLASS",
        help="Check this class, which somebody else wrote, instead of a network of gradcheck's "
        "own. Its code runs in a child process.",
    )
    @jobs_option
    @click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        help="With --net: the longest that any one call of the class may take.",
    )
    @memory_option
    @functools.wraps(command)
    def with_student(
        net: str | None, jobs: int | None, timeout: float, memory: int, **given: Any
    ) -> Any:
        path, class_name = _path_and_class(net) if net is not None else (None, "")
        _expect_meaning(net is not None)
        student = StudentOptions(
            path=path,
            class_name=class_name,
            cost=given["asked"].cost if _is_given("cost") else None,
            jobs=jobs or 1,
            limits=(timeout, None, memory),
        )
        return command(student=student, **given)

    decorated: Callable[..., Any] = with_student
    return decorated


def _path_and_class(net: str) -> tuple[Path, str]:
    """A file and a class; the class is Network unless another is named."""
    file, colon, name = net.rpartition(":")
    if not colon or not name.isidentifier():  # C:\homework.py has a colon too
        file, name = net, "Network"
    if not file or (colon and net.endswith(":")):
        raise BadInput(f"--net {net!r} names no file and class; give homework.py:Network")
    return Path(file).expanduser(), name


def _is_given(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source not in (None, ParameterSource.DEFAULT)


def _expect_meaning(with_net: bool) -> None:
    """See that no option was given that would be passed over in silence."""
    if not with_net:
        for name in THEIRS:
            if _is_given(name):
                raise BadInput(f"--{name} has a meaning with --net FILE:CLASS only; leave it out")
        return
    for name, why in OURS.items():
        if _is_given(name):
            option = "init" if name == "initialisation" else name
            raise BadInput(f"--{option} has no meaning with --net: {why}; leave it out")
