"""Pictures inside the cells of a notebook: a notebook that is sent on its own keeps them."""

import re
from base64 import b64encode
from mimetypes import guess_type
from pathlib import Path

from nbformat import NotebookNode

__all__ = ["with_pictures"]

# A picture of this site: its description and its file.
PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>(?!\w+:)[^)\s]+)\)")


def with_pictures(cell: NotebookNode, folder: Path) -> NotebookNode:
    """The Markdown cell with the files of its pictures attached.

    Args:
        cell: its pictures are named as in the source of a page.
        folder: of that source.

    """
    for found in PICTURE.finditer(cell.source):
        file = folder / found["file"]
        kind = guess_type(file.name)[0] or "image/svg+xml"
        cell.setdefault("attachments", {})[file.name] = {
            kind: b64encode(file.read_bytes()).decode("ascii")
        }
    cell.source = PICTURE.sub(
        lambda found: f"![{found['words']}](attachment:{Path(found['file']).name})", cell.source
    )
    return cell
