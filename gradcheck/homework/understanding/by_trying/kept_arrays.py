"""A training method that makes its arrays anew, run without that: it goes on from given ones.

``fit`` of many classes begins with ``self.W = ...``, so each call starts at the same weights. An
attribute that a method assigns before it has read it does not depend on what was there: that is how
arrays are made anew. Here such an assignment is left out, once a call.
"""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["arrays_kept"]


@contextmanager
def arrays_kept(own: Any, names: Container[str]) -> Iterator[None]:
    """Let attributes keep their values where a method assigns them before it reads them.

    Args:
        own: a student's object.
        names: of its attributes.

    Raises:
        TypeError: the object cannot be of another class, as one that is written in C.

    >>> class Model:
    ...     def fit(self):
    ...         self.w = 0.0
    ...         self.w -= 1.0
    >>> model = Model()
    >>> model.w = 5.0
    >>> with arrays_kept(model, {"w"}):
    ...     model.fit()
    >>> model.w
    4.0
    """
    kind: Any = type(own)
    known: set[str] = set()

    class Kept(kind):  # type: ignore[misc]
        def __getattribute__(self, name: str) -> Any:
            known.add(name)
            return super().__getattribute__(name)

        def __setattr__(self, name: str, value: Any) -> None:
            if self is own and name in names and name not in known:
                known.add(name)
                return
            super().__setattr__(name, value)

    own.__class__ = Kept
    try:
        yield
    finally:
        own.__class__ = kind
