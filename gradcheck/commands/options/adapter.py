"""The option --adapter: a file of the user's own that says how somebody's code is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

__all__ = ["adapter_option"]


def adapter_option(beginning: str) -> Callable[[Any], Any]:
    """The option --adapter.

    Args:
        beginning: of the help text, up to ``Python file``.

    """
    return click.option(
        "--adapter",
        type=click.Path(path_type=Path),
        metavar="FILE.py",
        help=f"{beginning} Python file with a function build(module, sizes) that returns the "
        "arrays, the cost and the gradients of the code: for code in no format that gradcheck "
        "knows. One adapter serves all submissions that follow one template.",
    )
