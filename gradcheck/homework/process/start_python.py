"""Start a Python process for a student's class, with this gradcheck and no other in it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from gradcheck.homework.process.workplace import Workplace

__all__ = ["MARK", "start_python"]

# In the environment of the process and of all that it starts, unless they remove it.
MARK = "GRADCHECK_SUBMISSION"

# While our code is imported, its folder is first on the path, so no other gradcheck can be found.
# Then the folder is removed from the path. Between the two imports the supervisor splits off, so
# that it needs little memory.
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from gradcheck.homework.process.supervisor import supervise; "
    "supervise(*map(int, sys.argv[1:])); "
    "from gradcheck.homework.process.answer_questions import main; sys.path.pop(0); main()"
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


def start_python(
    folder: Path, workplace: Workplace | None, descriptors: Sequence[int], mark: str
) -> subprocess.Popen[bytes]:
    """Start ``session.main`` in a new process, with a pipe for each of its three streams.

    Args:
        folder: where it runs.
        workplace: its own folders; None for those of the user.
        descriptors: the two of ``supervise``; none on Windows.
        mark: a value of the variable ``MARK``, by which its processes can be found again.

    """
    command = [sys.executable, "-P", "-u", "-c", START, str(PACKAGES), *map(str, descriptors)]
    environment: dict[str, str] = dict(os.environ)
    if workplace is not None:
        command, environment = workplace.command(command), workplace.environment()
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**environment, **ENVIRONMENT, MARK: mark},
        pass_fds=tuple(descriptors),
        # Ctrl-C reaches our process only, which then ends this one.
        start_new_session=True,
    )
