"""``gradcheck page``: backprop and equation (46) at work, in a browser."""

import click

from gradcheck.commands.options.page import PageOptions, page_options
from gradcheck.commands.output.exit_code import ExitCode


@click.command()
@page_options
def page(asked: PageOptions) -> ExitCode:
    """Write a page that shows backprop and equation (46) at work.

    The page is one HTML file. Open it in any browser; it needs no internet and no installation. It
    shows a small network that computes while you look at it: forward, then backward, one of the
    five steps at a time, with all numbers. Click a weight or bias to see its chain of factors, and
    equation (46) beside it. Drag it, change epsilon, or plant a mistake, and look at what follows.

    \b
    Examples:
      gradcheck page -o backprop.html
      gradcheck page --sizes 4,5,3 --activation tanh -o page.html
      gradcheck page --sizes 3,3,2 --bug derivative-twice -o page.html
      gradcheck page --sizes 16,10,10 --data drawn -o digits.html

    Exit code: 0 done, 2 bad input, 130 interrupted.
    """
    asked.expect_consistent()
    from gradcheck.commands.runs.live_page import write_live_page

    click.echo(write_live_page(asked))
    return ExitCode.OK
