"""The digest of a job."""

import threading

from gradcheck.cluster.job import digest_of
from tests.gradcheck.cluster.executors import Adding


def test_equal_jobs_have_one_digest_and_others_another() -> None:
    assert digest_of(Adding(1.0)) == digest_of(Adding(1.0))
    assert digest_of(Adding(1.0)) != digest_of(Adding(1.0 + 2.0**-52))


def test_a_job_that_pickle_cannot_write_has_a_digest_of_its_own() -> None:
    job = Adding(threading.Lock())  # type: ignore[arg-type]
    assert digest_of(job) != digest_of(job)
