"""Which keys a function reads from a dict."""

from typing import Any

from gradcheck.homework.understanding.pairs.read_keys import keys_read, source_tree


def pool(x: Any, settings: Any) -> Any:
    return x[:: settings["stride"]], settings.get("pad", 0)


def block(x: Any, p: Any, options: Any) -> Any:
    p["written"] = 1
    return pool(x @ p["W1"], settings=options), x["plain"]


def endless(p: Any) -> Any:
    return endless(p) + p["b"]


def test_keys_that_a_function_must_have_and_may_have() -> None:
    assert keys_read(pool, "settings") == {"stride": True, "pad": False}
    assert keys_read(pool, "x") == {}


def test_a_dict_is_followed_to_the_functions_that_get_it() -> None:
    assert keys_read(block, "options") == {"stride": True, "pad": False}
    assert keys_read(block, "p") == {"W1": True}
    assert keys_read(endless, "p") == {"b": True}


def test_what_has_no_source_has_no_keys() -> None:
    assert source_tree(len) is None
    assert keys_read(len, "obj") == {}
