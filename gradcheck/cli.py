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

from gradcheck.commands.shared import ExitCode, close_output
from nets.errors import BadInput

__all__ = ["COMMANDS", "cli", "main"]

# Name on the command line, and the line that --help shows without loading the command.
COMMANDS = {
    "verify": "Is this network's backprop right?",
    "bugs": "The mistakes in backprop that verify can plant.",
    "train": "Train a network on digits, and check its gradient on the way.",
    "cost-compare": "Why backprop costs about two forward passes.",
    "digits": "The digits that networks are trained on, each with its label.",
    "doctor": "What is there to work with, and what is missing.",
    "step-sweep": "What is a good epsilon? The error against the step.",
    "grade": "Check a whole class's homework.",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of ``gradcheck.commands``, imported when needed."""

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
        """Find the command, or say which there are."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            meant = f"did you mean {near[0]}? T" if near else "t"
            ctx.fail(f"no command {args[0]!r}; {meant}here are {', '.join(COMMANDS)}")
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
    """Run the command line and exit with the code of design: 0, 1, 2, 3, 70 or 130."""
    _survive_any_terminal()
    if threading.current_thread() is threading.main_thread():
        # So that what is being written is cleared away.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        # Not click's own main: that turns a closed pipe into exit code 1, which means more here.
        given = sys.argv[1:] if arguments is None else arguments
        with cli.make_context("gradcheck", list(given)) as context:
            code = cli.invoke(context) or ExitCode.OK
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        code = ExitCode(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        code = _say(error.format_message(), ExitCode.BAD_INPUT)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "gradcheck"
        message = _one_line(error.format_message()).rstrip(".")
        code = _say(f"gradcheck: {message}; {path} --help tells more", ExitCode.BAD_INPUT)
    except (click.ClickException, BadInput) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        code = _say(f"gradcheck: {_one_line(message)}", ExitCode.BAD_INPUT)
    except MemoryError as error:
        detail = f" ({_one_line(str(error))})" if str(error) else ""
        mend = "take smaller layers, batches or files"
        code = _say(f"gradcheck: out of memory{detail}; {mend}", ExitCode.BAD_INPUT)
    except (KeyboardInterrupt, click.exceptions.Abort):
        below = "\n" if sys.stderr.isatty() else ""  # the terminal's own ^C
        code = _say(f"{below}gradcheck: interrupted", ExitCode.INTERRUPTED)
    except BrokenPipeError:  # click's own pages, such as --help, piped into head
        close_output()
        code = ExitCode.OK
    except OSError as error:  # a full disk under click's own pages, say
        close_output()
        code = _say(f"gradcheck: {_one_line(str(error))}", ExitCode.BAD_INPUT)
    try:
        sys.stdout.flush()
    except OSError:
        close_output()
    sys.exit(int(code))


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _say(message: str, code: ExitCode) -> ExitCode:
    with contextlib.suppress(OSError):  # nobody to tell
        click.echo(message, err=True)
    return code


def _survive_any_terminal() -> None:
    """Streams that are closed, or cannot print every character, must not end the program."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
