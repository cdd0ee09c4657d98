"""A real Dask cluster of two worker processes: same digits, whatever dies."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

pytest.importorskip("distributed")

from gradcheck.check import check_network
from gradcheck.cluster import dask_executor, join
from gradcheck.cluster.dask_executor import DaskExecutor
from gradcheck.cluster.exchange import Exchange
from gradcheck.cluster.join import joined
from gradcheck.cluster.remote import WorkersGone
from gradcheck.engines import batched, by_pieces
from tests.gradcheck.cluster.executors import Adding, Waiting
from tests.gradcheck.engines.test_by_pieces import problem, same_digits

SIZES = [784, 40, 10]
ROOT = Path(__file__).parents[3]
ENDING_SECONDS = 240.0  # a process that has not ended by then never does


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine all of a cluster starts and ends slowly."""
    for name in ("JOIN_SECONDS", "FIRST_WORKER_SECONDS", "CLOSING_SECONDS"):
        monkeypatch.setattr(join, name, ENDING_SECONDS)


@pytest.fixture
def cluster() -> Iterator[DaskExecutor]:
    """A cluster of two processes."""
    with joined("local:2") as executor:
        yield executor


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """About two hundred pieces for the network of these tests."""
    monkeypatch.setattr(batched, "CPU_BLOCK", 2**11)
    monkeypatch.setattr(batched, "LEAST_COLUMNS", 16)
    monkeypatch.setattr(by_pieces, "PIECE_NUMBERS", 2**15)


def workers_of(executor: DaskExecutor) -> list[int]:
    """The process numbers of the workers."""
    return list(executor.client.run(os.getpid).values())


@pytest.mark.usefixtures("pieces")
def test_two_workers_compute_the_digits_of_this_process(
    cluster: DaskExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchanges: list[Exchange] = []

    def keep(executor: Any, job: Any) -> Exchange:
        exchanges.append(Exchange(executor, job))
        return exchanges[-1]

    monkeypatch.setattr(by_pieces, "Exchange", keep)
    asked = problem(SIZES)
    alone = check_network(*asked)
    assert same_digits(alone, check_network(*asked, executor=cluster))
    # The network goes to workers that lack it, and not with each piece. It goes again if the other
    # worker takes the piece that carries it, as Dask decides; and only once in all if one worker is
    # so slow that the other one does everything.
    assert 1 <= exchanges[0].jobs_sent < 100
    # The executor that Dask itself gives is as good.
    assert same_digits(alone, check_network(*asked, executor=cluster.client.get_executor()))
    # The control: another network has other digits.
    assert not same_digits(alone, check_network(*problem(SIZES, seed=1), executor=cluster))


@pytest.mark.usefixtures("pieces")
def test_a_worker_that_is_killed_loses_nothing(cluster: DaskExecutor) -> None:
    asked = problem(SIZES)
    victims = workers_of(cluster)[:1]
    killed: list[int] = []

    def kill_once(costs: int) -> None:
        if victims and costs > 10_000:  # some pieces are done, others are under way
            killed.append(victims.pop())
            os.kill(killed[0], signal.SIGKILL)

    found = check_network(*asked, executor=cluster, progress=kill_once)
    assert killed
    assert same_digits(check_network(*asked), found)


def test_one_worker_computes_the_same_as_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_pieces, "PIECE_NUMBERS", 2**17)
    asked = problem(SIZES)
    with joined("local:1") as one:
        assert same_digits(check_network(*asked), check_network(*asked, executor=one))


