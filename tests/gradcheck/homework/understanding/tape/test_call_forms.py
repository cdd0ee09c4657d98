"""The names of further arguments are found in the signature."""

from typing import Any

from gradcheck.homework.understanding.tape.call_forms import FORMS, named_arguments, plain_name


def test_arguments_have_the_names_of_the_signature() -> None:
    def total(node: Any, dim: Any = None, keepdim: bool = False) -> Any: ...

    asked = (("axis", 0), ("keeps", True))
    assert named_arguments(total, asked) == {"dim": 0, "keepdim": True}
    assert named_arguments(lambda node, **more: node, asked) == {"axis": 0, "keepdims": True}
    assert named_arguments(lambda node: node, asked) is None
    assert named_arguments(lambda node: node, ()) == {}


def test_names_of_forms_are_plain() -> None:
    assert all(plain_name(name) == name for form in FORMS for name in form.names)
