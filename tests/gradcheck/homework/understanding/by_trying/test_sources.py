"""The text of functions."""

from gradcheck.homework.understanding.by_trying.sources import sources_of


def squared(x: float) -> float:
    return x**2


def test_texts_are_joined_and_what_has_none_is_left_out() -> None:
    found = sources_of({"one": squared, "two": len, "three": squared})
    assert found.count("return x**2") == 2
    assert sources_of({"len": len}) == ""
