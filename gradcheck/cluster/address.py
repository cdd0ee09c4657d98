"""What ``--cluster`` names: workers to start on this computer, or the address of a scheduler."""

import json
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

from nets.errors import BadInput, unreadable

__all__ = ["address_in_file", "expect_listening", "local_workers", "scheduler_address"]

LOCAL = "local"
FORMS = "local, local:2, tcp://host:8786, or the scheduler file of a cluster, such as cluster.json"
# Seconds that a scheduler may take to accept a connection. Across the world it takes less than one.
CONNECT_SECONDS = 5.0
MOST_WORKERS = 1024  # on one computer: each is a process


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


def scheduler_address(cluster: str) -> str:
    """The address of the scheduler that a text names; it listens there.

    Raises:
        BadInput: the text names no cluster, or nothing listens.

    """
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
