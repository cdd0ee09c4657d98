"""``%load_ext gradcheck.notebook``: the commands of gradcheck in a notebook, in every kernel.

``!gradcheck`` asks a shell for the program. In many kernels the shell does not find it, and in a
browser there is no shell. These two lines run the command in the kernel itself::

    %gradcheck verify --sizes 20,15,5            (prints what the command prints)
    lines = %gradcheck_lines bugs --plain        (the printed lines, as a list)

As with ``!``, errors are printed like everything else, and the variable ``_exit_code`` has the
exit code.
"""

import io
import os
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from gradcheck.cli import run_command

__all__ = ["load_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """Add ``%gradcheck`` and ``%gradcheck_lines`` to a notebook; IPython calls this.

    Args:
        shell: IPython's ``InteractiveShell``.

    """

    def gradcheck(line: str) -> None:
        """Run a command of gradcheck and print its output: ``%gradcheck verify --help``."""
        # Windows separates folders by the character that escapes others elsewhere.
        arguments = shlex.split(line, posix=os.name != "nt")
        with redirect_stderr(sys.stdout):
            shell.user_ns["_exit_code"] = int(run_command(arguments))

    def gradcheck_lines(line: str) -> list[str]:
        """Run a command of gradcheck and return the lines that it prints."""
        printed = io.StringIO()
        with redirect_stdout(printed):
            gradcheck(line)
        return printed.getvalue().splitlines()

    shell.register_magic_function(gradcheck, magic_name="gradcheck")
    shell.register_magic_function(gradcheck_lines, magic_name="gradcheck_lines")
