"""Numbers as a person reads them, and as JSON can store them."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.show.numbers import (
    differing_texts,
    entries_text,
    index_text,
    json_number,
    percent_text,
    scientific,
    seconds_text,
    sizes_text,
)


@pytest.mark.parametrize(
    ("value", "number"),
    [(0.25, 0.25), (math.nan, None), (math.inf, None), (-math.inf, None), (None, None)],
)
def test_json_has_numbers_or_null(value: float | None, number: float | None) -> None:
    assert json_number(value) == number
    json.dumps(json_number(value), allow_nan=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.0e+00"), (-1.25e-8, "-1.2e-08"), (math.nan, "nan"), (math.inf, "inf")],
)
def test_scientific(value: float, text: str) -> None:
    assert scientific(value) == text


def test_an_index_is_written_as_in_code() -> None:
    assert [index_text(index) for index in ((), (3,), (29, 783))] == ["[]", "[3]", "[29, 783]"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1234.5, "1,234 s"),
        (99.4, "99.4 s"),
        (1.0, "1 s"),
        (0.0123, "12.3 ms"),
        (0.1234, "123 ms"),
        (4.5e-6, "4.5 us"),
        (4.5e-8, "45 ns"),
        (0.0, "0 ns"),
    ],
)
def test_seconds_have_the_unit_that_suits_them(seconds: float, text: str) -> None:
    assert seconds_text(seconds) == text


def test_sizes_and_entries() -> None:
    assert sizes_text([784, 30, 10]) == "784-30-10"
    assert [entries_text(count) for count in (0, 1, 2_345)] == [
        "0 entries",
        "1 entry",
        "2,345 entries",
    ]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (2.6e-6, "0.0003 %"),
        (0.0049, "0.5 %"),
        (0.5, "50 %"),
        (30.0, "3,000 %"),
        (1e-13, "1e-11 %"),
        (math.inf, "inf %"),
    ],
)
def test_per_cent_with_one_digit_or_as_a_whole_number(part: float, text: str) -> None:
    assert percent_text(part) == text


@given(one=st.floats(-1e6, 1e6), other=st.floats(-1e6, 1e6), style=st.sampled_from("eg"))
def test_numbers_that_differ_are_written_differently(one: float, other: float, style: str) -> None:
    texts = differing_texts(one, other, style=style)
    if one != other:
        assert texts[0] != texts[1]
    elif one:  # 0 and -0 are equal, and written differently
        assert texts[0] == texts[1]


def test_no_more_digits_than_it_takes() -> None:
    assert differing_texts(0.5, 0.25) == ("5.000e-01", "2.500e-01")
    assert differing_texts(0.5, 0.5) == ("5.000e-01", "5.000e-01")
    assert differing_texts(-1.6431e-2, -1.6432e-2) == ("-1.6431e-02", "-1.6432e-02")
    assert differing_texts(1.0, 1.0 + 2**-52, style="g")[1] != "1"
