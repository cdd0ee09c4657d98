"""How many arrays a part of an assignment has, where the check could not be done."""

import re

from gradcheck.homework.argument_names import ROLES, is_auxiliary
from gradcheck.homework.known_operations.comparison import roles_named
from gradcheck.homework.submission import Submission

__all__ = ["assigned_arrays"]


def assigned_arrays(how: Submission) -> int:
    """How many gradients a part should give: as the assignment says, or as its name says.

    Args:
        how: the part is checked.

    Returns:
        At least 1: if neither says it, the part counts as one array.

    >>> from pathlib import Path
    >>> assigned_arrays(Submission(Path("here"), "Network", (5, 4, 3)))
    4
    >>> assigned_arrays(Submission(Path("here"), "affine_forward"))
    3

    """
    if how.sizes is not None:
        return 2 * (len(how.sizes) - 1)
    names = list(how.shapes) or list(roles_named(how.class_name or ""))
    others = [
        name
        for name in names
        if re.fullmatch(ROLES["y"], name, re.IGNORECASE) or is_auxiliary(name)
    ]
    return max(1, len(names) - len(others))
