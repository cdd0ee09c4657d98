"""``gradcheck bugs``: the mistakes that can be planted."""

import json
import sys

import click

from gradcheck.commands.shared import ExitCode, json_option, plain_option, write_out


@click.command()
@json_option
@plain_option
def bugs(as_json: bool, plain: bool) -> ExitCode:
    """List the mistakes that people make in backprop, and that verify --bug plants.

    \b
    Examples:
      gradcheck bugs
      gradcheck verify --sizes 20,15,5 --bug missing-activation-derivative

    Exit code: 0.
    """
    from gradcheck.bugs.chain_rule import CHAIN_RULE
    from gradcheck.bugs.zoo import BUGS
    from gradcheck.show.text import Table, rendered

    if as_json:
        listed = [{"name": bug.name, "step": bug.step, "says": bug.says} for bug in BUGS.values()]
        summary = {"schema_version": 1, "command": "bugs", "bugs": listed}
        write_out(json.dumps(summary, indent=2) + "\n")
        return ExitCode.OK
    tables = []
    for step in CHAIN_RULE:
        rows = tuple((bug.name, bug.says) for bug in BUGS.values() if bug.step == step)
        if rows:
            tables.append(Table(f"In {step}", ("bug", "the mistake"), rows, left=2))
    write_out(rendered(tables, sys.stdout, plain=plain))
    return ExitCode.OK
