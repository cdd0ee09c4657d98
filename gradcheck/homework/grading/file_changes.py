"""Which files of a folder were written, changed and deleted between two times."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from gradcheck.homework.grading.homework_file import name_text

__all__ = ["State", "changes_of", "listed", "state_of"]

# Each file, by its path, with its size in bytes and the time of its last change in nanoseconds.
State = Mapping[str, tuple[int, int]]
NAMES_LISTED = 3  # of files, in a remark


def state_of(root: Path) -> State:
    """The files below the folder of a workplace; those of its folder ``homework`` by themselves.

    What Python compiled is left out.

    Args:
        root: of the workplace.

    """
    found = {}
    for where, folders, names in os.walk(root):
        folders[:] = [each for each in folders if each != "__pycache__"]
        for name in names:
            path = Path(where) / name
            with contextlib.suppress(OSError):
                state = path.lstat()
                inside = path.relative_to(root).as_posix().removeprefix("homework/")
                found[name_text(inside)] = (state.st_size, state.st_mtime_ns)
    return found


def changes_of(before: State, after: State) -> list[str]:
    """What happened to the files, a sentence for each kind of change.

    Args:
        before: the files at first.
        after: the files later.

    >>> changes_of({"a": (1, 0), "b": (1, 0)}, {"a": (2, 5), "c": (0, 3)})
    ['It wrote 1 file: c.', 'It changed 1 file: a.', 'It deleted 1 file: b.']

    """
    written = [each for each in after if each not in before]
    changed = [each for each in after if before.get(each, after[each]) != after[each]]
    deleted = [each for each in before if each not in after]
    return [
        f"It {verb} {len(names)} {'file' if len(names) == 1 else 'files'}: {listed(sorted(names))}."
        for verb, names in (("wrote", written), ("changed", changed), ("deleted", deleted))
        if names
    ]


def listed(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are.

    >>> listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
    ('a, b', 'a, b, c and 2 more')

    """
    others = len(names) - NAMES_LISTED
    return ", ".join(names[:NAMES_LISTED]) + (f" and {others} more" if others > 0 else "")
