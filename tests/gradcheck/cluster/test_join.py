"""What is said where a cluster cannot be joined. No cluster is started."""

import builtins
import subprocess
import sys
from typing import Any

import pytest

from gradcheck.cluster.join import INSTALL, expect_workers, joined
from gradcheck.cluster.versions import versions_here
from nets.errors import BadInput


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
