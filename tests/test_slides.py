"""The slides of the built site, in headless Chromium: each fits its frame on every projector.

As with ``tests/test_site.py``, these are skipped if there is no site or no Chromium.
"""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.browser import Browser, browser, chromium
from tests.test_site import PAGES, SITE, serving

SIZES = pytest.mark.parametrize(
    ("width", "height"), [(1280, 720), (1920, 1080)], ids=["720p", "1080p"]
)
SLIDES = 24
# What is wider or higher than the slide, or than the room that it has.
TOO_LARGE = """(() => {
  const slide = document.querySelector('section.present .frame');
  const frame = document.documentElement.getBoundingClientRect();
  const room = slide.getBoundingClientRect();
  const found = [];
  for (const each of [slide, ...slide.querySelectorAll('*')]) {
    if (each.closest('aside, mjx-assistive-mml')) continue;
    const box = each.getBoundingClientRect();
    if (box.width === 0) continue;
    const outside = box.left < room.left - 1 || box.right > room.right + 1
      || box.top < room.top - 1 || box.bottom > room.bottom + 1
      || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    const block = !each.closest('.math') && getComputedStyle(each).display !== 'inline';
    const over = block && each.clientWidth > 0
      && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
    if (outside || over) found.push(`${each.tagName} ${each.className.baseVal ?? each.className}`);
  }
  return found;
})()"""
# How much larger the live page is than its frame: to the right, and down.
LIVE_TOO_LARGE = """(() => {
  const page = document.querySelector('section.present iframe').contentDocument.documentElement;
  return [page.scrollWidth - page.clientWidth, page.scrollHeight - page.clientHeight];
})()"""
LOADED = """new Promise(done => {
  const frame = document.querySelector('section.present iframe');
  const look = () => {
    const ready = !frame || frame.contentDocument?.querySelector('.neuron');
    ready ? requestAnimationFrame(() => requestAnimationFrame(() => done(null)))
          : setTimeout(look, 20);
  };
  look();
})"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not PAGES:
        if "GRADCHECK_SITE" in os.environ:
            pytest.fail(f"no site at {SITE}")
        pytest.skip("the site is not built")
    for site in serving(SITE):
        yield f"{site}lecture/slides.html"


@pytest.fixture(scope="module")
def slides(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None or sys.platform == "win32":
        pytest.skip("there is no Chromium to open the slides with")
    with browser(program, tmp_path_factory.mktemp("chromium")) as opened:
        opened.open(address)
        yield opened


def show(slides: Browser, number: int, width: int, height: int) -> None:
    slides.resize(width, height)
    slides.evaluate(f"Reveal.slide({number}); Reveal.layout()")
    slides.evaluate(LOADED)


def test_there_are_all_slides_and_nothing_complains(slides: Browser) -> None:
    assert slides.evaluate("Reveal.getTotalSlides()") == SLIDES
    assert slides.visit.complaints == []
    assert slides.visit.failures == []


@SIZES
@pytest.mark.parametrize("number", range(SLIDES))
def test_a_slide_fits_its_frame(slides: Browser, number: int, width: int, height: int) -> None:
    show(slides, number, width, height)
    assert slides.evaluate("document.querySelectorAll('section.present').length") == 1
    assert slides.evaluate(TOO_LARGE) == []
    page = "document.documentElement"
    assert slides.evaluate(f"[{page}.scrollWidth, {page}.scrollHeight]") == [width, height]


@SIZES
def test_the_slides_fill_the_projector(slides: Browser, width: int, height: int) -> None:
    show(slides, 1, width, height)
    frame = "document.querySelector('section.present .frame').getBoundingClientRect()"
    assert slides.evaluate(f"[{frame}.width, {frame}.height]") == pytest.approx(
        [width, height], abs=2
    )


@pytest.mark.parametrize("number", range(SLIDES))
def test_pictures_are_large_and_type_can_be_read(slides: Browser, number: int) -> None:
    show(slides, number, 1280, 720)
    inside = "document.querySelector('section.present .frame')"
    heights = slides.evaluate(
        f"[...{inside}.querySelectorAll('img')].map(img => img.getBoundingClientRect().height)"
    )
    assert all(height > 250 for height in heights)
    sizes = slides.evaluate(
        f"[...{inside}.querySelectorAll('p, li, pre, h2')].filter(each => !each.closest('aside'))"
        ".map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes, default=24) >= 24


@pytest.mark.parametrize("number", range(SLIDES))
def test_each_slide_has_notes_and_its_minutes(slides: Browser, number: int) -> None:
    show(slides, number, 1280, 720)
    notes = slides.evaluate("Reveal.getSlideNotes(Reveal.getCurrentSlide())")
    assert len(notes) > 60
    assert slides.evaluate("Reveal.getCurrentSlide().dataset.timing % 60") == 0
    assert slides.evaluate("Reveal.hasPlugin('notes')")


@SIZES
@pytest.mark.parametrize("number", [5, 15, 20])
def test_the_live_page_fits_its_slide(
    slides: Browser, number: int, width: int, height: int
) -> None:
    show(slides, number, width, height)
    assert slides.evaluate(LIVE_TOO_LARGE) == [0, 0]


def test_the_live_page_fits_in_every_step(slides: Browser) -> None:
    show(slides, 15, 1280, 720)
    button = "document.querySelector('section.present iframe').contentDocument"
    for _ in range(15):
        assert slides.evaluate(LIVE_TOO_LARGE) == [0, 0]
        slides.evaluate(f"{button}.getElementById('next').click()")
        slides.evaluate(LOADED)


def test_what_does_not_fit_is_noticed(slides: Browser) -> None:
    show(slides, 3, 1280, 720)
    slides.evaluate(
        "document.querySelector('section.present .frame').insertAdjacentHTML('beforeend',"
        " '<pre class=wide>' + 'w'.repeat(200) + '</pre>'"
        " + '<p class=high style=\"flex: none; height: 900px\">high</p>')"
    )
    assert {"PRE wide", "P high"} <= set(slides.evaluate(TOO_LARGE))
    slides.evaluate("document.querySelectorAll('.wide, .high').forEach(each => each.remove())")
    assert slides.evaluate(TOO_LARGE) == []
