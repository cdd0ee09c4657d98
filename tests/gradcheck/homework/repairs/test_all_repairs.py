"""All changes in their order, and the places where they are made."""

import ast

import numpy as np

from gradcheck.homework.repairs.all_repairs import all_repairs
from gradcheck.homework.repairs.change import made
from gradcheck.homework.repairs.repair import CAUSES, Place
from tests.gradcheck.homework.repairs.places import places_in

X, G = np.linspace(0.1, 1.0, 6).reshape(3, 2), np.ones((3, 2))
CODE = """
def backward(x, g, kind="relu"):
    if kind == "relu":
        d = g * (x > 0)
    else:
        d = g * x
    try:
        d = d / len(x)
    except ValueError:
        d = 0
    def inner(y):
        return y + 1
    return inner(d)
"""


def texts(places: list[Place]) -> list[str]:
    return [ast.unparse(place.node) for place in places]


def test_every_statement_that_ran_is_a_place() -> None:
    found = texts(places_in(CODE, X, G))
    simple = {text for text in found if "\n" not in text}
    assert simple == {"d = g * (x > 0)", "d = d / len(x)", "return inner(d)", "return y + 1"}
    assert [text[:3] for text in found if "\n" in text] == ["if ", "try"]


def test_the_cases_of_a_match_are_looked_into() -> None:
    code = "def f(x):\n    match x:\n        case 1:\n            y = 2\n    return y\n"
    assert "y = 2" in texts(places_in(code, 1))


def test_names_are_those_of_the_function_around_a_place() -> None:
    by_text = {ast.unparse(place.node): place for place in places_in(CODE, X, G)}
    outer, inner = by_text["return inner(d)"].scope, by_text["return y + 1"].scope
    assert outer is not None
    assert inner is not None
    assert {"x", "g", "d"} <= set(outer.names)
    assert set(inner.names) == {"y"}


def test_a_lambda_is_a_place() -> None:
    places = places_in("def f(x):\n    return pair(x)\npair = lambda x: x * 2\n", 1.0)
    assert "lambda x: x * 2" in texts(places)


def test_no_change_is_tried_twice_and_each_has_a_known_mistake() -> None:
    places = places_in("def backward(x, g):\n    d = g * (1 - x)\n    return d\n", X, G)
    found = []
    for repair in all_repairs(places):
        assert repair.cause in CAUSES
        with made(repair.changes):
            found.append((id(repair.place.node), ast.unparse(repair.place.function)))
    single = [text for text in found if text[1].count("\n") == 2]
    assert len(single) == len(set(single)) > 50


def test_likely_mistakes_come_first_at_all_places() -> None:
    places = places_in("def backward(x, g):\n    d = g * 2\n    return -d\n", X, G)
    causes = [repair.cause for repair in all_repairs(places)]
    assert causes.index("factor-two") < causes.index("wrong-variable")
    # The last line of a backward pass is tried first.
    first = next(all_repairs(places))
    assert ast.unparse(first.place.node) == "return -d"
