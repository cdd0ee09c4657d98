"""Pickles read as data: arrays, tuples, lists and numbers; nothing that a pickle names is called.

A pickle is a program for a small stack machine, and Python's own machine calls whatever the
program names. This one has no such instruction. It knows the few names that NumPy writes to
describe an array, takes each as a description, and refuses every other by name before anything is
built from it. The instructions are those of Python's module ``pickletools``; the ones for classes,
dictionaries, sets and extensions are left out, since no array needs them.
"""

import math
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from nets.arrays import HostArray
from nets.data.pickle_steps import pickle_steps
from nets.errors import BadInput

__all__ = ["MOST_BYTES", "PickledArray", "read_pickle"]

MOST_BYTES = 2**29  # MNIST in float64 is 439 MB
MOST_STEPS = 2**20  # a number a label is 70,000; a step may cost a hundred bytes
MOST_AXES = 8
DTYPE = re.compile(r"[<>=|]?(b1|[iu][1248]|f[248])")


@dataclass(frozen=True)
class _Name:
    """A name that the pickle may use: what it stands for is in ``_Machine.called``."""

    text: str


class _Dtype:
    """A dtype in the making."""

    def __init__(self, text: object) -> None:
        if not isinstance(text, str) or not DTYPE.fullmatch(text):
            raise BadInput(f"it holds an array of dtype {_shown(text)}; wanted are numbers")
        self.dtype = np.dtype(text)

    def build(self, state: Any, machine: "_Machine") -> None:
        """Take the byte order; numbers have neither fields nor parts."""
        _version, order, *rest = state
        if order not in ("<", ">", "=", "|") or any(part is not None for part in rest[:3]):
            raise BadInput("it holds an array of records; wanted are numbers")
        self.dtype = self.dtype.newbyteorder(order)


class PickledArray:
    """An array in the making: empty until its state is there."""

    def __init__(self) -> None:
        """Begin with no numbers."""
        self.array: HostArray = np.empty(0)

    def build(self, state: Any, machine: "_Machine") -> None:
        """Take shape, dtype, the order of the axes and the bytes."""
        _version, shape, kind, by_columns, raw = state
        self.array = _array(machine.raw(raw), kind, shape, "F" if by_columns else "C")


def _array(raw: bytes | bytearray, kind: Any, shape: Any, order: str) -> HostArray:
    """The array that bytes stand for, if they are as many as shape and dtype say."""
    if not isinstance(kind, _Dtype) or order not in ("C", "F"):
        raise BadInput("it describes an array in a way that is not known here")
    if not isinstance(shape, tuple) or len(shape) > MOST_AXES:
        raise BadInput(f"it holds an array whose shape is {_shown(shape)}")
    if not all(type(n) is int and 0 <= n <= MOST_BYTES for n in shape):
        raise BadInput("it holds an array with an axis of no possible length")
    promised = math.prod(shape) * kind.dtype.itemsize
    if promised != len(raw):
        raise BadInput(
            f"it holds {len(raw):,} bytes for an array of shape {shape}, which needs {promised:,}"
        )
    native = kind.dtype.newbyteorder("=")
    return np.frombuffer(raw, kind.dtype).astype(native, copy=False).reshape(shape, order=order)  # type: ignore[call-overload, no-any-return]


