"""A backward function: right ones pass as students write them, and what is wrong is found."""

from collections.abc import Callable
from typing import Any

import array_api_strict as xp
import numpy as np
import pytest

from gradcheck.check import check_backward
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from nets.errors import BadInput

DRAW = np.random.default_rng(0)
X, W, B = DRAW.standard_normal((5, 4)), DRAW.standard_normal((4, 3)), DRAW.standard_normal(3)
ARRAYS = {"x": X, "w": W, "b": B}


def affine_forward(x: Any, w: Any, b: Any) -> Any:
    return x @ w + b, (x, w, b)


def affine_backward(dout: Any, cache: Any) -> Any:
    x, w, _ = cache
    return dout @ w.T, x.T @ dout, dout.sum(0)


def plain_forward(x: Any, w: Any, b: Any) -> Any:
    return x @ w + b


def plain_backward(dout: Any, x: Any, w: Any, b: Any) -> Any:
    return affine_backward(dout, (x, w, b))


def batch_norm_forward(x: Any, gamma: Any, beta: Any) -> Any:
    centred = x - x.mean(0)
    root = np.sqrt((centred**2).mean(0) + 1e-5)
    return gamma * centred / root + beta, (centred / root, gamma, root)


def batch_norm_backward(dout: Any, cache: Any) -> Any:
    normal, gamma, root = cache
    d = dout * gamma
    dx = (d - d.mean(0) - normal * (d * normal).mean(0)) / root
    return dx, (dout * normal).sum(0), dout.sum(0)


def check(backward: Callable[..., Any] = affine_backward, **options: Any) -> Report:
    return check_backward(affine_forward, backward, ARRAYS, **options)


def causes(report: Report) -> dict[str, str | None]:
    found = report.diagnosis
    assert isinstance(found, ArrayDiagnosis)
    return {each.array: each.likely_cause for each in (found, *found.others)}


# Right ones


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point", "complex"])
def test_a_right_backward_passes(scheme: str) -> None:
    report = check(scheme=scheme)
    assert report.ok
    assert [array.name for array in report.arrays] == ["x", "w", "b"]
    assert report.counts["agree"] == report.checked == 35
    assert report.findings == report.remarks == ()
    assert report.to_dict()["findings"] == []


@pytest.mark.parametrize(
    "arrays", [ARRAYS, [X, W, B], (X, W, B), {"b": B, "x": X, "w": W}], ids=lambda a: str(type(a))
)
def test_without_a_cache_backward_gets_the_inputs(arrays: Any) -> None:
    def backward(dout: Any, x: Any, w: Any, b: Any) -> Any:
        dx, dw, db = plain_backward(dout, x, w, b)
        return {"dx": dx, "dw": dw, "b": db}

    report = check_backward(plain_forward, backward, arrays)
    assert report.ok
    assert sorted(array.name for array in report.arrays) == ["b", "w", "x"]


def test_names_of_a_list_come_from_forward_where_it_has_them() -> None:
    report = check_backward(lambda *a: a[0] * a[1], lambda d, *a: (d * a[1], d * a[0]), [X, X + 1])
    assert report.ok
    assert [array.name for array in report.arrays] == ["array 0", "array 1"]
    one = check_backward(lambda z: np.tanh(z), lambda d, z: d / np.cosh(z) ** 2, X)
    assert one.ok
    assert one.arrays[0].name == "z"


def test_ones_hide_what_a_random_arriving_gradient_shows() -> None:
    """Batch norm makes nearly nothing of ones, so that they pass a wrong gradient of x."""
    arrays = {"x": X, "gamma": DRAW.uniform(1, 2, 4), "beta": DRAW.standard_normal(4)}
    assert check_backward(batch_norm_forward, batch_norm_backward, arrays).ok

    def wrong(dout: Any, cache: Any) -> Any:
        dx, *others = batch_norm_backward(dout, cache)
        return -dx, *others

    report = check_backward(batch_norm_forward, wrong, arrays)
    assert causes(report) == {"x": "sign-flipped"}
    ones = check_backward(batch_norm_forward, wrong, arrays, upstream=np.ones((5, 4)))
    assert ones.verdict is not Verdict.DISAGREE


def test_the_arriving_gradient_is_seeded_or_given() -> None:
    seen: list[HostArray] = []

    def backward(dout: Any, cache: Any) -> Any:
        seen.append(np.array(dout))
        return affine_backward(dout, cache)

    firsts = []
    for options in ({}, {}, {"seed": 1}, {"upstream": np.full((5, 3), 2.0)}):
        seen.clear()
        assert check(backward, **options).ok
        firsts.append(seen[0])
    assert np.array_equal(firsts[0], firsts[1])
    assert not np.array_equal(firsts[0], firsts[2])
    assert np.array_equal(firsts[3], np.full((5, 3), 2.0))
    assert len(np.unique(firsts[0])) == 15


