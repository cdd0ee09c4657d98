"""Stand-ins for progress bars, text in colours and compilers: they change no number."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from gradcheck.homework.loading.shown_only import compiler_function, shown
from tests.gradcheck.homework.loading.test_missing_imports import loaded

pytestmark = pytest.mark.usefixtures("in_this_process")


def test_a_progress_bar_gives_what_it_goes_through() -> None:
    bar = shown("tqdm")
    assert list(bar([3, 1], desc="epoch")) == [3, 1]
    assert list(bar(iterable=(2,))) == [2]
    assert list(shown("trange")(3)) == [0, 1, 2]
    widgets = [shown("Percentage")(), shown("Bar")(marker="-", left="[")]
    assert list(shown("ProgressBar")(widgets=widgets)(range(2))) == [0, 1]
    with bar(total=5) as opened:
        opened.update(1)
        opened.set_postfix(loss=0.5)


def test_text_in_colours_is_the_text() -> None:
    fore = shown("Fore")
    assert f"{fore.RED}cost{shown('Style').RESET_ALL}" == "cost"
    assert fore.RED + "cost" + fore.RESET == "cost"


def test_a_compiler_leaves_functions_as_they_are() -> None:
    assert compiler_function("njit")(len) is len
    assert compiler_function("jit")(nopython=True, cache=True)(len) is len
    assert compiler_function("prange") is range


@pytest.mark.skipif(
    any(map(find_spec, ("progressbar", "numba"))), reason="the modules are installed"
)
def test_a_file_that_uses_them_runs_as_it_stands(tmp_path: Path) -> None:
    source = (
        "import progressbar\nfrom numba import njit\n"
        "widgets = ['Training: ', progressbar.Percentage()]\n"
        "@njit\ndef double(x):\n    return 2 * x\n"
        "total = sum(double(n) for n in progressbar.ProgressBar(widgets=widgets)(range(4)))\n"
    )
    found = loaded(tmp_path, source)
    assert found.names["total"] == 12
    assert found.findings == ()
