"""Answers that nobody reads by accident.

The text is mixed with a stream of bytes that follows from the key. This protects from looking into
the file, and no more: whoever has the key has the answers, and somebody may guess a short key.
"""

import base64
import hashlib

from nets.errors import BadInput

__all__ = ["is_sealed", "opened", "sealed"]

FIRST_LINE = "Sealed answers of gradcheck exercise. To read them: --solution FILE --key KEY"
# Bytes of the check sum that tells a wrong key.
CHECK_BYTES = 8


def _stream(key: str, size: int) -> bytes:
    return hashlib.shake_256(b"gradcheck exercise/" + key.encode()).digest(size)


def _mixed(content: bytes, key: str) -> bytes:
    stream = _stream(key, len(content))
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))


def sealed(answers: str, key: str) -> str:
    """The text of a file that holds answers.

    >>> opened(sealed("1: sign-flipped", "a key"), "a key")
    '1: sign-flipped'

    """
    content = answers.encode()
    check = hashlib.blake2b(content, digest_size=CHECK_BYTES).digest()
    lines = base64.encodebytes(_mixed(check + content, key)).decode("ascii")
    return f"{FIRST_LINE}\n{lines}"


def is_sealed(text: str) -> bool:
    """Whether a text is that of a file with sealed answers."""
    return text.startswith(FIRST_LINE)


def opened(text: str, key: str) -> str:
    """The answers in the text of a sealed file.

    Raises:
        BadInput: it was sealed with another key, or it is damaged.

    """
    try:
        mixed = base64.b64decode("".join(text.splitlines()[1:]), validate=True)
    except ValueError:
        raise BadInput("the sealed answers are damaged; write them again with --class") from None
    whole = _mixed(mixed, key)
    check, content = whole[:CHECK_BYTES], whole[CHECK_BYTES:]
    if hashlib.blake2b(content, digest_size=CHECK_BYTES).digest() != check:
        raise BadInput(
            f"the answers were not sealed with the key {key!r}; give the key that --class printed"
        )
    return content.decode()
