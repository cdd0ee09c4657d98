"""The command ``gradcheck``: a group that loads each command when it is called."""

import contextlib
import importlib
import os
import signal
import sys
import threading
from difflib import get_close_matches
from typing import NoReturn

import click

from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import close_output, notice
from nets.errors import BadInput

__all__ = ["COMMANDS", "cli", "main", "run_command"]

# What ``gradcheck`` alone shows: three commands to begin with, and where to find the others.
BEGINNING = """\
gradcheck tells you whether a backprop is right. Three things to type:

  gradcheck verify --sizes 784,30,10        check a network, all 23,860 slopes
  gradcheck verify --net homework.py        check code of your own
  gradcheck verify --bug random --hints 1   find a mistake that is planted

gradcheck --help lists all commands. gradcheck verify --help explains one.
"""
# The variable in which a shell asks what may come next; see ``docs/commands.md``.
COMPLETION = "_GRADCHECK_COMPLETE"

# The name of each command, and the line that --help shows without loading the command.
COMMANDS = {
    "verify": "Is this network's backprop right?",
    "bugs": "List the mistakes that verify can plant in backprop.",
    "exercise": "Write code with one mistake in it, for students to mend.",
    "train": "Train a network on digits, and check its gradient on the way.",
    "cost-compare": "Why backprop costs about two forward passes.",
    "digits": "Show the digits that networks are trained on.",
    "doctor": "Show what this computer has, and what is missing.",
    "page": "Write a page that shows backprop and (46) at work.",
    "explain": "Show backprop and (46) step by step, with numbers.",
    "step-sweep": "What is a good epsilon? The error for each step.",
    "grade": "Check the homework of a whole class.",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of ``gradcheck.commands``, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = cmd_name.replace("-", "_")
        command: click.Command = getattr(
            importlib.import_module(f"gradcheck.commands.{module}"), module
        )
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with a list of the commands."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            meant = f"did you mean {near[0]}? The" if near else "the"
            ctx.fail(f"no command {args[0]!r}; {meant} commands are {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gradcheck")
def cli() -> None:
    """Check backpropagation against finite differences, and see what each costs.

    \b
    Begin with:
      gradcheck verify --sizes 784,30,10
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with one of the codes of ``ExitCode``.

    Args:
        arguments: what is typed after ``gradcheck``; by default what was typed.

    """
    _survive_any_terminal()
    if threading.current_thread() is threading.main_thread():
        # As an exception, so that files and progress bars that are half written are cleared away.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if asked := os.environ.get(COMPLETION):
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(cli, {}, "gradcheck", COMPLETION, asked))
    code = run_command(sys.argv[1:] if arguments is None else list(arguments))
    try:
        sys.stdout.flush()
    except OSError:
        close_output()
    sys.exit(int(code))


def run_command(arguments: list[str]) -> ExitCode:
    """Run a command; whatever it raises becomes one line and an exit code.

    Args:
        arguments: what is typed after ``gradcheck``.

    Returns:
        The exit code. This process goes on.

    """
    try:
        # Not click's own main: that turns a closed pipe into exit code 1, which means more here.
        with cli.make_context("gradcheck", arguments) as context:
            code = cli.invoke(context) or ExitCode.OK
        sys.stdout.flush()
        return ExitCode(code)
    except click.exceptions.Exit as error:
        return ExitCode(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        with contextlib.suppress(OSError):
            alone = error.ctx is not None and error.ctx.command is cli
            click.echo(BEGINNING if alone else error.format_message(), err=True, nl=not alone)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "gradcheck"
        _tell(f"{_one_line(error.format_message()).rstrip('.')}; see {path} --help")
    except click.ClickException as error:
        _tell(error.format_message())
    except BadInput as error:
        _tell(str(error))
    except MemoryError as error:
        detail = f" ({_one_line(str(error))})" if str(error) else ""
        _tell(f"out of memory{detail}; use smaller layers, batches or files")
    except (KeyboardInterrupt, click.exceptions.Abort):
        _tell("interrupted", new_line=sys.stderr.isatty())  # the terminal itself has shown ^C
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # click's own pages, such as --help, piped into head
        close_output()
        return ExitCode.OK
    except OSError as error:  # such as a full disk under click's own pages
        close_output()
        _tell(str(error))
    return ExitCode.BAD_INPUT


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _tell(message: str, *, new_line: bool = False) -> None:
    with contextlib.suppress(OSError):  # standard error may be closed: nobody can be told
        click.echo("", nl=new_line, err=True)
        notice(_one_line(message))


def _survive_any_terminal() -> None:
    """Keep closed streams, and characters that they cannot print, from ending the program."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
