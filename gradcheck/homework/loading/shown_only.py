"""Stand-ins that can be used for modules which only show something, or only make code faster.

Progress bars and coloured text change no number, and neither does a compiler. So code that uses
them can be checked where they are not installed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

__all__ = ["COMPILERS", "SHOWING", "compiler_function", "shown"]

# Modules of progress bars and of text in colours.
SHOWING = ("tqdm", "progressbar", "alive_progress", "colorama", "termcolor", "prettytable")
# Modules whose decorators compile a function, and leave what it computes.
COMPILERS = ("numba",)
RANGES = ("trange", "prange")


class _Shown:
    """Anything of a module that shows: it can be called, entered, added to text, and says nothing.

    Called with something to go through, it gives that back, as a progress bar does.
    """

    def __call__(self, *given: Any, **more: Any) -> Any:
        first = given[0] if given else more.get("iterable")
        if isinstance(first, Iterable) and not isinstance(first, str):
            return first
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return shown(name)

    def __enter__(self) -> "_Shown":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __str__(self) -> str:
        return ""

    def __add__(self, other: Any) -> Any:
        return other

    def __radd__(self, other: Any) -> Any:
        return other


def shown(name: str) -> Any:
    """The stand-in for a name of a module that shows something.

    >>> list(shown("tqdm")(range(3), desc="epoch")), list(shown("trange")(2)), str(shown("Fore"))
    ([0, 1, 2], [0, 1], '')
    """
    return range if name in RANGES else _Shown()


def compiler_function(name: str) -> Any:
    """The stand-in for a name of a module that compiles: a decorator that changes nothing.

    >>> compiler_function("njit")(abs)(-2), compiler_function("jit")(nopython=True)(abs)(-2)
    (2, 2)
    """
    return range if name in RANGES else _left_as_it_is


def _left_as_it_is(*given: Any, **options: Any) -> Any:
    """A decorator, with or without options."""
    if len(given) == 1 and callable(given[0]) and not options:
        return given[0]

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        return function

    return decorated
