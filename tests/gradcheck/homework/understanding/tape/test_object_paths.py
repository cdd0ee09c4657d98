"""Paths of objects inside other objects: attributes, items, and no circle followed."""

from types import SimpleNamespace

from gradcheck.homework.understanding.tape.object_paths import object_paths


def is_text(found: object) -> bool:
    return isinstance(found, str)


def test_attributes_items_and_keys() -> None:
    layer = SimpleNamespace(w="first", more={"b": "second"}, size=3)
    network = SimpleNamespace(layers=[layer, ("third",)], last="fourth")
    assert list(object_paths(network, is_text)) == [
        ("layers[0].w", "first"),
        ("layers[0].more['b']", "second"),
        ("layers[1][0]", "third"),
        ("last", "fourth"),
    ]


def test_an_object_that_holds_itself_ends() -> None:
    circle = SimpleNamespace(name="once")
    circle.own = circle
    assert list(object_paths(circle, is_text)) == [("name", "once")]


def test_the_object_itself_may_be_wanted() -> None:
    assert list(object_paths("text", is_text)) == [("", "text")]
