"""``gradcheck bugs``: the mistakes that can be planted."""

import click

from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import show, write_json


@click.command()
@output_options()
def bugs(output: OutputOptions) -> ExitCode:
    """List the mistakes that people make in backprop, and that verify --bug can plant.

    \b
    Examples:
      gradcheck bugs
      gradcheck verify --sizes 20,15,5 --bug missing-activation-derivative

    Exit code: 0.
    """
    from gradcheck.bugs.chain_rule import CHAIN_RULE
    from gradcheck.bugs.zoo import BUGS
    from gradcheck.show.text import Table

    if output.as_json:
        listed = [{"name": bug.name, "step": bug.step, "says": bug.says} for bug in BUGS.values()]
        write_json("bugs", {"bugs": listed})
        return ExitCode.OK
    tables = []
    for step in CHAIN_RULE:
        rows = tuple((bug.name, bug.says) for bug in BUGS.values() if bug.step == step)
        if rows:
            tables.append(Table(f"In {step}", ("bug", "the mistake"), rows, left=2))
    show(tables, plain=output.plain)
    return ExitCode.OK
