"""Each mistake of the zoo in code."""

from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.in_code import IN_CODE, RIGHT_LINES
from gradcheck.bugs.zoo import BUGS


def test_every_mistake_has_its_line_and_its_reason() -> None:
    assert list(IN_CODE) == list(BUGS)
    assert set(RIGHT_LINES) == set(CHAIN_RULE)
    for name, each in IN_CODE.items():
        assert each.why.endswith(".")
        assert each.line != RIGHT_LINES[BUGS[name].step]
        assert max(map(len, each.line.splitlines())) <= 100
        compile(each.line, name, "exec")
