"""Pairs of functions: each is a part; right ones pass as they stand, wrong ones are found out."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

PAIRS = FOLDER / "layer_pairs.py"
TEXT = PAIRS.read_text(encoding="utf-8")
AFFINE = """
def affine_forward(x, w, b):
    return x @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
"""


def check(path: Path, name: str | None = None, **given: object) -> SubmissionReport:
    return check_submission(Submission(path, name, **given))  # type: ignore[arg-type]


def written(folder: Path, text: str) -> Path:
    path = folder / "homework.py"
    path.write_text("import numpy as np\n" + text, encoding="utf-8")
    return path


def wrong_in(part: PartReport) -> set[str]:
    return {each.name for each in part.report.arrays if each.counts["disagree"]}


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for part in found.parts for each in part.findings)


def test_each_pair_of_a_file_is_a_part_that_agrees() -> None:
    found = check(PAIRS)
    assert found.word == "agree", [(p.name, p.report.verdict.word) for p in found.parts]
    assert found.format == "pairs of functions"
    assert found.name == ""
    assert not found.left_out
    parts = {part.name: [array.name for array in part.report.arrays] for part in found.parts}
    assert parts == {
        "forward_affine": ["inputs", "matrix", "offset"],
        "relu": ["x"],
        "sigmoid": ["Z"],
        "tanh": ["x"],
        "linear_forward": ["A", "W", "b"],
        "softplus": ["x"],
        "logistic": ["x"],
        "scale_forward": ["x", "gamma", "beta"],
        "dense_forward": ["x", "w", "b"],
        "dropout_forward": ["x"],
        "word_embedding_forward": ["W"],
        "rnn_cell_forward": ["xt", "a_prev", "Wax", "Waa", "ba"],
        "conv_forward": ["A_prev", "W", "b"],
        "max_pool_forward": ["x"],
        "svm_loss_naive": ["W"],
        "temporal_softmax_loss": ["x"],
        "mse": ["y_pred"],
    }
    assert "rnn_cell_backward returns no gradient of Wya, by." in texts(found)
    assert "linear_backward divides the gradients of the parameters by the number of examp" in (
        texts(found)
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "wrong"),
    [
        ("backward_affine", "dout @ matrix.T).r", "dout @ abs(matrix.T)).r", {"inputs"}),
        ("backward_affine", "dout.sum(axis=0)", "dout[0]", {"offset"}),
        ("drelu", "dout * (x > 0)", "dout * (dout > 0)", {"x"}),
        ("sigmoid", "dA * s * (1 - s)", "dA * s", {"Z"}),
        ("tanh", "dout * (1 - out**2)", "dout * (1 - out)", {"x"}),
        ("linear_backward", "keepdims=True) / m", "keepdims=True)", {"W"}),
        ("linear_backward", "W.T @ dZ", "W.T @ dZ / m", {"A"}),
        (
            "softplus_prime",
            "1 / (1 + np.exp(-x))\n\n\ndef logistic(",
            "x\n\n\ndef logistic(",
            {"x"},
        ),
        ("logistic_derivative", "a * (1 - a)", "1 - a", {"x"}),
        ("scale", "np.sum(dout * x, axis=0)", "np.sum(dout, axis=0)", {"gamma"}),
        ("dense", "grad.sum(axis=0)", "grad.mean(axis=0)", {"b"}),
        ("dropout", "return dout * mask / keep_prob", "return dout * mask", {"x"}),
        ("word_embedding", "np.add.at(dW, x, dout)", "dW[x] += dout", {"W"}),
        ("rnn_cell", '["Waa"].T @ dz', '["Waa"] @ dz', {"a_prev"}),
        ("conv", "d_padded[:, rows, columns] +=", "d_padded[:, rows, columns] =", {"A_prev"}),
        ("max_pool", "mask * dout", "dout", {"x"}),
        ("svm_loss_naive", "2 * reg * W", "reg * W", {"W"}),
        ("temporal_softmax_loss", "return loss, dx * mask[:, :, None]", "return loss, dx", {"x"}),
        ("mse", "2 * (y_pred - y) / y.size", "2 * (y_pred - y)", {"y_pred"}),
    ],
)
def test_a_wrong_pair_is_found_out(
    tmp_path: Path, name: str, before: str, after: str, wrong: set[str]
) -> None:
    assert TEXT.count(before) == 1 or name == "linear_backward"
    found = check(written(tmp_path, TEXT.replace(before, after)), name)
    assert found.word == "disagree", (found.failure, found.findings)
    assert wrong_in(found.parts[0]) == wrong
    assert len(found.parts) == 1


def test_a_loss_that_is_right_for_one_output_alone_is_undecided(tmp_path: Path) -> None:
    source = TEXT.replace("2 * (y_pred - y) / y.size", "2 * (y_pred - y) / len(y)")
    found = check(written(tmp_path, source), "mse")
    assert found.word == "undecided", found.failure
    assert [each.name for each in found.left_out] == ["mse with several outputs"]


def test_what_is_not_done_yet_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    text = (
        AFFINE
        + """
