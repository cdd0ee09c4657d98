"""Start or join the cluster that ``--cluster`` names."""

import contextlib
import json
import logging
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gradcheck.cluster.dask_executor import DaskExecutor
from gradcheck.cluster.versions import expect_same, versions_here
from nets.errors import BadInput, unreadable

__all__ = [
    "INSTALL",
    "address_in_file",
    "expect_listening",
    "expect_workers",
    "joined",
    "local_workers",
]

LOCAL = "local"
FORMS = "local, local:2, tcp://host:8786, or the scheduler file of a cluster, such as cluster.json"
INSTALL = 'pip install "gradcheck[cluster]"'
# Seconds that a scheduler may take to accept a connection. Over the world it takes less than one.
CONNECT_SECONDS = 5.0
# Seconds that Dask may take to shake hands with it.
JOIN_SECONDS = 10.0
# Seconds that the first worker of a cluster may take to come.
FIRST_WORKER_SECONDS = 20.0
# What a worker of ours does first: a terminal sends Ctrl-C to all processes, and this one alone
# answers it. A worker would print a traceback.
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
MOST_WORKERS = 1024  # on one computer: each is a process


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
    address = "" if workers else _address(cluster)
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


def local_workers(cluster: str) -> int:
    """How many workers ``local`` or ``local:N`` starts; 0 if the text is neither.

    Raises:
        BadInput: N is no number of workers.

    >>> local_workers("local:2"), local_workers("tcp://host:8786")
    (2, 0)

    """
    name, colon, count = cluster.partition(":")
    if name != LOCAL:
        return 0
    if not colon:
        return os.cpu_count() or 1
    if not (count.isascii() and count.isdecimal() and 1 <= int(count) <= MOST_WORKERS):
        raise BadInput(
            f"--cluster {cluster} does not say how many workers to start; give a number from 1 to "
            f"{MOST_WORKERS:,}, such as local:2"
        )
    return int(count)


def _address(cluster: str) -> str:
    """The address of the scheduler, which listens there."""
    if "://" in cluster:
        address = cluster
    elif cluster.endswith(".json"):
        address = address_in_file(Path(cluster))
    else:
        raise BadInput(f"--cluster {cluster!r} is no cluster; give {FORMS}")
    expect_listening(address)
    return address


def address_in_file(path: Path) -> str:
    """The address in a scheduler file, which ``dask scheduler --scheduler-file`` writes.

    Raises:
        BadInput: it cannot be read, or there is no address in it.

    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return str(content["address"])
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{path} is no scheduler file of Dask: it has no address. dask scheduler "
            f"--scheduler-file {path.name} writes one"
        ) from error


def expect_listening(address: str) -> None:
    """Check that somebody accepts connections at an address.

    Raises:
        BadInput: nobody does, or the text is no address.

    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if parts.scheme not in ("tcp", "tls") or host is None or port is None:
        raise BadInput(f"{address} is no address of a scheduler; give one like tcp://host:8786")
    try:
        socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
    except OSError as error:
        raise BadInput(
            f"no scheduler answers at {address} ({error.strerror or error}); is it running, and "
            "may this computer reach it?"
        ) from error


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
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        preload=[DEAF],
        memory_limit=0,  # the limits of a student's code are its own
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster.scheduler_address


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
        client.close()


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