def test_what_runs_on_the_workers_is_told_to_stop(
    cluster: DaskExecutor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without that this test would take an hour."""

    class Interrupted(Exception):
        pass

    def interrupt() -> None:
        if any(tmp_path.iterdir()):  # a worker waits
            raise Interrupted

    monkeypatch.setattr(cluster, "expect_alive", interrupt)
    with pytest.raises(Interrupted):
        next(Exchange(cluster, Waiting(3600.0, tmp_path)).results([1.0, 2.0, 3.0, 4.0]))
    monkeypatch.undo()
    assert len(dict(Exchange(cluster, Adding(1.0)).results(map(float, range(8))))) == 8


def test_workers_that_do_not_close_are_ended() -> None:
    """What happened before is raised, not that the end took too long."""
    program = (
        "import multiprocessing, os, time, distributed\n"
        "from gradcheck.cluster.join import joined\n"
        "def endless(self, timeout=0.0):\n"
        "    for nanny in getattr(self, 'workers', {}).values():\n"
        "        nanny.status = distributed.core.Status.closing\n"
        "    raise TimeoutError\n"
        "distributed.LocalCluster.close = distributed.Client.close = endless\n"
        "def work():\n"
        "    with joined('local:2'):\n"
        "        print(len(multiprocessing.active_children()), flush=True)\n"
        "        raise KeyboardInterrupt\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        work()\n"
        "    except KeyboardInterrupt:\n"
        "        print('interrupted', flush=True)\n"
        "    while multiprocessing.active_children():\n"
        "        time.sleep(0.05)\n"
        "    print('all ended', flush=True)\n"
        "    os._exit(0)\n"  # Dask would wait at the end of Python
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=ENDING_SECONDS,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ended.stdout.decode().splitlines() == ["2", "interrupted", "all ended"]


# A cluster of its own processes, as a user starts it.


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask that is killed in the end, with all that it started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield process
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
        process.kill()
        process.wait()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """A scheduler file, the process of the scheduler, and that of its one worker."""
    file = tmp_path / "cluster.json"
    local = ("--host", "127.0.0.1", "--no-dashboard")
    with started(
        "dask_scheduler", *local, "--port", "0", "--scheduler-file", str(file)
    ) as scheduler:
        deadline = time.monotonic() + ENDING_SECONDS
        while not (file.exists() and file.read_text(encoding="utf-8").strip()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        with started("dask_worker", address, "--no-nanny", *local) as worker:
            yield file, scheduler, worker


def test_a_cluster_that_runs_is_joined_by_its_file(own_cluster: tuple[Path, Any, Any]) -> None:
    file, _, worker = own_cluster
    with joined(str(file)) as executor:
        assert dict(Exchange(executor, Adding(1.0)).results([1.0, 2.0])) == {0: 2.0, 1: 3.0}
    assert worker.poll() is None  # it is not ours to end


def test_when_all_workers_are_gone_the_work_ends_in_a_line(
    own_cluster: tuple[Path, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_executor, "GRACE_SECONDS", 1.0)
    file, _, worker = own_cluster
    with joined(str(file)) as executor:
        results = Exchange(executor, Adding(1.0)).results(map(float, range(10**6)))
        first = [next(results) for _ in range(10)]
        worker.kill()
        worker.wait()
        with pytest.raises(WorkersGone, match="no worker of the cluster has been there for"):
            list(results)
    assert len(first) == 10  # what was finished is kept


def test_when_the_scheduler_is_gone_the_work_ends_in_a_line(
    own_cluster: tuple[Path, Any, Any],
) -> None:
    file, scheduler, _ = own_cluster
    with joined(str(file)) as executor:
        results = Exchange(executor, Adding(1.0)).results(map(float, range(10**6)))
        next(results)
        scheduler.kill()
        scheduler.wait()
        with pytest.raises(WorkersGone, match="the scheduler of the cluster is gone"):
            list(results)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C of another process is POSIX's")
def test_control_c_leaves_no_process() -> None:
    program = (
        "import sys\n"
        "from gradcheck.engines import by_pieces\n"
        "from gradcheck.engines.by_pieces import ByPieces\n"
        "by_pieces.PIECE_NUMBERS = 2**17\n"
        "count = ByPieces._count\n"
        "def told(self, n):\n"
        "    count(self, n)\n"
        "    print('working', flush=True)\n"
        "ByPieces._count = told\n"
        "from gradcheck.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    sizes = "784,1000,200,10"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "verify", "--sizes", sizes, "--cluster", "local:2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        # A shell that runs tests in the background may have told its children to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"working\n"
    others = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
    _, said = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == 130, said.decode()
    lines = said.decode().splitlines()
    assert lines[-1] == "gradcheck: interrupted"
    assert all(line.startswith("gradcheck: checking: ") for line in lines[:-1])  # no traceback
    assert len(others) >= 2  # the control: there were workers
    assert psutil.wait_procs(others, timeout=ENDING_SECONDS)[1] == []
