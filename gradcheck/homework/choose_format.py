"""Which format a student's module is in, and which object of it is meant."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.understanding.members import attributes_used
from gradcheck.homework.understanding.pieces.pieces_alone import pieces_alone

__all__ = ["Opened", "no_such_name", "open_module"]

NAMES_LISTED = 8  # in a message, at most
# The end of the message about a file that no format nearly fits.
KNOWN_FORMATS = (
    "It should have a class with backprop(x, y) or loss(x, y), layers with forward and backward, "
    "pairs of functions such as affine_forward and affine_backward, a class that trains itself, or "
    "a tape engine"
)
# Formats of this rank and higher read pieces of a network: they say nothing about the whole.
FIRST_PIECE = 50
ADAPTER = "For any other code write an adapter: --adapter FILE.py"
# The book's name for its class: it is taken where none is given and several would do.
USUAL_NAME = "Network"


@dataclass(frozen=True)
class Opened:
    """An object of a student's module, read in a format.

    Attributes:
        name: of the object.
        format: that it was read in.
        contract: what is checked.

    """

    name: str
    format: Format
    contract: Contract


@dataclass(frozen=True)
class _Choice:
    """A format and an object that it recognised."""

    format: Format
    found: Recognised


def open_module(
    module: StudentModule, asked: Asked, caller: Caller, formats: Sequence[Format]
) -> Opened:
    """Choose a format and an object, and make a contract of it.

    The format that is surest is tried first. If the object does not work in it, the next format
    that recognised the same object is tried. If nothing works, what the file imports from other
    files of the student also counts. It counts only if a name is asked for, or if the file defines
    nothing itself.

    Args:
        module: the student's.
        asked: what was asked for; its name decides if it is given.
        caller: guards the calls.
        formats: those of a lower rank first.

    Raises:
        Unread: no format fits, or several objects do.
        StudentError: the object that was recognised cannot be checked.

    """
    try:
        return _opened(module, asked, caller, formats)
    except StudentError as error:
        is_meant = asked.name is not None or not (module.classes or module.functions)
        more = module.with_imported if is_meant else None
        if more is None:
            raise
        with suppress(StudentError):
            return _opened(more, asked, caller, formats)
        raise error


def _opened(
    module: StudentModule, asked: Asked, caller: Caller, formats: Sequence[Format]
) -> Opened:
    """See ``open_module``."""
    choices, refusals = _recognised(module, asked, formats)
    if not choices:
        raise _nothing_fits(module, asked, refusals)
    name = _the_name(module, choices)
    errors: list[StudentError] = []
    for choice in _tried(module, choices, name):
        try:
            contract = choice.found.open(asked, caller)
        except StudentError as error:
            errors.append(error)
        else:
            return Opened(choice.found.name, choice.format, contract)
    if asked.name is None and name in module.classes:
        for choice in choices:
            if choice.format.rank >= FIRST_PIECE and choice.found.name not in module.names:
                with suppress(StudentError):
                    contract = pieces_alone(choice.found.open(asked, caller), name, errors, asked)
                    return Opened(choice.found.name, choice.format, contract)
    raise errors[0]


def _tried(module: StudentModule, choices: Sequence[_Choice], name: str) -> list[_Choice]:
    """What is tried: the object that is meant; after functions, other networks of the file too.

    A function alone says little: only a call shows which of several is the backward pass.
    """
    first = [choice for choice in choices if choice.found.name == name]
    if name in module.classes:
        return first
    others = [
        choice
        for choice in choices
        if choice.found.name != name
        and choice.found.name in {*module.functions, module.path.stem}
        and choice.format.rank < FIRST_PIECE
    ]
    return [*first, *others]


def _recognised(
    module: StudentModule, asked: Asked, formats: Sequence[Format]
) -> tuple[list[_Choice], list[NotMine]]:
    """All that was recognised, the surest first; and the other formats' reasons."""
    choices: list[_Choice] = []
    refusals: list[NotMine] = []
    for each in _allowed(formats, asked):
        found = each.recognise(module, asked)
        if isinstance(found, NotMine):
            refusals.append(found)
        else:
            choices += [_Choice(each, recognised) for recognised in found]
    choices.sort(key=lambda choice: (-choice.found.sureness, choice.format.rank))
    if choices and choices[0].found.sureness is Sureness.TOLD:
        choices = choices[:1]
    return choices, refusals


def _allowed(formats: Sequence[Format], asked: Asked) -> Sequence[Format]:
    """All formats, or the one that was asked for.

    Raises:
        Unread: there is no format of that name.

    """
    if asked.format is None:
        return formats
    named = {each.name: each for each in formats}
    if asked.format not in named:
        raise Unread(f"There is no format {asked.format!r}; choose one of: {', '.join(named)}")
    return [named[asked.format]]


def _the_name(module: StudentModule, choices: Sequence[_Choice]) -> str:
    """The name of the object that is meant.

    Raises:
        Unread: several objects are equally likely.

    """
    first = choices[0]
    names = [
        choice.found.name
        for choice in choices
        if choice.format is first.format and choice.found.sureness is first.found.sureness
    ]
    # A class that another one derives from is not meant.
    kinds = [module.classes[name] for name in names if name in module.classes]
    names = [
        name
        for name in names
        if not any(module.classes.get(name) in kind.__mro__[1:] for kind in kinds)
    ]
    # Nor is one that another one is made of, as the cell of a recurrent network.
    known = [name for name in names if name in module.classes]
    others = {name: attributes_used(module.classes[name]) for name in known}
    names = [
        name
        for name in names
        if not any(name in used for each, used in others.items() if each != name)
    ] or names
    if len(names) == 1:
        return names[0]
    if USUAL_NAME in names:
        return USUAL_NAME
    more = ", ..." if len(names) > NAMES_LISTED else ""
    raise Unread(
        f"{module.path.name} has {len(names)} objects that could be checked: "
        f"{', '.join(names[:NAMES_LISTED])}{more}. Choose one, such as --net "
        f"{module.path.name}:{names[0]}"
    )


def _nothing_fits(module: StudentModule, asked: Asked, refusals: Sequence[NotMine]) -> StudentError:
    """What was found in the module, and what it would need."""
    if module.failure is not None and not (module.classes or module.functions):
        return module.failure
    file, name = module.path.name, asked.name
    nearest = max(refusals, key=lambda each: each.nearness, default=NotMine(""))
    needed = nearest.line if nearest.nearness else KNOWN_FORMATS
    if name is None:
        failed = "" if module.failure is None else f" It cannot be run: {_end(module.failure.line)}"
        return Unread(
            f"{file} is in no known format; it has {module.listed}.{failed} {needed}. {ADAPTER}"
        )
    if name in module.names:
        value = module.names[name]
        if not callable(value):
            return Unread(
                f"{name} in {file} is of type {type(value).__name__}; it should be a class or a "
                "function"
            )
        return Unread(f"{_end(nearest.line)} {ADAPTER}")
    if module.failure is not None:
        return module.failure
    near = get_close_matches(name, [*module.classes, *module.functions], n=1)
    question = f"; did you mean {near[0]}?" if near else ""
    return Unread(f"{file} {no_such_name(name)} it has {module.listed}{question}")


def _end(line: str) -> str:
    """A line with a full stop."""
    return line if line.endswith((".", "?", "!")) else f"{line}."


def no_such_name(name: str) -> str:
    """The words by which a message says that a file has nothing of this name."""
    return f"has no class or function {name}:"
