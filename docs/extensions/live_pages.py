"""Sphinx extension: the live pages that lessons have inside, written while the site is built."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from sphinx.application import Sphinx

from gradcheck.commands.page import page

# The name of each page, and what is typed after ``gradcheck page``. Lessons refer to
# ``_static/live/NAME.html#show=`` and the panels that they need.
PAGES = {
    "backprop": "--sizes 2,3,1",
    "mistake": "--sizes 3,3,2 --bug missing-activation-derivative",
}


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "live"
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in PAGES.items():
        file = folder / f"{name}.html"
        with redirect_stdout(StringIO()):
            page.main([*options.split(), "-o", str(file)], standalone_mode=False)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
