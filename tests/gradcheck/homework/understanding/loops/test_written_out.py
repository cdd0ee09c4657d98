"""Functions that are called for their effect, written out in a loop."""

import ast

from gradcheck.homework.understanding.loops.written_out import written_out


def out(code: str) -> str:
    tree = ast.parse(code)
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    loop = tree.body[-1]
    assert isinstance(loop, ast.For)
    return ast.unparse(written_out(loop, functions))


UPDATE = "def update(k):\n    global w\n    w = w - d[k]\n"


def test_the_statements_stand_in_the_loop_with_their_arguments() -> None:
    found = out(UPDATE + "for i in x:\n    update(i + 1)\n")
    assert found == "for i in x:\n    k = i + 1\n    w = w - d[k]"


def test_functions_in_functions_are_written_out_too() -> None:
    code = UPDATE + "def step(k):\n    v[k] = 0\n    update(k)\n"
    assert "w = w - d[k]" in out(code + "for k in x:\n    step(k)\n")


def test_what_changes_nothing_or_returns_early_stays_a_call() -> None:
    shows = "def show(k):\n    print(k)\n"
    assert "show(i)" in out(shows + "for i in x:\n    show(i)\n")
    early = "def update(k):\n    global w\n    if k:\n        return\n    w = w - 1\n"
    assert "update(i)" in out(early + "for i in x:\n    update(i)\n")


def test_a_call_whose_value_is_used_or_with_other_arguments_stays() -> None:
    assert "e = update(i)" in out(UPDATE + "for i in x:\n    e = update(i)\n")
    assert "update()" in out(UPDATE + "for i in x:\n    update()\n")


def test_the_loop_itself_is_not_changed() -> None:
    tree = ast.parse(UPDATE + "for i in x:\n    update(i)\n")
    function, loop = tree.body
    assert isinstance(function, ast.FunctionDef)
    assert isinstance(loop, ast.For)
    before = ast.dump(tree)
    written_out(loop, {"update": function})
    assert ast.dump(tree) == before
