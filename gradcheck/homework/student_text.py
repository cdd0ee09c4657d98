"""Texts from a student's code, made safe: one line, and no characters that control a terminal."""

__all__ = ["LONGEST_LINE", "MORE_MEMORY", "MORE_TIME", "one_line", "printable"]

# The ends of messages on a broken limit: how to allow more.
MORE_TIME = "; use --timeout to allow more"
MORE_MEMORY = "; use --memory to allow more"
LONGEST_LINE = 200  # characters; a longer line is cut


def one_line(error: BaseException) -> str:
    """The kind of an error and its message, in one line.

    >>> one_line(ValueError("first\\nsecond"))
    'ValueError: first second'
    """
    try:
        message = " ".join(str(error).split())
    except Exception:  # the student's own class of errors may fail here
        message = ""
    text = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 3] + "..."


def printable(text: str) -> str:
    """The same text with a ? in place of every character that might control a terminal.

    >>> printable("\\x1b[31mred")
    '?[31mred'
    """
    return "".join(each if each.isprintable() or each == "\n" else "?" for each in text)
