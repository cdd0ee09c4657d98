"""Numbers as a person reads them, and as JSON can store them."""

import math
from collections.abc import Sequence

__all__ = [
    "as_typed",
    "differing_texts",
    "entries_text",
    "index_text",
    "json_number",
    "percent_text",
    "scientific",
    "seconds_text",
    "shape_text",
    "sizes_text",
    "typed_shape",
]


def json_number(value: float | None) -> float | None:
    """A number as JSON can store it: NaN and infinity become null.

    >>> json_number(0.5), json_number(float("nan"))
    (0.5, None)
    """
    return float(value) if value is not None and math.isfinite(value) else None


def scientific(value: float, digits: int = 1) -> str:
    """A number with a power of ten, such as -1.2e-08.

    >>> scientific(-1.234e-8), scientific(1.234e-8, 2)
    ('-1.2e-08', '1.23e-08')
    """
    return str(value) if math.isnan(value) else f"{value:.{digits}e}"


def index_text(index: Sequence[int]) -> str:
    """An index as it is written in code.

    >>> index_text((29, 783))
    '[29, 783]'
    """
    return "[" + ", ".join(map(str, index)) + "]"


def seconds_text(seconds: float) -> str:
    """Seconds with three digits, in s, ms, us or ns.

    >>> seconds_text(1234.5), seconds_text(0.0123), seconds_text(4.5e-8)
    ('1,234 s', '12.3 ms', '45 ns')
    """
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= scale:
            number = seconds / scale
            return f"{number:,.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def sizes_text(sizes: Sequence[int]) -> str:
    """The sizes of a network, joined.

    >>> sizes_text([784, 30, 10])
    '784-30-10'
    """
    return "-".join(map(str, sizes))


def shape_text(shape: Sequence[int]) -> str:
    """The shape of an array, in a sentence or a table.

    >>> shape_text((30, 784))
    '30 x 784'
    """
    return " x ".join(map(str, shape))


def typed_shape(shape: Sequence[int]) -> str:
    """The shape of an array as it is typed after --arrays.

    >>> typed_shape((4, 5))
    '4x5'
    """
    return "x".join(map(str, shape))


def as_typed(numbers: Sequence[int]) -> str:
    """Numbers as they are typed.

    >>> as_typed((784, 30, 10))
    '784,30,10'
    """
    return ",".join(map(str, numbers))


def entries_text(count: int) -> str:
    """A number of entries.

    >>> entries_text(1), entries_text(2345)
    ('1 entry', '2,345 entries')
    """
    return "1 entry" if count == 1 else f"{count:,} entries"


def percent_text(part: float) -> str:
    """A part of 1 in per cent: a whole number, or one digit that is not zero.

    >>> percent_text(2.6e-6), percent_text(0.5), percent_text(3.0)
    ('0.0003 %', '50 %', '300 %')
    """
    percent = 100.0 * part
    if not math.isfinite(percent) or percent >= 1.0:
        return f"{percent:,.0f} %"
    if percent < 1e-9:
        return f"{percent:.0e} %"
    return f"{percent:.{-math.floor(math.log10(percent))}f} %"


def differing_texts(one: float, other: float, digits: int = 3, style: str = "e") -> tuple[str, str]:
    """Two numbers with enough digits to see that they differ.

    Args:
        one: a number.
        other: another number.
        digits: the least number of digits to show.
        style: ``e`` always writes a power of ten, ``g`` only where that is shorter.

    >>> differing_texts(-1.6431e-2, -1.6432e-2)
    ('-1.6431e-02', '-1.6432e-02')
    >>> differing_texts(0.5, 0.25)
    ('5.000e-01', '2.500e-01')

    """
    most = 17  # digits: with these, two different float64 numbers are never written alike
    while (
        digits < most and one != other and f"{one:.{digits}{style}}" == f"{other:.{digits}{style}}"
    ):
        digits += 1
    return f"{one:.{digits}{style}}", f"{other:.{digits}{style}}"
