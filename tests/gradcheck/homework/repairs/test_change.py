"""Changes of a syntax tree are made, and taken back."""

import ast

import pytest

from gradcheck.homework.repairs.change import (
    LONGEST_TEXT,
    Change,
    Site,
    made,
    shortened,
    sites_of,
    text_of,
)


def tree(code: str) -> ast.stmt:
    return ast.parse(code).body[0]


def sites(code: str) -> list[Site]:
    return list(sites_of(tree(code)))


def test_changes_hold_as_long_as_the_block_runs() -> None:
    node = tree("y = [a, b]")
    assert isinstance(node, ast.Assign)
    changes = [
        Change(node.targets[0], "id", "z"),
        Change(node.value, "elts", ast.Name("c", ast.Load()), 1),
    ]
    with made(changes):
        assert ast.unparse(node) == "z = [a, c]"
    assert ast.unparse(node) == "y = [a, b]"


def test_changes_of_one_field_are_taken_back_in_the_reverse_order() -> None:
    node = tree("y = 1")
    assert isinstance(node, ast.Assign)
    numbers = [Change(node, "value", ast.Constant(value)) for value in (2, 3)]
    with made(numbers):
        assert ast.unparse(node) == "y = 3"
    assert ast.unparse(node) == "y = 1"


def test_changes_are_taken_back_after_an_error() -> None:
    node = tree("y = 1")
    with pytest.raises(KeyError), made([Change(node, "value", ast.Constant(2))]):
        raise KeyError
    assert ast.unparse(node) == "y = 1"


def test_all_expressions_of_a_statement_are_sites() -> None:
    found = [ast.unparse(site.node) for site in sites("y = f(x + 1, axis=k)[0]")]
    assert found == [
        "y",
        "f(x + 1, axis=k)[0]",
        "f(x + 1, axis=k)",
        "f",
        "x + 1",
        "x",
        "1",
        *("k", "0"),
    ]
    assert [ast.unparse(site.node) for site in sites("y = [a * i for i in b]")][2:] == [
        *("a * i", "a", "i", "i", "b")
    ]


def test_statements_within_a_statement_are_left_out() -> None:
    found = [ast.unparse(site.node) for site in sites("for k in x:\n    y = k")]
    assert found == ["k", "x"]


def test_a_site_is_replaced_in_a_field_and_in_a_list() -> None:
    node = tree("y = f(a) + b")
    new = ast.Name("c", ast.Load())
    texts = []
    for site in sites_of(node):
        with made([site.replaced(new)]):
            texts.append(ast.unparse(node))
    assert texts == [
        "c = f(a) + b",
        "y = c",
        "y = c + b",
        "y = c(a) + b",
        "y = f(c) + b",
        "y = f(a) + c",
    ]


def test_a_new_expression_can_be_compiled() -> None:
    node = tree("y = a")
    change = list(sites_of(node))[1].replaced(
        ast.BinOp(ast.Constant(2), ast.Mult(), ast.Constant(3))
    )
    with made([change]):
        code = compile(ast.Module([node], []), "<test>", "exec")
    names: dict[str, int] = {}
    exec(code, names)
    assert names["y"] == 6


def test_code_is_quoted_in_one_line_that_is_not_too_long() -> None:
    assert text_of(tree("if a:\n    b = 1")) == "if a: b = 1"
    assert shortened("a  =\n 1") == "a = 1"
    longest = "a" * LONGEST_TEXT
    assert text_of(tree(longest)) == longest
    assert text_of(tree(longest + "a")) == "a" * (LONGEST_TEXT - 3) + "..."
