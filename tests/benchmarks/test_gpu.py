"""Everything in the GPU benchmark except the clock, on a second device that is not a GPU."""

import sys
from dataclasses import replace

import pytest

from gradcheck.costs.cost_row import Measured
from gradcheck.costs.sampled_time import Timing
from gradcheck.show.text import plain_text
from nets.arrays import Place
from tests.benchmarks import gpu
from tests.benchmarks.gpu import MILLION, SMOKE, SQUARE, Bench, Partials, Pass, goals, main, tables
from tests.closeness import LIMITS
from tests.conftest import STRICT


def test_without_a_gpu_it_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)
    assert main([]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert "the device gpu needs CuPy" in written.err


def test_every_table_on_another_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def known(where: Place) -> dict[str, float]:
        assert where == STRICT
        return dict.fromkeys(LIMITS, 0.0)

    monkeypatch.setattr(gpu, "distances", known)
    monkeypatch.setattr(gpu, "installed", lambda _: False)  # PyTorch has its own devices
    plan = replace(SMOKE, passes=((4, 3, 2),), checks=((4, 3, 2),), seconds=0.001, product=8)
    text = plain_text(tables(Bench(STRICT, "cpu", replace(plan, copy=2**10))))
    assert max(map(len, text.splitlines())) <= 80
    for words in ("TFLOP/s", "64 backprop", "4-3-2", "one by one", "gradients by backprop"):
        assert words in text


def test_the_goals_are_told_where_the_run_has_measured_them() -> None:
    def took(seconds: float) -> Timing:
        return Timing.of([seconds] * 5)

    passes = [
        Pass(SQUARE, 4096, "float64", "backprop", {"ours": took(1.5), "eager": took(2.0)}),
        Pass(SQUARE, 4096, "float64", "forward", {"ours": took(1.0), "eager": took(1.0)}),
        Pass(SQUARE, 10, "float64", "backprop", {"ours": took(1.0)}),
    ]

    def measured(seconds: float, *, estimated: bool) -> Measured:
        return Measured(took(seconds), estimated)

    found = [
        Partials(MILLION, 10, measured(0.25, estimated=False), measured(50.0, estimated=True), 1.0),
        Partials(MILLION, 1, measured(0.5, estimated=False), measured(1.0, estimated=True), None),
    ]
    assert [row[2] for row in goals(passes, found)] == ["0.25 s", "200", "0.75"]
