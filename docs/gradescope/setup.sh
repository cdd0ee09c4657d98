#!/usr/bin/env bash
# Gradescope runs this once, when it builds the machine of an assignment.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}

apt-get update
apt-get install -y bubblewrap python3-venv || apt-get install -y python3-venv

# The newest Python that this system has; gradcheck needs 3.11.
python=""
for each in python3.13 python3.12 python3.11 python3; do
    if ! command -v "$each" > /dev/null; then
        apt-get install -y "$each" "$each-venv" > /dev/null 2>&1 || true
    fi
    if command -v "$each" > /dev/null && "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python=$each
        break
    fi
done
if [ -z "$python" ]; then
    echo "No Python 3.11 or newer was found; choose a newer base image, such as Ubuntu 24.04" >&2
    exit 1
fi

"$python" -m venv "$root/venv"
"$root/venv/bin/pip" install --quiet "$root"/source/*.whl
