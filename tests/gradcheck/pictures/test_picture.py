"""A picture in a notebook."""

from gradcheck.pictures.flow import Box, draw_flow


def svg_of(text: str) -> str:
    return draw_flow({"only": Box(5, 1, 4, 1, text)}, [], 2)._repr_svg_()


def test_it_is_svg_and_the_same_each_time() -> None:
    assert "<svg" in svg_of("one")
    assert svg_of("one") == svg_of("one") != svg_of("two")