def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    dx = None
    # your code here
    return dx


def conv_forward(x, w, b, conv_param):
    pass


def conv_backward(dout, cache):
    raise NotImplementedError


def tanh_forward(x):
    return np.tanh(x), x


def tanh_backward(dout, cache):
    raise NotImplementedError("later")


def softmax_loss(x, y):
    loss, dx = 0.0, np.zeros_like(x)
    return loss, dx
"""
    )
    found = check(written(tmp_path, text))
    assert found.word == "agree"
    assert [part.name for part in found.parts] == ["affine_forward"]
    assert [(each.name, each.line) for each in found.left_out] == [
        ("relu_forward", "it is not done yet (relu_backward returned None)"),
        ("conv_forward", "it is not done yet (conv_forward returned None)"),
        ("tanh_forward", "it is not done yet (tanh_backward raised NotImplementedError)"),
        ("softmax_loss", "it is not done yet (softmax_loss always returns the same loss, and "
         "gradients of 0)"),
    ]  # fmt: skip
    assert found.to_dict()["left_out"][0]["name"] == "relu_forward"
    alone = check(written(tmp_path, text), "relu_backward")
    assert alone.word == "failed"
    assert alone.failure == "relu_forward is not done yet: relu_backward returned None"


def test_a_backward_that_fails_leaves_the_file_undecided(tmp_path: Path) -> None:
    broken = AFFINE.replace("x.T @ dout, dout", "x @ dout, dout").replace("affine", "linear")
    found = check(written(tmp_path, AFFINE + broken))
    assert found.word == "undecided"
    assert found.parts[0].report.verdict is Verdict.AGREE
    assert "linear_backward(...) raised ValueError: matmul" in found.left_out[0].line
    wrong = AFFINE.replace("dout.sum(axis=0)", "dout[0]")
    assert check(written(tmp_path, wrong + broken)).word == "disagree"


UNKNOWN = """

def mix_forward(gizmo, thing):
    return np.einsum("abc,cd->abd", gizmo, thing), (gizmo, thing)


def mix_backward(dout, cache):
    gizmo, thing = cache
    return dout @ thing.T, np.einsum("abc,abd->cd", gizmo, dout)
"""


def test_a_pair_of_unknown_shapes_leaves_the_file_undecided(tmp_path: Path) -> None:
    found = check(written(tmp_path, AFFINE + UNKNOWN))
    assert {part.report.verdict for part in found.parts} == {Verdict.AGREE}
    assert [(each.name, each.is_open) for each in found.left_out] == [("mix_forward", True)]
    assert found.word == "undecided"


def test_pooling_that_is_right_without_overlap_only_does_not_pass(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.replace("dx[there] += mask", "dx[there] = mask"))
    found = check(path, "max_pool_forward")
    assert found.word == "undecided"
    assert found.parts[0].report.verdict is Verdict.AGREE
    assert "right where the windows do not overlap, and wrong where they do" in (
        found.left_out[0].line
    )


def test_changes_in_place_are_said_with_the_names_of_the_functions(tmp_path: Path) -> None:
    text = """
def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    dout[cache <= 0] = 0
    return dout
"""
    sentence = (
        "relu_backward changes its arriving gradient in place. Other code may still need it: let "
        "backward work on a copy."
    )
    path = written(tmp_path, text)
    found = check(path)
    assert found.word == "agree"  # its numbers are right
    assert sentence in texts(found)
    strict = check_submission(Submission(path, None), strict=True)
    assert strict.report is not None
    assert strict.report.findings[0] == sentence
    assert strict.word == "disagree"
    copied = text.replace("dout[cache", "dout = dout.copy()\n    dout[cache")
    assert (
        check_submission(Submission(written(tmp_path, copied), None), strict=True).word == "agree"
    )


def test_shapes_for_functions_of_other_names(tmp_path: Path) -> None:
    text = """
