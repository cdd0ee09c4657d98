"""The error that says that workers are gone, and what an executor must be able to do."""

from typing import Any

import pytest

from gradcheck.cluster.job import Job
from gradcheck.cluster.remote import RemoteExecutor, WorkersGone
from nets.errors import BadInput


def test_workers_that_are_gone_are_told_as_any_bad_input() -> None:
    with pytest.raises(BadInput, match="no worker"):
        raise WorkersGone("no worker is left")


def test_an_executor_that_leaves_something_out_cannot_be_made() -> None:
    class Silent(RemoteExecutor):
        def send_once(self, job: Job) -> Any:
            return job

    with pytest.raises(TypeError, match="expect_alive"):
        Silent()  # type: ignore[abstract]
