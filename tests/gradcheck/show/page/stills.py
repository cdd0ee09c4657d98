"""Pictures of the live page, for lessons where JavaScript is off.

``python -m tests.gradcheck.show.page.stills`` draws them again.
"""

import base64
import tempfile
from pathlib import Path

from tests.browser import browser, chromium
from tests.conftest import ROOT
from tests.gradcheck.show.page.live_page import LivePage, options

__all__ = ["STILLS", "draw_stills"]

WIDTH = 760
# The name of the picture, the panels on it, the position in the walk, and a planted mistake.
STILLS = {
    "live-slope": ("network,weight", 0, None),
    "live-walk": ("network,walk", 8, None),
    "live-verdict": ("network,weight,mistake", 0, None),
    "live-mistake": ("network,walk,mistake", 7, "missing-activation-derivative"),
}


def draw_stills(folder: Path) -> None:
    """Write the pictures into a folder."""
    program = chromium()
    assert program is not None, "there is no Chromium"
    with tempfile.TemporaryDirectory() as place, browser(program, Path(place)) as chrome:
        for name, (parts, position, bug) in STILLS.items():
            sizes = (2, 3, 1) if bug is None else (3, 3, 2)
            asked = options(Path(place) / "page.html", *sizes, bug=bug)
            page = LivePage.open(chrome, asked, width=WIDTH)
            page.ask(f"location.hash = 'show={parts}'")
            page.ask(f"document.getElementById('steps').children[{position}].firstChild.click()")
            page.ask("window.dispatchEvent(new Event('resize'))")
            height = page.ask("document.scrollingElement.scrollHeight")
            chrome.resize(WIDTH, height)
            page.ask("null")
            picture = chrome.call("Page.captureScreenshot", format="webp", quality=60)["data"]
            (folder / f"{name}.webp").write_bytes(base64.b64decode(picture))


if __name__ == "__main__":
    draw_stills(ROOT / "docs" / "_static")