def bilinear_forward(left, middle, right, c):
    half = left @ middle
    return (half * right).sum(axis=1) + left @ c, (left, middle, right, c, half)


def bilinear_backward(up, memory):
    left, middle, right, c, half = memory
    u = up[:, None]
    return u * (right @ middle.T + c), left.T @ (u * right), u * half, left.T @ up
"""
    path = written(tmp_path, text)
    shapes = {"left": (4, 5), "middle": (5, 3), "right": (4, 3), "c": (5,)}
    assert check(path, shapes=shapes).word == "agree"
    refused = check(path)
    assert refused.failure == (
        "bilinear_forward cannot be checked: no shapes are known that suit "
        "bilinear_forward(left, middle, right, c); give them, such as --arrays "
        "left=4x5,middle=5,right=5,c=5. With the shapes that were tried, bilinear_forward(...) "
        "raised ValueError: operands could not be broadcast together with shapes (4,3) (5,3)"
    )
    wrong = {**shapes, "c": (4,)}
    assert "bilinear_forward(...) raised ValueError" in check(path, shapes=wrong).failure
    path.write_text(path.read_text().replace("+ c), left", "), left"))
    assert wrong_in(check(path, shapes=shapes).parts[0]) == {"left"}


def test_gradients_of_a_wrong_shape_or_number_are_told(tmp_path: Path) -> None:
    text = AFFINE.replace("x.T @ dout", "dout.T @ x")
    assert "affine_backward returned shape (5, 6); it should be (6, 5)" in (
        check(written(tmp_path, text)).failure
    )
    flat = AFFINE.replace("x @ w + b, (x", "x @ w + b.reshape(5), (x")
    found = check(written(tmp_path, flat.replace("axis=0)", "axis=0, keepdims=True)")))
    assert found.word == "agree"
    few = AFFINE.replace("return dout @ w.T, x.T @ dout, dout", "return dout @ w.T, dout")
    found = check(written(tmp_path, few))
    assert "affine_backward returns no gradient of w." in texts(found)
    many = AFFINE.replace("return dout @ w.T", "return dout, dout @ w.T")
    assert "affine_backward returned 4 arrays" in check(written(tmp_path, many)).failure


def test_a_derivative_of_a_function_that_mixes_its_entries_is_not_judged(tmp_path: Path) -> None:
    text = """
def softmax(x):
    e = np.exp(x)
    return e / e.sum()


def softmax_prime(x):
    return softmax(x) * (1 - softmax(x))
