"""Pickles read as data: arrays, tuples, lists and numbers. What a pickle names is never called.

A pickle is a program for a small stack machine, ``pickle_machine``. Its instructions are those of
Python's module ``pickletools``, and the tables here say what each one does. Instructions for
classes, dictionaries, sets and extensions are not in the tables, since no array needs them.
"""

import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

from nets.data.pickle_machine import Machine
from nets.data.pickle_steps import pickle_steps
from nets.data.pickled_array import MOST_BYTES, PickledArray
from nets.errors import BadInput

__all__ = ["PickledArray", "read_pickle"]

# A list of 70,000 labels has a step a number; each step may take a hundred bytes of memory.
MOST_STEPS = 2**20

Action = Callable[[Machine], Any]

# Instructions that do nothing.
IGNORED = ("PROTO", "FRAME", "STOP")
# Instructions that put the topmost value into the memo.
PUTS = ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE")
# Instructions that change the stack and push nothing.
ACTIONS: dict[str, Action] = {
    "MARK": lambda machine: machine.marks.append(len(machine.stack)),
    "POP": lambda machine: machine.take(1),
    "POP_MARK": lambda machine: machine.since_mark(),
    "APPEND": lambda machine: machine.extend(list(machine.take(1))),
    "APPENDS": lambda machine: machine.extend(machine.since_mark()),
    "BUILD": lambda machine: machine.build(),
}
# Instructions that push their own argument.
NUMBERS = ("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT")
TEXTS = ("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "BINUNICODE8")
BYTES = ("SHORT_BINUNICODE", "BINBYTES", "BINBYTES8", "SHORT_BINBYTES", "BYTEARRAY8")
VALUES = (*NUMBERS, *TEXTS, *BYTES)
# Instructions that push something new.
NEW: dict[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_TUPLE": tuple,
    "EMPTY_LIST": list,
}
# Instructions that push something made of the stack.
MADE: dict[str, Action] = {
    "DUP": lambda machine: machine.stack[-1],
    "TUPLE": lambda machine: tuple(machine.since_mark()),
    "TUPLE1": lambda machine: machine.take(1),
    "TUPLE2": lambda machine: machine.take(2),
    "TUPLE3": lambda machine: machine.take(3),
    "LIST": lambda machine: machine.since_mark(),
    "STACK_GLOBAL": lambda machine: machine.named(" ".join(machine.take(2))),
    "REDUCE": lambda machine: machine.call(),
}
# Instructions that push what their argument stands for.
LOOKED_UP: dict[str, Callable[[Machine, Any], Any]] = {
    "GET": lambda machine, given: machine.memo[given],
    "BINGET": lambda machine, given: machine.memo[given],
    "LONG_BINGET": lambda machine, given: machine.memo[given],
    "GLOBAL": lambda machine, given: machine.named(given),
    "INST": lambda machine, given: machine.named(given),
}


def _do(machine: Machine, name: str, given: Any) -> None:
    """Carry out one instruction with its argument."""
    if name in IGNORED:
        return
    if name in PUTS:
        machine.memo[len(machine.memo) if given is None else given] = machine.stack[-1]
    elif name in ACTIONS:
        ACTIONS[name](machine)
    elif name in VALUES:
        machine.stack.append(given)
    elif name in NEW:
        machine.stack.append(NEW[name]())
    elif name in MADE:
        machine.stack.append(MADE[name](machine))
    elif name in LOOKED_UP:
        machine.stack.append(LOOKED_UP[name](machine, given))
    else:
        raise BadInput(f"it takes the step {name}; arrays, tuples, lists and numbers need none")


def read_pickle(stream: BinaryIO) -> Any:
    """Read one pickle of any protocol, of Python 2 or 3 and any NumPy, without running it.

    Args:
        stream: what it is read from; no more than ``MOST_BYTES`` are read.

    Returns:
        Arrays of numbers, tuples, lists, text and bytes, nested as they were pickled. Each array
        is the ``array`` of a ``PickledArray``, in the shape in which it was pickled.

    Raises:
        BadInput: it tries to call something, holds anything else, is damaged or too large. The
            message says what "it" does, and the caller says which file it is.

    >>> import io, pickle
    >>> read_pickle(io.BytesIO(pickle.dumps(([1, 2.5], "text"))))
    ([1, 2.5], 'text')

    """
    machine = Machine(MOST_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of escapes in a damaged text
            for number, (name, given) in enumerate(pickle_steps(stream, MOST_BYTES)):
                if number >= MOST_STEPS:
                    raise BadInput(f"it has more than {MOST_STEPS:,} steps; arrays need fewer")
                _do(machine, name, given)
        (value,) = machine.take(1)
    except BadInput:
        raise
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise BadInput("it is damaged, or not a pickle") from error
    return value
