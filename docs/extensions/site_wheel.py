"""The wheel of gradcheck that lies beside the notebooks: their first cell installs it.

A wheel is a zip file of the packages and of three files about them. It is written here, because
the usual tools would ask the network for the program that builds it.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["wheel_name", "write_wheel"]

PACKAGES = ("gradcheck", "nets")
WHEEL = "Wheel-Version: 1.0\nGenerator: gradcheck-docs\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# The date of all files in it, so that the same sources give the same wheel.
DATE = (2020, 1, 1, 0, 0, 0)


def wheel_name() -> str:
    """The name of the file."""
    return f"gradcheck-{distribution('gradcheck').version}-py3-none-any.whl"


def write_wheel(root: Path, folder: Path) -> Path:
    """Write the wheel of this version into a folder.

    Args:
        root: the folder with the packages.
        folder: where to write it.

    Returns:
        The path of the wheel.

    """
    about = distribution("gradcheck")
    info = f"gradcheck-{about.version}.dist-info"
    content = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for package in PACKAGES
        for path in sorted((root / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name in ("METADATA", "entry_points.txt"):
        content[f"{info}/{name}"] = (about.read_text(name) or "").encode()
    content[f"{info}/WHEEL"] = WHEEL.encode()
    rows = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in content.items()]
    content[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
    path = folder / wheel_name()
    with ZipFile(path, "w") as wheel:
        for name, data in content.items():
            entry = ZipInfo(name, DATE)
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, data, ZIP_DEFLATED)
    return path


def _digest(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
