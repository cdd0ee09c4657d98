"""The functions that may update the arrays, by their names and by what they take."""

import re

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.returned import backwards
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["trainers"]

TRAINER = re.compile(
    r".*(train|fit|learn|update|step|descent|sgd|optimi|back|adjust|teach).*|iterate", re.IGNORECASE
)
NOT_TRAINER = re.compile(
    r".*(test|plot|load|save|predict|accura|init|evaluat|numeric|check|rate|history|until).*",
    re.IGNORECASE,
)


def trainers(code: Code) -> list[tuple[str, ...]]:
    """The functions, or two of them one after the other, that may update the arrays."""
    found: list[tuple[str, ...]] = []
    finishing = []
    for name in code.names:
        plain = in_english(name)
        if not TRAINER.fullmatch(plain) or NOT_TRAINER.fullmatch(plain):
            continue
        roles = roles_in(code.function(name))
        needed = {role for role, is_needed in roles.values() if is_needed}
        if Role.ARRIVING in needed:
            continue
        if {Role.TARGETS, Role.EXAMPLES} & {role for role, _ in roles.values()}:
            found.append((name,))
        elif not needed & {Role.INPUTS, Role.OUTPUT}:
            finishing.append(name)
    found.sort(key=lambda names: _order(names[0]))
    alone = [(name,) for name in finishing]  # of an object that holds its examples
    pairs = [(one, last) for one in backwards(code) for last in finishing if one != last]
    return [*found, *alone, *pairs]


def _order(name: str) -> int:
    """A sorting key: smaller for functions that make one step than for those that make many."""
    plain = in_english(name).lower()
    words = ("step", "batch", "back", "update", "train", "fit")
    return next((place for place, word in enumerate(words) if word in plain), len(words))
