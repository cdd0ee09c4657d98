"""Sphinx extension: show docstrings and signatures as they are meant.

In reStructuredText ``|w|`` names a substitution; in our docstrings it is the size of w. A NumPy
array is shown as ``ndarray``, without its type parameters.
"""

import re
from typing import Any

from sphinx.application import Sphinx


def _keep_bars(
    app: Sphinx, what: str, name: str, documented: Any, options: Any, lines: list[str]
) -> None:
    for position, line in enumerate(lines):
        pieces = re.split(r"(``.*?``)", line)  # literals are at odd positions
        pieces[::2] = [piece.replace("|", r"\|") for piece in pieces[::2]]
        lines[position] = "".join(pieces)


def _name_arrays_shortly(
    app: Sphinx,
    what: str,
    name: str,
    documented: Any,
    options: Any,
    signature: str | None,
    returned: str | None,
) -> tuple[str | None, str | None]:
    def shorter(text: str | None) -> str | None:
        return text and re.sub(r"ndarray\[tuple\[.*?\], [\w.~]*dtype\[.*?\]\]", "ndarray", text)

    return shorter(signature), shorter(returned)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("autodoc-process-docstring", _keep_bars)
    app.connect("autodoc-process-signature", _name_arrays_shortly)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
