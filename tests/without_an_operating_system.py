"""What students do in a browser, as a program: it ends with ``DONE`` if all of it works.

It is run where there are no threads, no processes and no psutil: in a Python that lacks them on
purpose (``tests/test_in_a_browser.py``), and in WebAssembly (``tests/test_in_webassembly.py``).
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np

import gradcheck
from gradcheck.cli import run_command
from gradcheck.engines.engine import flat_entries
from nets import Network, train

generator = np.random.default_rng(0)
NETWORK = Network.create([20, 8, 3], seed=0)
INPUTS, TARGETS = generator.random((20, 10)), generator.random((3, 10))


def command(line: str) -> tuple[int, str]:
    """The exit code of a command, and all that it prints."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        code = int(run_command(line.split()))
    return code, printed.getvalue()


def expect(line: str, code: int, *words: str) -> None:
    """Run a command, and compare its exit code and words that it must print."""
    found, printed = command(line)
    assert found == code, (line, found, printed)
    for word in words:
        assert word in printed, (line, word, printed)


def checks() -> None:
    """The three functions that check, with a right and a wrong gradient."""
    w = np.arange(1.0, 9.0)
    for factor in (2, 3):
        ok = gradcheck.check_gradients(lambda w: (w**2).sum(), w, factor * w).ok
        assert ok is (factor == 2)
    for engine in ("batched", "one-by-one"):
        assert gradcheck.check_network(NETWORK, INPUTS, TARGETS, engine=engine).ok
    claims = [
        array
        for layer in NETWORK.backprop(INPUTS, TARGETS)
        for array in (layer.gradient_wrt_weights, layer.gradient_wrt_biases)
    ]
    claims[0] = -claims[0]
    assert not gradcheck.check_network(NETWORK, INPUTS, TARGETS, gradients=claims).ok
    # Positions: those that NumPy draws may be wider than those that it takes.
    assert flat_entries(w, np.array([2, 0], dtype=np.int64)).tolist() == [3.0, 1.0]
    assert gradcheck.check_gradients(lambda w: (w**2).sum(), w, 2 * w, sample=3).ok


def large() -> None:
    """A check that is large enough to be shared among threads."""
    network = Network.create([60, 400, 10], seed=0)
    inputs, targets = generator.random((60, 40)), generator.random((10, 40))
    assert gradcheck.check_network(network, inputs, targets, sample=300).ok


def commands() -> None:
    """The commands on networks of our own."""
    expect("verify --sizes 20,15,5 --plain", 0, "AGREE")
    expect("verify --sizes 12,8,8,4 --bug random --seed 60 --hints 1", 1, "DISAGREE", "Hint 1")
    expect("explain --sizes 2,3,1 --weight 2,1,3 --plain", 0, "(46)")
    expect("bugs --plain", 0, "stale-activations")
    expect("bugs derivative-twice --plain", 0, "derivative-twice")
    expect("step-sweep --sizes 6,4,2 --sample 2 --plain", 0, "Why a V")
    code, printed = command("cost-compare --sizes 20,8,3 --batch-size 1 --budget 0.02 --json")
    assert code == 0, printed
    row = json.loads(printed[printed.index("{") :])["rows"][0]
    assert row["multiply_adds"]["forward"] == 20 * 8 + 8 * 3


def files(folder: Path) -> None:
    """The commands that write files, and one that needs a process."""
    homework, page = folder / "homework.py", folder / "backprop.html"
    expect(f"exercise --seed 7 -o {homework}", 0)
    compile(homework.read_text("utf-8"), "homework.py", "exec")
    expect(f"page --sizes 2,3,1 -o {page}", 0)
    assert page.stat().st_size > 10_000
    code, printed = command(f"verify --net {homework}")
    assert code == 2, printed
    assert len(printed.strip().splitlines()) == 1, printed
    assert "Traceback" not in printed


def training() -> None:
    """A small network learns, and so does that of the command."""
    _, trained = next(train(NETWORK, INPUTS, TARGETS, epochs=1, batch_size=2, eta=1.0))
    assert trained.cost(INPUTS, TARGETS) < NETWORK.cost(INPUTS, TARGETS)
    expect("train --sizes 784,8,10 --epochs 1 --batch-size 50 --check-every 1", 0, "agree")


def main() -> None:
    """Do all of it, or what is named on the command line."""
    parts: dict[str, Callable[[], None]] = {
        "checks": checks,
        "large": large,
        "commands": commands,
        "training": training,
    }
    for name in sys.argv[1:] or [*parts, "files"]:
        if name == "files":
            with tempfile.TemporaryDirectory() as folder:
                files(Path(folder))
        else:
            parts[name]()
    print("DONE")


if __name__ == "__main__":
    main()
