"""Versions of a worker, compared with ours."""

import pytest

from gradcheck.cluster.versions import expect_same, versions_here
from nets.errors import BadInput


def test_equal_versions_pass() -> None:
    expect_same("host:1", versions_here())


@pytest.mark.parametrize("name", ["Python", "NumPy", "distributed", "gradcheck"])
def test_any_other_version_is_named_with_both_values(name: str) -> None:
    theirs = {**versions_here(), name: "0.0"}
    with pytest.raises(BadInput, match=rf"host:1 has {name} 0\.0, but here it is \S"):
        expect_same("host:1", theirs)


def test_a_version_that_is_missing_is_refused() -> None:
    theirs = versions_here()
    del theirs["gradcheck"]
    with pytest.raises(BadInput, match="has gradcheck none"):
        expect_same("host:1", theirs)
