"""Boxes with arrows."""

from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Annotation

from gradcheck.pictures.flow import Arrow, Box, draw_flow


def test_every_box_and_every_arrow_is_drawn() -> None:
    boxes = {"code": Box(2, 1, 3, 1, "z = w @ a", code=True), "answer": Box(8, 1, 2, 1, "agree")}
    (axes,) = draw_flow(boxes, [Arrow("code", "answer", "checked", both=True)], 2).figure.axes
    assert sum(isinstance(patch, FancyBboxPatch) for patch in axes.patches) == 2
    words = [text.get_text() for text in axes.texts]
    assert [word for word in words if word] == ["z = w @ a", "agree", "checked"]
    (arrow,) = (text for text in axes.texts if isinstance(text, Annotation))
    assert (arrow.xyann, arrow.xy) == ((2, 1), (8, 1))
    (family,) = axes.texts[0].get_fontfamily()
    assert family == "monospace"


def test_an_arrow_without_words_has_none() -> None:
    boxes = {"a": Box(2, 1, 1, 1, "a"), "b": Box(6, 1, 1, 1, "b")}
    (axes,) = draw_flow(boxes, [Arrow("a", "b")], 2).figure.axes
    assert [text.get_text() for text in axes.texts] == ["a", "b", ""]
