"""What ``gradcheck verify --net`` shows: likely mistakes, and what a class raised."""

import json
from pathlib import Path

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import words_of
from tests.gradcheck.homework.students import FOLDER, PASSES_OF_A_CHAIN

SMALL = ("--sizes", "5,4,3")


def test_where_a_likely_mistake_is_told_none_is_not(gradcheck_command: Command) -> None:
    all_zero = f"{FOLDER / 'wrong.py'}:AllZero"
    ended = gradcheck_command("verify", *SMALL, "--net", all_zero)
    assert ended.out.count("Likely mistake") == 1
    assert "No known mistake" not in words_of(ended)


def test_a_name_that_is_not_there_is_one_line_on_standard_error(
    gradcheck_command: Command,
) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", f"{FOLDER / 'book.py'}:Netwrk")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("gradcheck: book.py has no class or function Netwrk")
    assert ended.err.endswith("did you mean Network?\n")
    assert ended.err.count("\n") == 1


def test_one_likely_mistake_is_named_at_most(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--net", f"{FOLDER / 'wrong.py'}:OffByLittle")
    assert ended.code == 1
    assert ended.out.count("Likely mistake") == 1
    words = words_of(ended)
    assert (
        "Likely mistake in the gradients of layer 2 weights and layer 1 weights: It is 1.001"
        in words
    )
    assert "No known mistake" not in words


OFF_IN_ONE_LAYER = """

class Off(Network):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        nabla_b[-1] = np.cos(3.7 * nabla_b[-1] + np.arange(3.0)[:, np.newaxis]) ** 3
        nabla_w[-1] = np.sin(2.9 * nabla_w[-1] + np.arange(12.0).reshape(3, 4)) ** 3
        return nabla_b, nabla_w
"""


def test_where_no_mistake_fits_one_place_is_named(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    homework = tmp_path / "homework.py"
    homework.write_text((FOLDER / "book.py").read_text("utf-8") + OFF_IN_ONE_LAYER)
    ended = gradcheck_command("verify", *SMALL, "--net", f"{homework}:Off")
    assert ended.code == 1
    words = words_of(ended)
    assert words.count("No known mistake fits") == 1
    assert words.count("The last layer is already wrong: check") == 1
    assert "Likely mistake" not in words


def test_a_class_that_raises(gradcheck_command: Command) -> None:
    raises = f"{FOLDER / 'broken.py'}:Raises"
    ended = gradcheck_command("verify", *SMALL, "--net", raises)
    assert ended.code == 2
    assert "return self.helper(x)" in ended.out
    assert "FAILED backprop(x, y) raised ValueError: matmul" in words_of(ended)
    assert "Traceback" not in ended.out + ended.err
    as_json = gradcheck_command("verify", *SMALL, "--net", raises, "--json")
    assert as_json.code == 2
    summary = json.loads(as_json.out)
    assert summary["verdict"] == "failed"
    assert summary["submission"]["failure"].startswith("backprop(x, y) raised ValueError")
    assert "return self.helper(x)" in summary["submission"]["traceback"]


CHAIN = (
    """

class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y)


class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.layers = [Dense(n_in, n_hidden), Tanh(), Dense(n_hidden, n_out)]
"""
    + PASSES_OF_A_CHAIN
)


def chain_in(folder: Path) -> str:
    """A network of layers whose second one is wrong."""
    homework = folder / "homework.py"
    dense = (FOLDER / "layers.py").read_text("utf-8").partition("class LeftBehind")[0]
    homework.write_text(dense + CHAIN, encoding="utf-8")
    return f"{homework}:Net"


def test_the_first_wrong_layer_of_a_chain_in_words(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    ended = gradcheck_command("verify", "--net", chain_in(tmp_path), "--plain", "--details")
    assert ended.code == 1
    assert max(map(len, ended.out.splitlines())) <= 80
    words = words_of(ended)
    assert "layer 2 (Tanh) disagree 0 50 x layer 3 (Dense) agree" in words
    assert (
        "First wrong layer on the way back: layer 2 (Tanh). The layer after it is right by itself. "
        "The gradient of its input x is wrong."
    ) in words


def test_hints_for_a_chain_tell_no_more_than_they_say(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    ended = gradcheck_command("verify", "--net", chain_in(tmp_path), "--hints", "1")
    words = words_of(ended)
    assert "Hint 1: Look at layer 2 (Tanh). The layer after it is right by itself." in words
    assert "Hint 2" not in words
    assert "by itself layer" not in words
    assert "Likely mistake" not in words


def test_the_first_wrong_layer_of_a_chain_in_json(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    ended = gradcheck_command("verify", "--net", chain_in(tmp_path), "--json")
    found = json.loads(ended.out)["submission"]
    assert found["first_wrong_layer"]["layer"] == "layer 2 (Tanh)"
    assert found["first_wrong_layer"]["wrong"] == ["x"]
    assert [part["verdict"] for part in found["parts"]] == ["agree", "disagree", "agree"]


def test_a_file_of_layers_has_a_verdict_on_each(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", "--net", str(FOLDER / "layers.py"), "--sample", "9")
    assert ended.code == 3
    words = words_of(ended)
    assert words.startswith("UNDECIDED What was checked agrees, but not everything could be")
    assert "This is not a pass. Shortcut was not checked: Shortcut.backward leaves out" in words
    assert "other pieces agree" in words
    assert len(ended.out.splitlines()) <= 23
    ended = gradcheck_command(
        "verify", "--net", str(FOLDER / "layers.py"), "--sample", "9", "--details"
    )
    words = words_of(ended)
    assert "Each piece by itself" in words
    assert "Shortcut was not checked:" in words


TWO_LAYERS = """
class Half:
    def forward(self, x):
        return 0.5 * x

    def backward(self, grad):
        return 0.5 * grad


class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return 2.0 * self.x * grad
"""


def test_layers_that_all_agree(gradcheck_command: Command, tmp_path: Path) -> None:
    path = tmp_path / "layers.py"
    path.write_text(TWO_LAYERS, encoding="utf-8")
    ended = gradcheck_command("verify", "--net", str(path))
    assert ended.code == 0
    assert words_of(ended).startswith("AGREE All 2 pieces agree, each by itself.")
