"""Start a Python process for a student's class, with this gradcheck and no other in it."""

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["start_python"]

# While our code is imported, its folder is first on the path: no other gradcheck can be found. Then
# the folder is removed from the path.
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from gradcheck.homework.process.session import main; sys.path.pop(0); main()"
)
PACKAGES = Path(__file__).parents[3]
# One thread for each matrix product, no window for a figure, the same order of sets every time.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8:backslashreplace",
}


def start_python(folder: Path) -> subprocess.Popen[bytes]:
    """Start ``session.main`` in a new process, with a pipe for each of its three streams.

    Args:
        folder: where it runs.

    """
    return subprocess.Popen(
        [sys.executable, "-P", "-u", "-c", START, str(PACKAGES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        # Ctrl-C reaches our process only, which then ends this one.
        start_new_session=True,
    )
