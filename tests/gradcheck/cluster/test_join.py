"""What ``--cluster`` may name, and what is said where nothing is there. No cluster is started."""

import builtins
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gradcheck.cluster.join import (
    INSTALL,
    address_in_file,
    expect_listening,
    expect_workers,
    joined,
    local_workers,
)
from gradcheck.cluster.versions import versions_here
from nets.errors import BadInput


@pytest.mark.parametrize("text", ["local:0", "local:x", "local:", "local:-1", "local:99999"])
def test_numbers_of_workers_that_make_no_sense(text: str) -> None:
    with pytest.raises(BadInput, match=r"give a number from 1 to 1,024, such as local:2"):
        local_workers(text)


def test_local_without_a_number_is_one_worker_a_core() -> None:
    assert local_workers("local") >= 1
    assert local_workers("local:3") == 3
    assert local_workers("cluster.json") == 0


@pytest.mark.parametrize("text", ["nowhere", "", "cluster.toml"])
def test_what_is_no_cluster(text: str) -> None:
    with pytest.raises(BadInput, match="is no cluster; give local, local:2, tcp://"), joined(text):
        pass


@pytest.mark.parametrize("text", ["tcp://host", "tcp://:8786", "http://host:80", "tcp://host:x"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(BadInput, match="is no address of a scheduler; give one like"):
        expect_listening(text)


def test_a_scheduler_that_does_not_answer() -> None:
    with socket.socket() as taken:  # bound, but it does not listen
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(BadInput, match=f"no scheduler answers at {address}"):
            expect_listening(address)


def test_one_that_listens_passes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        expect_listening(f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_the_address_in_a_scheduler_file(tmp_path: Path) -> None:
    file = tmp_path / "cluster.json"
    file.write_text(json.dumps({"address": "tcp://host:8786"}), encoding="utf-8")
    assert address_in_file(file) == "tcp://host:8786"
    for wrong in ("", "[]", '{"type": "Scheduler"}'):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadInput, match="is no scheduler file of Dask"):
            address_in_file(file)
    with pytest.raises(BadInput, match="cannot be read"):
        address_in_file(tmp_path / "other.json")


def test_nothing_of_dask_is_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys\n"
        "from gradcheck.cluster.join import joined\n"
        "from gradcheck.cli import main\n"
        "try:\n"
        "    main(['verify', '--sizes', '4,3'])\n"
        "except SystemExit as end:\n"
        "    assert end.code == 0\n"
        "found = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not found & {'dask', 'distributed', 'tornado', 'msgpack'}, found\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()


def test_without_dask_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] in ("dask", "distributed"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput) as caught, joined("local:2"):
        pass
    assert INSTALL in str(caught.value)
    assert "\n" not in str(caught.value)


class FakeClient:
    """A client of a cluster with one worker, which has some versions or cannot be asked."""

    def __init__(self, found: Any, workers: int = 1) -> None:
        self.found, self.workers = found, workers

    def wait_for_workers(self, count: int, timeout: float) -> None:
        if self.workers < count:
            raise TimeoutError

    def run(self, function: Any, on_error: str) -> dict[str, Any]:
        return {"tcp://host:1": self.found}


def test_workers_with_the_same_versions_pass() -> None:
    expect_workers(FakeClient(versions_here()), "local:1")


@pytest.mark.parametrize(
    ("client", "message"),
    [
        (FakeClient({**versions_here(), "Python": "2.7"}), r"worker tcp://host:1 has Python 2\.7"),
        (FakeClient(ModuleNotFoundError("No module named 'gradcheck'")), "cannot run gradcheck"),
        (FakeClient({}, workers=0), "the cluster local:1 has no worker after 20 seconds"),
    ],
)
def test_workers_that_cannot_be_used(client: FakeClient, message: str) -> None:
    with pytest.raises(BadInput, match=message) as caught:
        expect_workers(client, "local:1")
    assert "\n" not in str(caught.value)
