"""``gradcheck bugs``: the mistakes that can be planted."""

import click

from gradcheck.commands.options.output import OutputOptions, output_options
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import show, write_json
from nets.errors import BadInput


@click.command()
@click.argument("name", required=False)
@output_options(plot="With NAME: draw the errors of this mistake, counted in error bars,")
def bugs(name: str | None, output: OutputOptions) -> ExitCode:
    """List the mistakes that people make in backprop, and that verify --bug can plant.

    With NAME it shows one of them: what it is, why people make it, the right and the wrong line,
    and how it shows in the numbers of a small network. NAME may also be another name that verify
    puts behind a likely mistake, such as all-zero.

    \b
    Examples:
      gradcheck bugs
      gradcheck bugs missing-activation-derivative
      gradcheck bugs all-zero
      gradcheck verify --sizes 20,15,5 --bug missing-activation-derivative

    Exit code: 0 done, 2 there is no such mistake.
    """
    output.expect_writable_files()
    if name is not None:
        from gradcheck.commands.runs.one_bug import show_one_bug

        return show_one_bug(name, output)
    if output.plot is not None:
        raise BadInput("--plot draws one mistake; give its NAME, such as sign-flipped")
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
