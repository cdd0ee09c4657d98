"""Which statements of a module define something, and which work."""

import ast

import pytest

from gradcheck.homework.loading.definitions import (
    defining,
    definitions_of,
    is_plain,
    makers_in,
)

KEPT = """
import numpy as np
from math import exp
RATE = 0.1
SIZES: list = [4, 3]
RATE += 1
W = np.random.randn(3, 4) * 0.01
X = np.loadtxt("data.csv")
Y = X.reshape(-1, 1)[:, 0]
X, Y = load_data()
data = pd.read_csv("train.csv").values
names = [str(i) for i in range(3)]
f = lambda x: train(x)
np.random.seed(1)
sys.path.append(os.path.dirname(__file__))
def train(): pass
class Network: pass
with open("a.txt") as file: text = file.read()
if RATE > 1: RATE = 1
"""
LEFT_OUT = """
print("hello")
train(W)
net = Network(SIZES)
loss = train(W)
for i in range(3): RATE += 1
while True: pass
np.save("w.npy", W)
w = np.save("w.npy", W)
saved = download_data()
with net.training(): W = 1
rows = data.download()
loss = net.fit(W).sum()
raise ValueError
assert W
del W
sys.path.append(input())
x = (yield)
if True: train(W)
if __name__ == "__main__": RATE = 1
"""
TRY = "try:\n    import cupy as np\nexcept ImportError:\n    {handler}\n"


def kept(source: str) -> list[str]:
    """The statements that define something, as they are written."""
    tree = ast.parse(source)
    return [ast.unparse(each).splitlines()[0] for each in definitions_of(tree)]


@pytest.mark.parametrize("line", KEPT.strip().splitlines())
def test_a_statement_that_defines_something_is_kept(line: str) -> None:
    assert len(kept(line)) == 1


@pytest.mark.parametrize("line", LEFT_OUT.strip().splitlines())
def test_a_statement_that_works_is_left_out(line: str) -> None:
    # Within a function, since one of them can stand nowhere else.
    (function,) = ast.parse(f"def f():\n    {line}\n").body
    assert isinstance(function, ast.FunctionDef)
    assert defining(function.body, ()) == []


def test_a_trial_is_kept_if_all_that_it_may_do_is() -> None:
    assert len(kept(TRY.format(handler="import numpy as np"))) == 1
    assert kept(TRY.format(handler="install('numpy')")) == []


MAKING = """
def init_weights(n): ...
def build_and_train(n): ...
def predict(n): ...
class NewNet: ...
"""


def test_functions_that_only_make_something_may_be_called() -> None:
    tree = ast.parse(MAKING)
    assert makers_in(tree) == {"init_weights", "NewNet"}
    for line, count in (
        ("W = init_weights(3)", 5),
        ("init_weights(3)", 5),
        ("W = build_and_train(3)", 4),
        ("W = predict(3)", 4),
        ("W = init_weights(predict(3))", 4),
    ):
        assert len(kept(MAKING + line)) == count, line


def test_the_order_of_the_statements_stays() -> None:
    assert kept("a = 1\nprint(a)\nb = 2\n") == ["a = 1", "b = 2"]


def test_only_definitions_by_their_form_need_no_limit_of_time() -> None:
    plain = ["import os", "def f(): ...", "class A: ...", "if a: b = 1"]
    others = ["a = f()", "a: int = f()", "a += f()", "np.random.seed(1)"]
    assert [line for line in plain + others if is_plain(ast.parse(line).body[0])] == plain
