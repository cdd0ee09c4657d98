"""What software doctor finds."""

from typing import Any

import pytest

from gradcheck.commands.doctor_software import blas_libraries, packages_of, version_of


def loaded(architecture: str | None = "Haswell", **other: Any) -> dict[str, Any]:
    """A library as threadpoolctl tells of it."""
    return {
        "user_api": "blas",
        "internal_api": "openblas",
        "version": "0.3.31",
        "num_threads": 2,
        "architecture": architecture,
        **other,
    }


@pytest.mark.parametrize(
    ("library", "avx512", "better"),
    [
        (loaded(), True, "SkylakeX"),
        (loaded("Zen"), True, "SkylakeX"),
        (loaded(), False, None),
        (loaded("SkylakeX"), True, None),
        (loaded("Cooperlake"), True, None),
        (loaded(None), True, None),
        (loaded(internal_api="mkl"), True, None),
    ],
)
def test_kernels_older_than_the_processor(
    library: dict[str, Any], avx512: bool, better: str | None
) -> None:
    (blas,) = blas_libraries([library], avx512)
    assert blas.better_kernels == better


def test_what_is_no_blas_is_left_out() -> None:
    assert blas_libraries([{"user_api": "openmp", "internal_api": "openmp"}], True) == []


def test_requirements_are_read_with_their_extras() -> None:
    found = packages_of(
        [
            "numpy>=2.1",
            "cupy-cuda13x[ctk]>=14; (sys_platform != 'darwin') and extra == 'cuda13'",
            "no-such-package-at-all>=1; extra == 'test'",
            'types-psutil ; extra == "test"',
        ]
    )
    assert [(each.name, each.wanted, each.extra) for each in found] == [
        ("numpy", "numpy>=2.1", None),
        ("no-such-package-at-all", "no-such-package-at-all>=1", "test"),
        ("types-psutil", "types-psutil", "test"),
    ]
    assert found[0].version == version_of("numpy") is not None
    assert found[1].version is None