def test_several_outputs_each_have_an_arriving_gradient() -> None:
    def forward(x: Any, h: Any) -> Any:
        return np.sin(x) * h, np.sum(h * x, 1), (x, h)

    def backward(d_first: Any, d_second: Any, cache: Any) -> Any:
        x, h = cache
        d = d_second[:, None]
        return d_first * np.cos(x) * h + d * h, d_first * np.sin(x) + d * x

    arrays = {"x": X, "h": X + 1.0}
    assert check_backward(forward, backward, arrays).ok
    # Packed in a tuple of their own, they come packed likewise.
    assert check_backward(
        lambda x, h: (forward(x, h)[:2], (x, h)),
        lambda d, cache: backward(d[0], d[1], cache),
        arrays,
    ).ok
    # And without a cache.
    assert check_backward(
        lambda x, h: forward(x, h)[:2],
        lambda a, b, x, h: backward(a, b, (x, h)),
        arrays,
        cache=False,
    ).ok
    lost = check_backward(forward, lambda a, b, cache: backward(a, 0.0 * b, cache), arrays)
    assert set(causes(lost)) == {"x", "h"}


def test_whole_numbers_masks_and_settings_are_held_fixed() -> None:
    def forward(x: Any, y: Any, mask: Any, settings: Any) -> Any:
        return settings["scale"] * x[y] * mask

    def backward(dout: Any, x: Any, y: Any, mask: Any, settings: Any) -> Any:
        dx = np.zeros_like(x)
        np.add.at(dx, y, settings["scale"] * dout * mask)
        return dx

    arrays = {
        "x": X,
        "y": np.array([0, 2, 2]),
        "mask": DRAW.random((3, 4)) > 0.3,
        "settings": {"scale": 3},
    }
    report = check_backward(forward, backward, arrays)
    assert report.ok
    assert [array.name for array in report.arrays] == ["x"]
    (remark,) = report.remarks
    assert remark.endswith("y (int64), mask (bool), settings (dict).")
    # A gradient for each input is allowed too.
    assert check_backward(
        forward,
        lambda dout, x, y, mask, settings: (backward(dout, x, y, mask, settings), None, None, None),
        arrays,
    ).ok


def test_float32_inputs_are_checked_in_float64() -> None:
    narrow = {name: array.astype(np.float32) for name, array in ARRAYS.items()}
    assert check_backward(affine_forward, affine_backward, narrow, scheme="central").ok


def test_arrays_of_another_library() -> None:
    strict = {name: xp.asarray(array) for name, array in ARRAYS.items()}

    def backward(dout: Any, cache: Any) -> Any:
        x, w, _ = cache
        return dout @ w.T, x.T @ dout, -xp.sum(dout, axis=0)

    report = check_backward(affine_forward, backward, strict)
    assert causes(report) == {"b": "sign-flipped"}
    assert report.findings == ()


def test_an_input_without_entries_and_one_of_no_axis() -> None:
    report = check_backward(
        lambda x, scale, nothing: x * scale + nothing.sum(),
        lambda d, x, scale, nothing: (d * scale, (d * x).sum(), nothing),
        {"x": X, "scale": np.array(2.0), "nothing": np.zeros((0, 3))},
    )
    assert report.ok
    assert [array.name for array in report.arrays] == ["x", "scale"]


# Wrong ones


@pytest.mark.parametrize(
    ("which", "change", "name"),
    [
        (0, np.negative, "sign-flipped"),
        (1, lambda g: g / 5, "divided-twice"),
        (2, lambda g: g / 5, "bias-averaged"),
        (1, lambda g: 2 * g, "factor-two"),
        (0, np.zeros_like, "all-zero"),
        (1, lambda g: 3 * g, "not-divided-by-outputs"),
        (1, lambda g: g + 1.0, None),
    ],
)
def test_a_wrong_gradient_is_found_and_named(which: int, change: Any, name: str | None) -> None:
    def backward(dout: Any, cache: Any) -> Any:
        gradients = list(affine_backward(dout, cache))
        gradients[which] = change(gradients[which])
        return gradients

    report = check(backward)
    assert report.verdict is Verdict.DISAGREE
    assert causes(report) == {"xwb"[which]: name}


def changes_arriving(dout: Any, cache: Any) -> Any:
    result = affine_backward(dout.copy(), cache)
    if dout.flags.writeable:
        dout *= 2.0
    return result


def changes_cache(dout: Any, cache: Any) -> Any:
    result = affine_backward(dout, cache)
    cache[1].fill(7.0)
    return result


def memory_order(dout: Any, cache: Any) -> Any:
    return affine_backward(dout.ravel(order="K").reshape(dout.shape), cache)


def takes_the_base(dout: Any, cache: Any) -> Any:
    base = dout if dout.base is None else np.asarray(dout.base).ravel()[: dout.size]
    return affine_backward(np.resize(base, dout.shape), cache)


def changes_if_it_can(dout: Any, cache: Any) -> Any:
    own = dout.view()
    own += 0.0
    return affine_backward(own, cache)


