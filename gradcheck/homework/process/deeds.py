"""What a student's code does besides computing: processes, network, files outside its folders.

Python calls a hook before each of them. The hook sees what ordinary code does. It does not see code
that hides it, for instance by calling the system through ctypes.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["tell_deeds"]

# Python's names of the events, and what a remark says of them.
PROCESSES = dict.fromkeys(
    ("subprocess.Popen", "os.system", "os.fork", "os.forkpty", "os.posix_spawn", "os.startfile"),
    "It started a process",
)
OPENED, CHANGED = "It opened the network", "It changed files outside its own folder"
NETWORK = dict.fromkeys(
    ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"), OPENED
)
SIGNALS = {"os.kill": "It sent a signal", "os.killpg": "It sent a signal"}
CHANGES = dict.fromkeys(
    ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "shutil.rmtree"),
    CHANGED,
)
# What a remark says instead if isolation forbids it.
REFUSED = {
    OPENED: "It tried to open the network, which was refused",
    CHANGED: "It tried to change files outside its own folder, which was refused",
}
DEEDS = {**PROCESSES, **NETWORK, **SIGNALS}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
LONGEST = 80  # characters of the arguments in a remark


def tell_deeds(tell: Callable[[str], None], root: Path, *, isolated: bool = False) -> None:
    """Report each kind of deed once, from now on.

    Args:
        tell: is given a sentence.
        root: the code may write in this folder.
        isolated: whether isolation forbids what is outside; the hook is called before it happens.

    """
    told: set[str] = set()
    process = os.getpid()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        kind = DEEDS.get(event) or _kind_outside(event, arguments, root)
        if kind is None or kind in told or os.getpid() != process:
            return
        told.add(kind)
        with contextlib.suppress(Exception):
            shown = repr(arguments[1] if event.startswith("socket.") else arguments[0])
            # The end of a path says more than its beginning.
            shown = shown if len(shown) <= LONGEST else "..." + shown[-LONGEST:]
            said = REFUSED.get(kind, kind) if isolated else kind
            tell(f"{said}: {event} {shown}.")

    sys.addaudithook(hook)


def _kind_outside(event: str, arguments: tuple[Any, ...], root: Path) -> str | None:
    """The kind of a change of files, if it is outside the folder."""
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else None
        if not isinstance(flags, int) or not flags & WRITING:
            return None
    elif event not in CHANGES:
        return None
    path = arguments[0]
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    whole = os.path.realpath(os.fsdecode(path))
    inside = whole == str(root) or whole.startswith(str(root) + os.sep)
    if inside or whole == os.devnull:
        return None
    return CHANGED
