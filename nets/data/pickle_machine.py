"""The stack machine that a pickle is a program for, without the power to call anything else.

Python's own machine calls every function that the program names. This one knows the few names that
NumPy writes to describe an array; for each it has a function of its own. It refuses every other
name before anything is built from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nets.data.pickled_array import PickledArray, PickledDtype, array_from, shown
from nets.errors import BadInput

__all__ = ["Machine"]


@dataclass(frozen=True)
class _Name:
    """A name that the pickle may use: a key of ``Machine.called``."""

    text: str


class Machine:
    """The stack, the marks on it, and the memo of values that are used again."""

    def __init__(self, most_bytes: int) -> None:
        """Begin with nothing; a pickle has at most so many bytes."""
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.most_bytes = most_bytes
        self.used = 0  # bytes that went into arrays so far
        self.called: dict[str, Callable[..., Any]] = {
            "numpy ndarray": _never,  # an argument of _reconstruct; it is never called
            "numpy dtype": lambda text, *_: PickledDtype(text),
            "_codecs encode": self.encode,
        }
        for core in ("numpy.core", "numpy._core"):  # before NumPy 2, and from NumPy 2 on
            self.called |= {
                f"{core}.multiarray _reconstruct": lambda *_: PickledArray(),
                f"{core}.multiarray scalar": self.scalar,
                f"{core}.numeric _frombuffer": self.from_buffer,
            }

    # What the names stand for

    def raw(self, value: Any) -> bytes | bytearray:
        """Bytes; Python 2 and the old protocols write them as text."""
        if not isinstance(value, str | bytes | bytearray):
            raise BadInput("it holds an array of objects; arrays should hold numbers")
        self.used += len(value)
        # A short pickle can use one text in a thousand arrays. An honest one has each byte in the
        # file, and the old protocols take it twice: when it is encoded and in the array.
        if self.used > 2 * self.most_bytes:
            raise BadInput(f"it makes more than {2 * self.most_bytes:,} bytes")
        return value.encode("latin-1") if isinstance(value, str) else value

    def encode(self, text: Any, encoding: Any) -> bytes | bytearray:
        """Bytes as the protocols before 3 write them."""
        if encoding not in ("latin1", "latin-1"):
            raise BadInput(f"it encodes bytes as {shown(encoding)}")
        return self.raw(text)

    def scalar(self, kind: Any, value: Any) -> int | float:
        """One NumPy number, as a Python number."""
        number: int | float = array_from(self.raw(value), kind, (), "C").item()
        return number

    def from_buffer(
        self, value: Any, kind: Any, shape: Any, order: Any, *axes: Any
    ) -> PickledArray:
        """An array as protocol 5 writes it."""
        return PickledArray(array_from(self.raw(value), kind, shape, order))

    # What the instructions do

    def since_mark(self) -> list[Any]:
        """Take everything above the last mark."""
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
        """A name that an array needs.

        Raises:
            BadInput: it is any other name.

        """
        if text not in self.called:
            raise BadInput(
                f"it tries to call {str(text).replace(' ', '.')!r:.80}; nothing of it was run. "
                "It should hold only NumPy arrays, tuples, lists and numbers"
            )
        return _Name(text)

    def call(self) -> Any:
        """The result of a call, which a function of this module computes."""
        name, arguments = self.take(2)
        if not isinstance(name, _Name) or not isinstance(arguments, tuple):
            raise BadInput("it calls something that is no function")
        return self.called[name.text](*arguments)

    def build(self) -> None:
        """Complete the array or dtype on top of the stack with its state."""
        (state,) = self.take(1)
        top = self.stack[-1]
        if isinstance(top, PickledDtype):
            top.fill(state)
        elif isinstance(top, PickledArray):
            _version, shape, kind, by_columns, raw = state
            top.array = array_from(self.raw(raw), kind, shape, "F" if by_columns else "C")
        else:
            raise BadInput(f"it sets the state of {type(top).__name__!r}")

    def extend(self, items: list[Any]) -> None:
        """Append to the list on top of the stack."""
        if not isinstance(self.stack[-1], list):
            raise BadInput("it appends to something that is no list")
        self.stack[-1].extend(items)


def _never(*arguments: object) -> None:
    raise BadInput("it calls 'numpy.ndarray', which NumPy's own pickles never do")