class _Machine:
    """The stack, the marks on it, and what was put aside."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.used = 0  # bytes that went into arrays so far
        self.called: dict[str, Callable[..., Any]] = {
            "numpy ndarray": _never,  # only named, by _reconstruct
            "numpy dtype": lambda text, *_: _Dtype(text),
            "_codecs encode": self.encode,
        }
        for core in ("numpy.core", "numpy._core"):  # before NumPy 2, and from then on
            self.called |= {
                f"{core}.multiarray _reconstruct": lambda *_: PickledArray(),
                f"{core}.multiarray scalar": self.scalar,
                f"{core}.numeric _frombuffer": self.from_buffer,
            }

    def raw(self, value: Any) -> bytes | bytearray:
        """Bytes, which Python 2 and the old protocols write as text."""
        if not isinstance(value, str | bytes | bytearray):
            raise BadInput("it holds an array of objects; wanted are numbers")
        self.used += len(value)
        if self.used > 2 * MOST_BYTES:  # one text in a thousand arrays; twice is an honest pickle
            raise BadInput(f"it makes more than {2 * MOST_BYTES:,} bytes")
        return value.encode("latin-1") if isinstance(value, str) else value

    def encode(self, text: Any, encoding: Any) -> bytes | bytearray:
        """Bytes as the protocols before 3 write them."""
        if encoding not in ("latin1", "latin-1"):
            raise BadInput(f"it encodes bytes as {_shown(encoding)}")
        return self.raw(text)

    def scalar(self, kind: Any, value: Any) -> int | float:
        """One number of NumPy's, as Python's."""
        number: int | float = _array(self.raw(value), kind, (), "C").item()
        return number

    def from_buffer(
        self, value: Any, kind: Any, shape: Any, order: Any, *axes: Any
    ) -> PickledArray:
        """An array as protocol 5 writes it."""
        made = PickledArray()
        made.array = _array(self.raw(value), kind, shape, order)
        return made

    def since_mark(self) -> list[Any]:
        """Take all that lies above the last mark."""
        start = self.marks.pop()
        taken = self.stack[start:]
        del self.stack[start:]
        return taken

    def take(self, count: int) -> tuple[Any, ...]:
        """Take the topmost values, the deepest first."""
        if len(self.stack) < count:
            raise IndexError
        taken = tuple(self.stack[len(self.stack) - count :])
        del self.stack[len(self.stack) - count :]
        return taken

    def named(self, text: Any) -> _Name:
        """A name that an array needs, or the end."""
        if text not in self.called:
            raise BadInput(
                f"it tries to call {str(text).replace(' ', '.')!r:.80}; nothing of it was run. "
                "Wanted are NumPy arrays, tuples, lists and numbers"
            )
        return _Name(text)

    def call(self) -> Any:
        """What a call describes, done by functions of this module alone."""
        name, arguments = self.take(2)
        if not isinstance(name, _Name) or not isinstance(arguments, tuple):
            raise BadInput("it calls what is no function")
        return self.called[name.text](*arguments)

    def build(self) -> None:
        """Fill in the array or dtype that lies on top."""
        (state,) = self.take(1)
        if not isinstance(self.stack[-1], PickledArray | _Dtype):
            raise BadInput(f"it sets the state of {type(self.stack[-1]).__name__!r}")
        self.stack[-1].build(state, self)

    def extend(self, items: list[Any]) -> None:
        """Append to the list that lies on top."""
        if not isinstance(self.stack[-1], list):
            raise BadInput("it appends to what is no list")
        self.stack[-1].extend(items)


def _shown(value: object) -> str:
    """A text in quotes; of anything else its type, since it may be nested without end."""
    return f"{value!r:.40}" if isinstance(value, str) else f"a {type(value).__name__}"


def _never(*arguments: object) -> None:
    raise BadInput("it calls 'numpy.ndarray', which an array as NumPy writes it does not")


Action = Callable[[_Machine], Any]

# What each instruction does, the least first: nothing; puts aside; does something to the stack;
# pushes what stands behind it, something new, something made of the stack, or something looked up.
IGNORED = ("PROTO", "FRAME", "STOP")
PUTS = ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE")
ACTIONS: dict[str, Action] = {
    "MARK": lambda machine: machine.marks.append(len(machine.stack)),
    "POP": lambda machine: machine.take(1),
    "POP_MARK": lambda machine: machine.since_mark(),
    "APPEND": lambda machine: machine.extend(list(machine.take(1))),
    "APPENDS": lambda machine: machine.extend(machine.since_mark()),
    "BUILD": lambda machine: machine.build(),
}
NUMBERS = ("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT")
TEXTS = ("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "BINUNICODE8")
BYTES = ("SHORT_BINUNICODE", "BINBYTES", "BINBYTES8", "SHORT_BINBYTES", "BYTEARRAY8")
VALUES = (*NUMBERS, *TEXTS, *BYTES)
NEW: dict[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_TUPLE": tuple,
    "EMPTY_LIST": list,
}
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
LOOKED_UP: dict[str, Callable[[_Machine, Any], Any]] = {
    "GET": lambda machine, given: machine.memo[given],
    "BINGET": lambda machine, given: machine.memo[given],
    "LONG_BINGET": lambda machine, given: machine.memo[given],
    "GLOBAL": lambda machine, given: machine.named(given),
    "INST": lambda machine, given: machine.named(given),
}


def _do(machine: _Machine, name: str, given: Any) -> None:
    """One instruction, with what stands behind it."""
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
        stream: what it is read from, no more than ``MOST_BYTES``.

    Returns:
        Arrays of numbers, tuples, lists, text and bytes, nested as they were pickled; an array
        within them is the ``array`` of a ``PickledArray``.

    Raises:
        BadInput: it tries to call something, holds anything else, is damaged or too large. The
            message says what "it" does; the caller says what it is.

    >>> import io, pickle
    >>> read_pickle(io.BytesIO(pickle.dumps(([1, 2.5], "text"))))
    ([1, 2.5], 'text')

    """
    machine = _Machine()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of escapes in a damaged text
            for number, (name, given) in enumerate(pickle_steps(stream, MOST_BYTES)):
                if number >= MOST_STEPS:
                    raise BadInput(f"it has more than {MOST_STEPS:,} steps; wanted are arrays")
                _do(machine, name, given)
        (value,) = machine.take(1)
    except BadInput:
        raise
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise BadInput("it is damaged, or not a pickle") from error
    return value
