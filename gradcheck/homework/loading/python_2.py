"""Files for Python 2, read as Python 3.

Many homework files are copies of code from before 2015, the network of the book among them. Often
nothing but ``print "..."`` keeps them from being Python 3. What is changed here keeps the number of
each line, so that messages name the right one.
"""

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.machinery import SourceFileLoader
from itertools import pairwise
from types import CodeType
from typing import Any, TypeAlias

__all__ = ["as_python_3", "import_python_2", "is_python_3", "with_lists"]

Token: TypeAlias = tokenize.TokenInfo
# Where a text is replaced by another one: (start, end, new text), in characters.
Change: TypeAlias = tuple[int, int, str]

TODAYS_METHODS = {
    "iteritems": "items",
    "itervalues": "values",
    "iterkeys": "keys",
    "has_key": "__contains__",
}
LEADING = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
TAB = 8  # columns; Python 2 takes a tab for the blanks up to the next multiple
NO_PARTS = (tokenize.COMMENT, tokenize.NL)
ENDS = (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


def as_python_3(text: str) -> str | None:
    """The same program as Python 3, if it is Python 2; None if it is neither or is Python 3.

    Changed are ``print``, ``except E, e``, ``raise E, text``, methods of dicts that have other
    names today, and tabs at the beginning of lines. ``1 / 2`` is 0.5, as in Python 3.

    >>> print(as_python_3('print "epoch %d" % 3, "done"'))
    print("epoch %d" % 3, "done")
    """
    if is_python_3(text):
        return None
    spaced = LEADING.sub(lambda found: found[0].expandtabs(TAB), text)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(spaced).readline))
    except (tokenize.TokenError, SyntaxError):
        return None
    begins = _line_beginnings(spaced)
    changes = [*_changed_statements(spaced, begins, tokens), *_changed_methods(begins, tokens)]
    changed = spaced
    for start, end, new in sorted(changes, reverse=True):
        changed = changed[:start] + new + changed[end:]
    return changed if is_python_3(changed) else None


def import_python_2() -> None:
    """Let all code of this process import files for Python 2, too."""
    usual = SourceFileLoader.source_to_code

    def source_to_code(self: SourceFileLoader, data: Any, path: Any, **more: Any) -> CodeType:
        try:
            code: CodeType = usual(self, data, path, **more)
        except SyntaxError:
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else None
            today = None if text is None else as_python_3(text.replace("\r\n", "\n"))
            if today is None:
                raise
            code = usual(self, today, path, **more)
        return code

    if usual.__module__ != __name__:
        SourceFileLoader.source_to_code = source_to_code  # type: ignore[method-assign,assignment]


def with_lists() -> dict[str, Any]:
    """The names of Python itself, as a module for Python 2 has them: ``zip`` makes a list."""
    return {
        **vars(builtins),
        **{each.__name__: _listing(each) for each in (zip, map, filter, range)},
    }


def _listing(function: Callable[..., Iterable[Any]]) -> Callable[..., list[Any]]:
    return lambda *given: list(function(*given))


def is_python_3(text: str) -> bool:
    """Whether Python can read a text as a program."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _line_beginnings(text: str) -> list[int]:
    """Where each line begins, in characters; the first entry stands for a line 0."""
    begins = [0, 0]
    for line in io.StringIO(text):
        begins.append(begins[-1] + len(line))
    return begins


def _changed_statements(
    text: str, begins: Sequence[int], tokens: Sequence[Token]
) -> Iterator[Change]:
    """What has to change in the statements of a program."""
    for statement in _statements(tokens):
        spans = [(begins[each.start[0]] + each.start[1], each) for each in statement]
        end = begins[statement[-1].end[0]] + statement[-1].end[1]
        commas = [at for at, token in _outside(spans) if token.string == ","]
        first = statement[0].string
        if first == "print" and not _is_call(statement[1:]):
            yield from _changed_print(text, spans, end, commas)
        elif first == "except" and commas:
            yield commas[0], commas[0] + 1, " as"
        elif first == "raise" and commas:
            yield commas[0], commas[0] + 1, "("
            yield end, end, ")"


def _changed_print(
    text: str, spans: Sequence[tuple[int, Token]], end: int, commas: Sequence[int]
) -> Iterator[Change]:
    """The brackets of a print, and what becomes of ``>>file`` and of a comma at the end."""
    begin = spans[0][0] + len("print")
    starts = [at for at, _ in spans[1:]]
    shown = starts[0] if starts else end
    more = ""
    if starts and text.startswith(">>", shown):
        stop = commas[0] if commas else end
        more = f"file={text[shown + len('>>') : stop].strip()}"
        shown = next((at for at in starts if at > stop), end)
        more = f", {more}" if shown < end else more
    elif commas and commas[-1] == end - 1:
        yield end - 1, end, ""
        more = ', end=" "'
    yield begin, shown, "("
    yield end, end, f"{more})"


def _changed_methods(begins: Sequence[int], tokens: Sequence[Token]) -> Iterator[Change]:
    """The methods of dicts that have other names today."""
    for before, token in pairwise(tokens):
        if before.string == "." and token.string in TODAYS_METHODS:
            start = begins[token.start[0]] + token.start[1]
            yield start, start + len(token.string), TODAYS_METHODS[token.string]


def _statements(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each simple statement, and of each beginning such as ``except E, e:``."""
    statement: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
        if token.type in ENDS or (not depth and token.string in (";", ":")):
            if statement:
                yield statement
            statement = []
        elif token.type not in NO_PARTS:
            statement.append(token)


def _outside(spans: Sequence[tuple[int, Token]]) -> Iterator[tuple[int, Token]]:
    """Those of the tokens that stand in no brackets."""
    depth = 0
    for at, token in spans:
        depth -= token.string in (")", "]", "}")
        if not depth:
            yield at, token
        depth += token.string in ("(", "[", "{")


def _is_call(rest: Sequence[Token]) -> bool:
    """Whether one pair of brackets holds all that follows, so that it is a call in Python 3."""
    if not rest or rest[0].string != "(":
        return False
    outside = [token for _, token in _outside([(0, token) for token in rest])]
    return len(outside) == 2 and outside[-1] is rest[-1]
