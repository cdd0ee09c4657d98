"""Sphinx extension: the page ``commands``, generated from the commands."""

import inspect
import re
from collections.abc import Iterator

import click
from sphinx.application import Sphinx

from gradcheck.cli import cli

OPTION = re.compile(r"(--[a-z][a-z-]*)")


def commands_as_markdown() -> str:
    """A section for each command: its usage, its help text, and its options."""
    context = click.Context(cli, info_name="gradcheck")
    pieces: list[str] = []
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            pieces += _section(command, click.Context(command, context, info_name=name))
    return "\n\n".join(pieces) + "\n"


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}"
    usage = " ".join(command.collect_usage_pieces(context))
    yield _literal(f"{context.command_path} {usage}")
    yield from _paragraphs(inspect.cleandoc(command.help or ""))
    yield f"**Options of** `{context.command_path}`"
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            yield f"`{record[0]}`\n: {_escaped(record[1])}"


def _paragraphs(text: str) -> Iterator[str]:
    r"""The paragraphs of a help text; those after ``\b``, which click never wraps, are literal."""
    for block in re.split(r"\n\s*\n", text):
        lines = block.splitlines()
        if lines[0].strip() == "\b":
            head, *rest = lines[1:]
            yield _escaped(head)
            yield _literal(inspect.cleandoc("\n".join(["", *rest])))
        elif block.startswith("    "):
            yield _literal(inspect.cleandoc("\n" + block))
        else:
            yield _escaped(block)


def _literal(text: str) -> str:
    return f"```\n{text}\n```"


def _escaped(text: str) -> str:
    """The text in Markdown; names of options are code, or Sphinx would write a dash for ``--``."""
    return "".join(
        f"`{piece}`" if OPTION.fullmatch(piece) else re.sub(r"([\\`*_{}\[\]<>$|#])", r"\\\1", piece)
        for piece in OPTION.split(text)
    )


def _append(app: Sphinx, document: str, source: list[str]) -> None:
    if document == "commands":
        source[0] = f"{source[0]}\n{commands_as_markdown()}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("source-read", _append)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
