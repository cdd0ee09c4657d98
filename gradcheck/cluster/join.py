"""Start or join the cluster that ``--cluster`` names."""

import contextlib
import logging
import multiprocessing
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gradcheck.cluster.address import local_workers, scheduler_address
from gradcheck.cluster.dask_executor import DaskExecutor
from gradcheck.cluster.versions import expect_same, versions_here
from nets.errors import BadInput

__all__ = ["INSTALL", "expect_workers", "joined"]

INSTALL = 'pip install "gradcheck[cluster]"'
# Seconds that Dask may take to shake hands with it.
JOIN_SECONDS = 10.0
# Seconds that the first worker of a cluster may take to come.
FIRST_WORKER_SECONDS = 20.0
# Seconds that a client, or the workers of this computer, may take to close.
CLOSING_SECONDS = 10.0
# What Dask calls the process of a worker.
WORKER_NAME = "Dask Worker"
# A worker of ours ignores Ctrl-C: a terminal sends it to all processes, and this one alone
# answers it. A worker would print a traceback.
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


@contextmanager
def joined(cluster: str) -> Iterator[DaskExecutor]:
    """The workers of a cluster, for as long as the context lasts.

    Args:
        cluster: ``local`` or ``local:N`` starts N workers on this computer and ends them;
            ``tcp://host:port`` and the path of a scheduler file join workers that run already.

    Raises:
        BadInput: nothing is there, Dask is not installed, or a worker has other versions.

    """
    workers = local_workers(cluster)
    address = "" if workers else scheduler_address(cluster)
    distributed = _dask()
    with contextlib.ExitStack() as closing:
        closing.enter_context(warnings.catch_warnings())
        # A folder of a student may be large; it is sent once all the same.
        warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
        if workers:
            address = closing.enter_context(_local(distributed, workers))
        client = closing.enter_context(_client(distributed, address))
        expect_workers(client, cluster)
        yield DaskExecutor(client)


def _dask() -> Any:
    """The package ``distributed``.

    Raises:
        BadInput: it is not installed.

    """
    try:
        import distributed
    except ImportError as error:
        raise BadInput(f"--cluster needs Dask's package distributed: {INSTALL}") from error
    return distributed


@contextmanager
def _local(distributed: Any, workers: int) -> Iterator[str]:
    """Workers on this computer, each a process with one thread; the address of their scheduler."""
    others = set(multiprocessing.active_children())
    cluster = distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        preload=[DEAF],
        memory_limit=0,  # the limits of a student's code are its own
        silence_logs=logging.CRITICAL,
    )
    try:
        yield cluster.scheduler_address
    finally:
        _close(cluster.close)
        # A worker that does not answer, or that was being started just now, is ended all the same.
        for process in set(multiprocessing.active_children()) - others:
            if process.name.startswith(WORKER_NAME):
                process.kill()


def _close(close: Callable[..., None]) -> None:
    """Close something of Dask. What happened before is told, not that this took too long."""
    with contextlib.suppress(TimeoutError):
        close(timeout=CLOSING_SECONDS)


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    """A client of the scheduler at an address.

    Raises:
        BadInput: whatever listens there is no scheduler of Dask that this client understands.

    """
    # Our own lines say what is wrong. Dask has set a level for some of its loggers by themselves.
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = distributed.Client(address, timeout=JOIN_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        detail = " ".join(str(error).split())
        raise BadInput(f"the scheduler at {address} cannot be joined: {detail}") from error
    try:
        yield client
    finally:
        _close(client.close)


def expect_workers(client: Any, cluster: str) -> None:
    """Check that there is a worker, and that all have the versions of this process.

    Raises:
        BadInput: there is none, or some version differs.

    """
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER_SECONDS)
    except TimeoutError as error:
        raise BadInput(
            f"the cluster {cluster} has no worker after {FIRST_WORKER_SECONDS:.0f} seconds; start "
            "some, such as with dask worker"
        ) from error
    for worker, found in client.run(versions_here, on_error="return").items():
        if isinstance(found, BaseException):
            detail = " ".join(str(found).split())
            raise BadInput(
                f"the worker {worker} cannot run gradcheck ({detail}); install the same version on "
                "all computers. Nothing was computed"
            )
        expect_same(worker, found)
