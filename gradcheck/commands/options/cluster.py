"""The option --cluster."""

import click

__all__ = ["cluster_option"]

cluster_option = click.option(
    "--cluster",
    metavar="local[:N]|tcp://HOST:PORT|FILE.json",
    default=None,
    help="Do the work on a Dask cluster. local starts workers on this computer, N of them or one "
    "on each core; the others join a cluster that runs. See the page on clusters.",
)