"""
    found = check(written(tmp_path, text))
    assert found.word == "failed"
    assert "softmax_prime gets no arriving gradient" in found.failure


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("def affine_forward(x, w, b):\n    return x @ w + b\n", "affine_forward has no backward"),
        ("def affine_backward(dout, cache):\n    return dout\n", "affine_backward has no forward"),
        ("def f(x):\n    return x\n", "homework.py is in no known format; it has the function f"),
        (AFFINE + "\ndef train(x):\n    return x\n", "choose one, such as --net homework.py:affi"),
    ],
)
def test_what_is_no_pair_is_refused_in_a_line(tmp_path: Path, text: str, line: str) -> None:
    found = check(written(tmp_path, text))
    assert found.is_unread
    assert line in found.failure


def test_a_network_beside_an_activation_is_not_passed_by_it(tmp_path: Path) -> None:
    text = """
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))
"""
    assert check(written(tmp_path, text)).word == "agree"
    loop = text + "\nfor epoch in range(2):\n    weights = sigmoid_prime(np.ones(3))\n"
    assert check(written(tmp_path, loop)).is_unread
    klass = text + "\nclass Net:\n    def learn(self):\n        return sigmoid_prime(1.0)\n"
    assert check(written(tmp_path, klass)).is_unread
    assert check(written(tmp_path, klass), "sigmoid_prime").word == "agree"


POOLING = """
def pool_forward(A, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    m, height, width, channels = A.shape
    out = np.zeros((m, (height - f) // stride + 1, (width - f) // stride + 1, channels))
    for h in range(out.shape[1]):
        for w in range(out.shape[2]):
            window = A[:, h * stride : h * stride + f, w * stride : w * stride + f]
            if mode == "max":
                out[:, h, w] = window.max(axis=(1, 2))
            elif mode == "average":
                out[:, h, w] = window.mean(axis=(1, 2))
    return out, (A, hparameters)


def pool_backward(dA, cache, mode="max"):
    A, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros_like(A)
    for h in range(dA.shape[1]):
        for w in range(dA.shape[2]):
            there = np.s_[:, h * stride : h * stride + f, w * stride : w * stride + f]
            arriving = dA[:, h : h + 1, w : w + 1]
            if mode == "max":
                dA_prev[there] += arriving * (A[there] == A[there].max((1, 2), keepdims=True))
            elif mode == "average":
                dA_prev[there] += arriving / f**2 * np.ones_like(A[there])
    return dA_prev
"""


def test_each_mode_of_a_function_is_a_part(tmp_path: Path) -> None:
    found = check(written(tmp_path, POOLING))
    assert found.word == "agree"
    assert [part.name for part in found.parts] == ["pool_forward", "pool_forward, mode='average'"]
    wrong = check(written(tmp_path, POOLING.replace("arriving / f**2", "arriving / f")))
    assert wrong.word == "disagree"
    assert [wrong_in(part) for part in wrong.parts] == [set(), {"A"}]


def test_windows_with_a_stride_of_their_own_are_checked(tmp_path: Path) -> None:
    own = "A[:, h : h + f, w : w + f]"
    text = POOLING.replace("(A[there] == A[there].max", f"({own} == {own}.max")
    found = check(written(tmp_path, text))
    assert found.word == "disagree"
    assert [wrong_in(part) for part in found.parts] == [{"A"}, set()]


BLOCK = """
def init_params(width, hidden):
    rng = np.random.default_rng(0)
    return {"heads": 2, "W1": rng.normal(size=(width, hidden)), "b1": np.zeros(hidden)}


def layer_norm(x, g, b):
    deviation = np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5)
    normed = (x - x.mean(axis=-1, keepdims=True)) / deviation
    return normed * g + b, (normed, deviation, g)


def layer_norm_grad(dy, cache):
    normed, deviation, g = cache
    grads = {"g": (dy * normed).sum(axis=0), "b": dy.sum(axis=0)}
    d = dy * g
    means = d.mean(axis=-1, keepdims=True), (d * normed).mean(axis=-1, keepdims=True)
    return (d - means[0] - normed * means[1]) / deviation, grads


def feed_forward(x, p):
    hidden = np.tanh(x @ p["W1"] + p["b1"]) * p["heads"]
    return hidden @ p["W2"] + p["b2"], (x, hidden, p)


def feed_forward_grad(dy, cache):
    x, hidden, p = cache
    dz = dy @ p["W2"].T * (p["heads"] - hidden**2 / p["heads"])
    grads = {"W2": hidden.T @ dy, "b2": dy.sum(axis=0), "W1": x.T @ dz, "b1": dz.sum(axis=0)}
    return dz @ p["W1"].T, grads
"""


def test_parameters_in_a_dict_are_known_by_their_keys(tmp_path: Path) -> None:
    found = check(written(tmp_path, BLOCK))
    assert found.word == "agree", found.failure
    parts = {part.name: [array.name for array in part.report.arrays] for part in found.parts}
    assert parts == {"layer_norm": ["x", "g", "b"], "feed_forward": ["x", "W1", "b1", "W2", "b2"]}
    wrong = check(written(tmp_path, BLOCK.replace("x.T @ dz,", "-x.T @ dz,")))
    assert wrong.word == "disagree"
    assert wrong_in(wrong.parts[1]) == {"W1"}


def test_layers_beside_a_function_that_may_be_a_network_are_not_read(tmp_path: Path) -> None:
    network = "\n\ndef learn(x, p):\n    return feed_forward(x, p)[0] - x\n"
    assert check(written(tmp_path, BLOCK + network)).is_unread


RESHAPED = """
def maxpool_forward(x, pool_param):
    k = pool_param["size"]
    n, c, h, w = x.shape
    windows = x.reshape(n, c, h // k, k, w // k, k)
    out = windows.max(axis=(3, 5))
    return out, (windows == out[:, :, :, None, :, None], x.shape)


def maxpool_backward(dout, cache):
    chosen, shape = cache
    return (chosen * dout[:, :, :, None, :, None]).reshape(shape)
"""


def test_settings_of_other_names_are_read_from_the_source(tmp_path: Path) -> None:
    assert check(written(tmp_path, RESHAPED)).word == "agree"
    wrong = RESHAPED.replace("chosen * dout", "chosen / 2 * dout")
    assert check(written(tmp_path, wrong)).word == "disagree"
    unknown = check(written(tmp_path, RESHAPED.replace('"size"', '"quirk"')))
    assert unknown.word not in ("agree", "disagree")