class Adds:
    """Keeps the gradients of the call before."""

    def __init__(self) -> None:
        self.kept: Any = 0.0

    def __call__(self, dout: Any, cache: Any) -> Any:
        dx, dw, db = affine_backward(dout, cache)
        self.kept = self.kept + dw
        return dx, self.kept, db


@pytest.mark.parametrize(
    ("backward", "words"),
    [
        (changes_arriving, "backward changes its arriving gradient in place"),
        (changes_cache, "backward changes w in place"),
        (memory_order, "is not contiguous, such as a transpose"),
        (takes_the_base, "is not contiguous, such as a slice"),
        (changes_if_it_can, "backward fails if its arriving gradient is broadcast"),
        (Adds(), "backward gives another gradient of w when forward and backward are called again"),
    ],
)
def test_what_is_wrong_besides_the_numbers(backward: Any, words: str) -> None:
    report = check(backward)
    assert any(words in finding for finding in report.findings)
    assert not report.ok
    assert report.verdict is Verdict.AGREE
    assert "WRONG backward" in str(report)
    assert report.to_dict()["findings"] == list(report.findings)


def test_inputs_that_forward_and_backward_change() -> None:
    def forward(x: Any, w: Any, b: Any) -> Any:
        w += 1.0
        return affine_forward(x, w, b)

    report = check_backward(forward, affine_backward, ARRAYS)
    assert report.findings == ("forward changes w in place. Let it work on a copy.",)
    assert not report.ok

    def backward(dout: Any, x: Any, w: Any, b: Any) -> Any:
        result = plain_backward(dout, x, w, b)
        x *= 0.5
        return result

    report = check_backward(plain_forward, backward, ARRAYS)
    assert report.findings[0] == "backward changes x in place. Let it work on a copy."


def test_a_cache_of_its_own_that_is_emptied() -> None:
    def forward(x: Any) -> Any:
        return x**2, {"kept": [2.0 * x]}

    report = check_backward(forward, lambda d, cache: d * cache["kept"].pop(), {"x": X})
    assert any("changes its cache" in finding for finding in report.findings)
    assert any("a second time after the same forward" in each for each in report.findings)


def test_gradients_that_add_up_are_diagnosed() -> None:
    adds = Adds()
    adds.kept = 1.0
    assert causes(check(adds)) == {"w": "accumulated"}


# Bad input


def returning(*gradients: Any) -> Callable[..., Any]:
    """A backward that returns these, whatever arrives."""

    def backward(dout: Any, cache: Any) -> Any:
        return gradients if len(gradients) > 1 else gradients[0]

    return backward


def too_narrow(dout: Any) -> Any:
    return dout


def nothing(x: Any) -> None:
    return None


@pytest.mark.parametrize(
    ("backward", "words"),
    [
        (returning(X, W), "backward returned 2 gradients; it should return 3, for x, w, b"),
        (returning(X, W, None), "backward returned nothing for b"),
        (returning(X, W.T, B), "the gradient of w has shape (3, 4); it should be (4, 3)"),
        (returning(X, W, "no"), "the gradient of b is a str; it should be an array of shape (3,)"),
        (returning({"dx": X, "dw": W}), "backward returned nothing for b"),
        (returning(None), "backward returned 1 gradient; it should return 3"),
        (too_narrow, "backward has the parameters (dout: Any) -> Any"),
        (3, "backward is a int; give a function"),
    ],
)
def test_what_backward_must_return(backward: Any, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        check(backward)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("forward", "arrays", "options", "words"),
    [
        (affine_forward, {"x": X, "w": W}, {}, "forward has the parameters (x: Any, w: Any"),
        (affine_forward, {"x": X, "W": W, "b": B}, {}, "by name x, W, b"),
        (affine_forward, [X, W], {}, "forward has the parameters"),
        (affine_forward, 7, {}, "the arrays are a int; give a dict of arrays"),
        (affine_forward, {**ARRAYS, "b": [1.0, 2.0]}, {}, "b is a list; give an array"),
        (affine_forward, {**ARRAYS, "b": B * np.nan}, {}, "b contains NaN or infinity"),
        (affine_forward, {**ARRAYS, "b": B * 1j}, {}, "b has dtype complex128; give real numbers"),
        (lambda x: (x, x), {"x": np.arange(3)}, {}, "there is nothing to check"),
        (nothing, {"x": X}, {}, "the output of forward is None"),
        (lambda x: x, {"x": X}, {"cache": True}, "the cache for backward (say cache=False"),
        (lambda x: x + DRAW.random(), {"x": X}, {}, "differs from call to call"),
        (affine_forward, ARRAYS, {"upstream": X}, "upstream has shape (5, 4); it should be (5, 3)"),
        (affine_forward, ARRAYS, {"upstream": (X, X)}, "upstream has 2 arrays; forward has 1"),
        (5, ARRAYS, {}, "forward is a int; give a function"),
    ],
)
def test_what_cannot_be_used(forward: Any, arrays: Any, options: Any, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        check_backward(forward, affine_backward, arrays, **options)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
