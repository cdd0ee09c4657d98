"""The workers that ``--cluster`` asks for."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["workers_of"]


def workers_of(cluster: str | None) -> "AbstractContextManager[Executor | None]":
    """The workers of a cluster, as a context; None in it if no cluster was asked for.

    Raises:
        BadInput: nothing is there, Dask is not installed, or a worker has other versions.

    """
    if cluster is None:
        return nullcontext()
    from gradcheck.cluster.join import joined

    return joined(cluster)
