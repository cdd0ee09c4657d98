"""The options for a class from somebody's file: where it is, and what its code may use."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.adapter import adapter_option
from gradcheck.commands.options.arrays import arrays_option
from gradcheck.commands.options.choices import CLASS_COST_NAMES
from gradcheck.commands.options.common import jobs_option, memory_option
from gradcheck.commands.options.gather import is_typed, options_as
from gradcheck.commands.options.param_type import ParamType
from nets.errors import BadInput

__all__ = ["ClassInFile", "StudentOptions", "student_options", "timeout_option"]

# Options that describe one of gradcheck's own networks, or how it is computed, and why each is no
# use for another class.
OURS = {
    "activation": "the class has its own activation",
    "initialisation": "the class draws its own weights",
    "dtype": "the check uses float64",
    "engine": "gradcheck can only ask the class for its cost, which is the engine one-by-one",
    "threads": "the batched engine needs one of gradcheck's own networks; use --jobs",
    "weights": "the class draws its own weights",
    "entries": "it is for gradcheck's own networks",
    "cluster": "its code runs on this computer; gradcheck grade uses a cluster",
    "device": "the code of the class decides where it computes",
    "bug": "mistakes can only be planted in gradcheck's own networks",
}
# By their variables, as click calls them.
THEIRS = {
    "jobs": "jobs",
    "timeout": "timeout",
    "memory": "memory",
    "strict": "strict",
    "shapes": "arrays",
    "adapter": "adapter",
}


@dataclass(frozen=True)
class ClassInFile:
    """A file, and the class or function in it; None where the file leaves no doubt."""

    path: Path
    name: str | None

    def title(self, found: str = "") -> str:
        """Such as ``homework.py:Network``.

        Args:
            found: the name that was found, where none was given.

        """
        name = self.name or found
        return f"{self.path.name}:{name}" if name else self.path.name


class ClassInFileType(ParamType[ClassInFile]):
    """A file and a class or function, such as ``homework.py:Network``; or the file alone."""

    name = "FILE:CLASS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> ClassInFile:
        """Parse the file and the class, or say what is missing."""
        if isinstance(value, ClassInFile):
            return value
        file, colon, typed = str(value).rpartition(":")
        name: str | None = typed
        if not colon or not typed.isidentifier():  # the path C:\homework.py has a colon too
            file, name = str(value), None
        if not file or (colon and str(value).endswith(":")):
            self.fail(f"{value!r} should be a file and a class, such as homework.py:Network")
        return ClassInFile(Path(file).expanduser(), name)


@dataclass(frozen=True)
class StudentOptions:
    """The class to check, and limits on its code; ``net`` is None for one of our networks.

    Attributes:
        net: the file and the class.
        jobs: how many processes work at the same time; None for one.
        timeout: the most seconds for one call of the class.
        memory: the most megabytes for the class, beyond Python and NumPy.
        strict: whether agreement to some digits is not enough, nor right numbers with a fault.
        shapes: of the arrays that a function takes, by name.
        adapter: a file that says how the code is read; None to find it out.

    """

    net: ClassInFile | None
    jobs: int | None
    timeout: float
    memory: int
    strict: bool
    shapes: dict[str, tuple[int, ...]]
    adapter: Path | None

    def expect_consistent(self) -> None:
        """Check that no option was typed that would be ignored.

        Raises:
            BadInput: one was.

        """
        if self.net is None:
            for name in filter(is_typed, THEIRS):
                raise BadInput(
                    f"--{THEIRS[name]} can only be used with --net FILE:CLASS; leave it out"
                )
        cost = click.get_current_context().params.get("cost")
        if self.net is None and cost in CLASS_COST_NAMES:
            raise BadInput(f"--cost {cost} can only be used with --net FILE:CLASS; use quadratic")
        for name in filter(is_typed, OURS if self.net is not None else ()):
            option = "init" if name == "initialisation" else name
            raise BadInput(f"--{option} cannot be used with --net: {OURS[name]}; leave it out")


def timeout_option(help_text: str, default: float) -> Callable[[Any], Any]:
    """The option --timeout, with what it limits in a command."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        default=default,
        show_default=True,
        metavar="SECONDS",
        help=help_text,
    )


def student_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a ``StudentOptions``, which the command receives as ``student``."""
    return options_as(
        "student",
        StudentOptions,
        click.option(
            "--net",
            type=ClassInFileType(),
            metavar="FILE:CLASS",
            help="Check this class or function, from anybody's Python file or notebook, instead of "
            "one of gradcheck's own networks. The name may be left out where the file leaves no "
            "doubt. Its code runs in a separate process.",
        ),
        arrays_option,
        adapter_option("With --net: a"),
        jobs_option("With --net: how many processes work at the same time. Default: 1."),
        timeout_option("With --net: how long one call of the class may take.", 60.0),
        memory_option("With --net: how much memory the class may use"),
        click.option(
            "--strict",
            is_flag=True,
            help="With --net: gradients that agree to 4 digits, but not within their error bars, "
            "disagree; and a backward function that changes its arguments does not pass. Otherwise "
            "there is only a remark.",
        ),
    )(command)
