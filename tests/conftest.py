"""Fixtures that several test modules share."""

import gc
import io
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import array_api_strict
import pytest
from hypothesis import HealthCheck, settings

from gradcheck.cli import main
from nets.arrays import CPU, HostArray, Place, place
from nets.data.drawn import draw_digits
from nets.errors import BadInput

ROOT = Path(__file__).parent.parent

# Derandomised: a run can be repeated. No deadline: no test depends on the clock.
settings.register_profile(
    "reproducible",
    deadline=None,
    derandomize=True,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("reproducible")

# With one thread each, processes that run side by side do not wait for each other's threads. The
# workers of pytest-xdist and all child processes inherit this; where it is set, it is kept.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


# Tests from end to end: they start processes, read whole pages, or repeat with more cases what
# other tests show. They take several times as long as all others. `.ci/run` runs them as well.
THOROUGH = (
    "tests/benchmarks",
    "tests/gradcheck/cluster/test_dask_executor.py",
    "tests/gradcheck/commands",
    "tests/gradcheck/diagnosis/test_array_causes.py",
    "tests/gradcheck/diagnosis/test_diagnose.py",
    "tests/gradcheck/diagnosis/test_parameters_alone.py",
    "tests/gradcheck/exercise",
    "tests/gradcheck/homework/formats",
    "tests/gradcheck/homework/grading",
    "tests/gradcheck/homework/process",
    "tests/gradcheck/homework/repairs/test_repair_search.py",
    "tests/gradcheck/homework/test_beside_network.py",
    "tests/gradcheck/homework/test_check_submission.py",
    "tests/gradcheck/homework/test_differences.py",
    "tests/gradcheck/homework/test_explanation.py",
    "tests/gradcheck/homework/test_named_slopes.py",
    "tests/gradcheck/homework/test_one_output_network.py",
    "tests/gradcheck/homework/test_price.py",
    "tests/gradcheck/homework/test_repair_look.py",
    "tests/gradcheck/homework/test_second_look.py",
    "tests/gradcheck/homework/test_submission_processes.py",
    "tests/gradcheck/show/page",
    "tests/gradcheck/slopes/test_inside_domain.py",
    "tests/gradcheck/sweep/test_measure.py",
    "tests/gradcheck/test_misuse.py",
    "tests/gradcheck/verdicts/page/test_pictures.py",
    "tests/gradcheck/verdicts/test_doubted.py",
    "tests/gradcheck/verdicts/test_joined_arrays.py",
    "tests/gradcheck/verdicts/test_judged_entries.py",
    "tests/gradcheck/verdicts/test_wider_looks.py",
    "tests/test_autograder_folder.py",
    "tests/test_docs.py",
    "tests/test_format_pages.py",
    "tests/test_in_a_browser.py",
    "tests/test_in_webassembly.py",
    "tests/test_lecture.py",
    "tests/test_notebooks.py",
    "tests/test_places.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the thorough tests, before ``-m`` chooses among all."""
    for item in items:
        place_of_item = item.path.relative_to(ROOT).as_posix()
        if place_of_item.startswith(THOROUGH):
            item.add_marker("thorough")


def pytest_configure() -> None:
    """Before pytest-xdist starts its workers."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def pytest_collection_finish() -> None:
    """Keep the garbage collector off the tests themselves: they are thousands, and stay.

    Each timing and each figure collects garbage; else it would look through all of them again.
    """
    gc.collect()
    gc.freeze()


# A second device that is not the default. An array that passes silently through the host fails.
STRICT = Place(array_api_strict, array_api_strict.Device("device1"), array_api_strict.float64)


def gpu_place() -> Place:
    """The first GPU, or a skipped test."""
    try:
        return place("gpu")
    except BadInput as error:
        pytest.skip(str(error))


@pytest.fixture
def gpu() -> Place:
    """The first GPU, or a skipped test."""
    return gpu_place()


@pytest.fixture(
    params=["numpy", "array_api_strict", pytest.param("cupy", marks=pytest.mark.gpu)],
)
def where(request: pytest.FixtureRequest) -> Place:
    """Each place where arrays may be."""
    if request.param == "cupy":
        return gpu_place()
    return {"numpy": CPU, "array_api_strict": STRICT}[request.param]


@pytest.fixture(
    params=["array_api_strict", pytest.param("cupy", marks=pytest.mark.gpu)],
)
def elsewhere(request: pytest.FixtureRequest) -> Place:
    """Each place except the host."""
    return gpu_place() if request.param == "cupy" else STRICT


@cache
def _drawn(count: int, seed: int) -> tuple[HostArray, HostArray]:
    return draw_digits(count, seed)


def drawn_before(count: int, seed: int) -> tuple[HostArray, HostArray]:
    """Digits as ``draw_digits`` draws them; those of the same count and seed are copied."""
    images, labels = _drawn(count, seed)
    return images.copy("K"), labels.copy()


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def gradcheck_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Call the entry point of the command line in this process; this is quick.

    What ``verify`` times is called a few times only, and the digits of a seed are drawn once; in a
    process of its own a command does as it does for a user. However busy the machine is, no line of
    progress comes among what a command says.
    """
    monkeypatch.setattr("gradcheck.commands.output.progress.FIRST_LINE_SECONDS", math.inf)
    monkeypatch.setattr("gradcheck.commands.runs.verify_network.TIMING_SECONDS", 0.0)
    monkeypatch.setattr("nets.data.drawn.draw_digits", drawn_before)

    def call(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, written.out, written.err)

    return call


@pytest.fixture
def gradcheck_pipe(gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Call the entry point in this process, with pipes of some encoding as its streams."""

    def call(*arguments: str | Path, **environment: str) -> Outcome:
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patched:
            for name, value in environment.items():
                patched.setenv(name, value)
            # As Python opens them: what standard output cannot encode is an error.
            patched.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
            patched.setattr(sys, "stderr", io.TextIOWrapper(err, encoding, "backslashreplace"))
            with pytest.raises(SystemExit) as ended:
                main([str(argument) for argument in arguments])
            sys.stderr.flush()
            written = out.getvalue().decode(encoding), err.getvalue().decode(encoding)
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, *written)

    return call


@pytest.fixture
def gradcheck_process() -> Command:
    """Run the command line in a process of its own, as a user does."""

    def call(*arguments: str | Path, **environment: str) -> Outcome:
        ended = subprocess.run(
            [sys.executable, "-m", "gradcheck.cli", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        )
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        return Outcome(
            ended.returncode, ended.stdout.decode(encoding), ended.stderr.decode(encoding)
        )

    return call
