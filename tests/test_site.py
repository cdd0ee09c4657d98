"""The built site, opened in headless Chromium with the network off.

``sphinx-build -W docs docs/_build/html`` builds the site; this takes a minute. These tests are
skipped if the site has not been built, or if there is no Chromium. If GRADCHECK_SITE is set, as in
.ci/run, a missing site is a failure.
"""

import functools
import os
import re
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from tests.browser import Browser, browser, chromium
from tests.conftest import ROOT

SITE = Path(os.environ.get("GRADCHECK_SITE", ROOT / "docs" / "_build" / "html")).absolute()
PAGES = (
    sorted(
        path.relative_to(SITE).as_posix()
        for path in SITE.rglob("*.html")
        if not path.is_relative_to(SITE / "_static")
    )
    if SITE.is_dir()
    else []
)
LESSONS = sorted((ROOT / "docs" / "lessons").glob("*.md"))
WIDE, LAPTOP, PHONE = (1440, 900), (1280, 800), (390, 844)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Write nothing."""


def serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    if not PAGES:
        if "GRADCHECK_SITE" in os.environ:
            pytest.fail(f"no site at {SITE}")
        pytest.skip("the site is not built")
    yield from serving(SITE)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None or sys.platform == "win32":
        pytest.skip("there is no Chromium to open the site with")
    with browser(program, tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.mark.parametrize("path", PAGES or ["index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_needs_nothing_from_elsewhere(
    site: str, page: Browser, path: str, scheme: str
) -> None:
    page.call(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
    )
    page.resize(*WIDE)
    visit = page.open(site + path)
    assert visit.failures == []
    assert visit.complaints == []
    elsewhere = [url for url in visit.requests if not url.startswith((site, "data:"))]
    assert elsewhere == []


@pytest.mark.parametrize("path", PAGES or ["index.html"])
def test_formulas_are_typeset(site: str, page: Browser, path: str) -> None:
    page.open(site + path)
    formulas = page.evaluate("document.querySelectorAll('.math').length")
    typeset = page.evaluate(
        "[...document.querySelectorAll('.math')]"
        ".filter(formula => formula.querySelector('mjx-container svg path')).length"
    )
    assert typeset == formulas
    assert page.evaluate("document.querySelectorAll('[data-mml-node=merror]').length") == 0
    prose = page.evaluate(
        "[...document.querySelectorAll('article :is(p, li, td, th, dd)')]"
        ".filter(element => element.querySelector('pre') === null)"
        ".map(element => element.innerText).join('\\n')"
    )
    # Formulas and tables that were not recognised leave their signs in the text.
    assert not re.search(r"\$[^$\n]+\$|\\\(|\\\[|\| -|^\| ", prose, re.M)
    if "lessons" in path:
        assert formulas > 0


@pytest.mark.parametrize("path", PAGES or ["index.html"])
def test_pictures_have_words(site: str, page: Browser, path: str) -> None:
    page.open(site + path)
    alternatives = page.evaluate(
        "[...document.querySelectorAll('article img')].map(img => [img.alt, img.naturalWidth])"
    )
    for words, width in alternatives:
        assert len(words) > 15, "a picture without words"
        assert not words.endswith(".png"), "a file's name says nothing"
        assert width > 0, "a picture that does not show"


@pytest.mark.parametrize("path", PAGES or ["index.html"])
def test_a_telephone_scrolls_down_and_not_sideways(site: str, page: Browser, path: str) -> None:
    page.resize(*PHONE)
    page.open(site + path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("path", PAGES or ["index.html"])
def test_links_within_the_site_lead_somewhere(site: str, page: Browser, path: str) -> None:
    page.open(site + path)
    for link in page.evaluate("[...document.links].map(link => link.getAttribute('href'))"):
        target, anchor = urldefrag(urljoin(site + path, link))
        if not target.startswith(site):
            continue
        file = SITE / unquote(target.removeprefix(site))
        assert file.is_file() or (file / "index.html").is_file(), link
        # The addresses of slides, #/3, are made by reveal.js.
        if anchor and file.suffix == ".html" and not anchor.startswith("/"):
            assert f'id="{unquote(anchor)}"' in file.read_text("utf-8"), link


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_a_lesson_opens_with_its_picture(
    site: str, page: Browser, lesson: Path, size: tuple[int, int]
) -> None:
    page.resize(*size)
    page.open(f"{site}lessons/{lesson.stem}.html")
    top, bottom, right, words, first_heading = page.evaluate(
        "(() => { const picture = document.querySelector('article img');"
        " const box = picture.getBoundingClientRect();"
        " return [box.top, box.bottom, box.right, picture.alt,"
        " document.querySelector('article h2').getBoundingClientRect().top]; })()"
    )
    assert len(words.split()) >= 40
    assert top < size[1] / 2, "the picture begins in the first half of the screen"
    assert bottom < first_heading
    assert right <= size[0]


@pytest.mark.parametrize("path", PAGES or ["index.html"])
def test_no_command_is_cut_off(site: str, page: Browser, path: str) -> None:
    page.resize(*LAPTOP)
    page.open(site + path)
    cut_off = page.evaluate(
        "[...document.querySelectorAll('article .highlight-none pre')]"
        ".filter(block => block.scrollWidth > block.clientWidth + 1)"
        ".map(block => block.innerText)"
    )
    assert cut_off == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_opens_as_a_notebook(site: str, lesson: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    page = (SITE / "lessons" / f"{lesson.stem}.html").read_text("utf-8")
    wheels = re.findall(r'href="([^"]+\.whl)"', page)
    assert len(wheels) == 1
    assert (SITE / "lessons" / wheels[0]).is_file()
    notebook = nbformat.read(SITE / "lessons" / f"{lesson.stem}.ipynb", as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    # The cells of answers are text in their folds; the first cell installs.
    in_pages = re.sub(r"<details>.*?</details>", "", lesson.read_text("utf-8"), flags=re.S)
    assert len(cells) == 1 + in_pages.count("```{code-cell}")
    assert list((SITE / "lessons").glob("gradcheck-*.whl"))
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for only_here in ("<a class", ".md)", "{dropdown}", "{code-cell}", "{term}", ":::", "<iframe"):
        assert only_here not in text
    assert text.count("<details>") == text.count("</details>")
    assert "It prints:" in text or "![What the code draws]" in text


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_ends_with_exercises_whose_answers_fold_out(
    site: str, page: Browser, lesson: Path
) -> None:
    page.open(f"{site}lessons/{lesson.stem}.html")
    assert page.evaluate("document.querySelectorAll('#exercises details').length") in (2, 3)
    assert page.evaluate("document.querySelectorAll('#exercises details[open]').length") == 0
    # The cells of an answer are inside its fold, so they are hidden until it is opened.
    assert page.evaluate(
        "[...document.querySelectorAll('#exercises .cell')]"
        ".every(cell => cell.closest('details') !== null)"
    )


def load_live_page(page: Browser, address: str) -> None:
    """Open a lesson and wait for the page inside it, which loads when it comes into sight."""
    page.open(address)
    page.evaluate(
        "new Promise(done => { const frame = document.querySelector('.live iframe');"
        " frame.addEventListener('load', done); frame.loading = 'eager'; frame.scrollIntoView();"
        " if (frame.contentDocument.querySelector('.neuron')) done(); })"
    )


LIVE = {
    "2-slope": ["network", "weight"],
    "3-backprop": ["network", "walk"],
    "4-verdict": ["network", "weight", "mistake"],
    "5-find-the-bug": ["network", "walk", "mistake"],
}


@pytest.mark.parametrize(("lesson", "parts"), LIVE.items(), ids=LIVE)
def test_a_lesson_has_a_live_page_inside(
    site: str, page: Browser, lesson: str, parts: list[str]
) -> None:
    page.resize(*WIDE)
    load_live_page(page, f"{site}lessons/{lesson}.html")
    inside = "document.querySelector('.live iframe').contentDocument"
    assert page.evaluate(f"{inside}.querySelectorAll('.neuron').length") > 5
    shown = f"[...{inside}.querySelectorAll('.panel')].filter(panel => !panel.hidden)"
    found = page.evaluate(f"{shown}.map(panel => panel.dataset.part)")
    assert sorted(found) == sorted(parts)
    assert page.visit.complaints == []
    still = re.search(r'<noscript>.*?<img src="(.*?)" alt=', page_source(lesson), re.S)
    assert still is not None
    assert (SITE / "lessons" / still[1]).is_file()


def test_a_live_page_has_the_colours_of_the_lesson(site: str, page: Browser) -> None:
    load_live_page(page, f"{site}lessons/3-backprop.html")
    for theme in ("dark", "light"):
        page.evaluate(f"document.body.dataset.theme = '{theme}'")
        inside = "document.querySelector('.live iframe').contentDocument.documentElement"
        assert page.evaluate(f"Promise.resolve().then(() => {inside}.dataset.theme)") == theme


def page_source(lesson: str) -> str:
    return (SITE / "lessons" / f"{lesson}.html").read_text("utf-8")


def test_a_broken_page_is_noticed(page: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><link rel=icon href=data:,><script src=https://example.org/x.js></script>"
        "<img src=missing.png><script>console.error('oh')</script><script>oh()</script>",
        encoding="utf-8",
    )
    for address in serving(tmp_path):
        visit = page.open(f"{address}index.html")
        assert "https://example.org/x.js" in visit.requests
        assert any("ERR_NAME_NOT_RESOLVED" in failure for failure in visit.failures)
        assert any("404" in failure for failure in visit.failures)
        assert any("oh" in complaint for complaint in visit.complaints)
        assert any("Uncaught" in complaint for complaint in visit.complaints)


def test_options_on_the_page_of_commands_have_two_hyphens(site: str) -> None:
    """Sphinx writes a dash where a text that is no code has two hyphens."""
    page = (SITE / "commands.html").read_text("utf-8")
    assert "--hints" in page
    assert re.findall(r"\N{EN DASH}[a-z][a-z-]+", page) == []
