"""The one error that means: what was given cannot be worked with."""


class BadInput(ValueError):
    """Something that the user gave is wrong; the message says what was given, what is wanted.

    A ``ValueError``, so that Python callers need not know this class; the commands answer it
    with one line on standard error and exit code 2.
    """
