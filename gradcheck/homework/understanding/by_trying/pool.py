"""The values that a student's functions can receive, and how a function is called with them."""

import inspect
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of

__all__ = ["Pool", "roles_in"]

# These are given even where the function has a default for them.
ALWAYS_GIVEN = (
    *(Role.INPUTS, Role.TARGETS, Role.EXAMPLES, Role.RATE, Role.ROUNDS, Role.COUNT, Role.STRENGTH),
    *(Role.KEEP, Role.MOMENTUM, Role.CACHE, Role.PARAMETERS, Role.OUTPUT),
)
SWITCHED_OFF = False


@dataclass(frozen=True)
class Pool:
    """Values for arguments.

    Attributes:
        by_role: values for what an argument is for.
        by_name: values for arguments of these very names, such as ``W1`` or ``Z2``.

    """

    by_role: Mapping[Role, Any] = field(default_factory=dict)
    by_name: Mapping[str, Any] = field(default_factory=dict)

    def having(self, **more: Any) -> "Pool":
        """The same pool with more values by name."""
        return Pool(self.by_role, {**self.by_name, **more})

    def with_roles(self, more: Mapping[Role, Any]) -> "Pool":
        """The same pool with more values by role; None is left out."""
        new = {role: value for role, value in more.items() if value is not None}
        return Pool({**self.by_role, **new}, self.by_name)

    def arguments_for(self, function: Callable[..., Any], name: str) -> dict[str, Any]:
        """The arguments for a call, by name.

        Raises:
            StudentError: one that it needs is not in the pool.

        """
        roles = roles_in(function, self.by_name)
        found: dict[str, Any] = {}
        missing = []
        for argument, (role, needed) in roles.items():
            if self._is_known(argument):
                found[argument] = self.by_name[argument]
            elif role is not None and role in self.by_role and (needed or role in ALWAYS_GIVEN):
                found[argument] = self.by_role[role]
            elif role is Role.SWITCH:
                found[argument] = SWITCHED_OFF
            elif needed:
                missing.append(argument)
        if missing:
            raise StudentError(
                f"{name} takes ({', '.join(roles)}), and {', '.join(missing)} has no known meaning"
            )
        return found

    def _is_known(self, argument: str) -> bool:
        """Whether an argument receives the value with exactly its name, and not that of its role.

        An argument with the name of an array is given that array. Arguments such as x and y are
        given the examples, whatever has their name; only a dict is given by its name, such as
        the inputs of all steps that a recurrent forward pass returned.
        """
        if argument not in self.by_name:
            return False
        is_examples = role_of(argument) in (Role.INPUTS, Role.TARGETS)
        return not is_examples or isinstance(self.by_name[argument], dict)


def roles_in(
    function: Callable[..., Any], known: Container[str] = ()
) -> dict[str, tuple[Role | None, bool]]:
    """What each argument of a function is for, and whether it must be given.

    Two arguments without a known meaning, or one after the inputs, are inputs and targets.

    Args:
        function: whose arguments they are.
        known: names whose values are known without a role.
    """
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return {}
    parameters = [
        each
        for each in parameters
        if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD, each.POSITIONAL_ONLY)
    ]
    found = {each.name: (role_of(each.name), each.default is each.empty) for each in parameters}
    roles = [role for role, _ in found.values()]
    if {Role.TARGETS, Role.EXAMPLES} <= set(roles) and Role.INPUTS not in roles:
        # examples beside answers are the inputs alone
        found = {
            name: (Role.INPUTS if role is Role.EXAMPLES else role, needed)
            for name, (role, needed) in found.items()
        }
    if Role.TARGETS not in roles and Role.EXAMPLES not in roles:
        outputs = [name for name, (role, _) in found.items() if role is Role.OUTPUT]
        if outputs and Role.INPUTS in roles:
            found[outputs[-1]] = Role.TARGETS, found[outputs[-1]][1]
    _fill_unknown(found, known)
    return found


def _fill_unknown(found: dict[str, tuple[Role | None, bool]], known: Container[str]) -> None:
    """Take arguments without a known meaning for the inputs and the targets, in this order."""
    roles = {role for role, _ in found.values()}
    if Role.EXAMPLES in roles or Role.ARRIVING in roles:
        return
    unknown = [
        name
        for name, (role, needed) in found.items()
        if role is None and needed and name not in known
    ]
    free = [role for role in (Role.INPUTS, Role.TARGETS) if role not in roles]
    if len(unknown) <= len(free):
        for name, role in zip(unknown, free, strict=False):
            found[name] = role, True
