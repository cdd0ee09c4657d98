"""What ``--cluster`` may name, and what is said where nothing is there. No cluster is started."""

import json
import socket
from pathlib import Path

import pytest

from gradcheck.cluster.address import (
    address_in_file,
    expect_listening,
    local_workers,
    scheduler_address,
)
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
    with pytest.raises(BadInput, match="is no cluster; give local, local:2, tcp://"):
        scheduler_address(text)


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
