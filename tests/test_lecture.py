"""The lecture: its minutes, its hand-outs, and the frame that turns a page into slides."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "lecture"
SLIDES = (FOLDER / "slides.md").read_text("utf-8")
PLAN = (FOLDER / "index.md").read_text("utf-8")
LENGTH = 90
# Points: smaller type is hard to read on paper.
LEAST_TYPE = 10.0
A4 = (595.28, 841.89)  # points


@pytest.fixture(scope="module")
def extensions() -> Iterator[Path]:
    folder = ROOT / "docs" / "extensions"
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def sheet(extensions: Path) -> Any:
    return importlib.import_module("five_step_sheet")


def minutes_of(source: str) -> list[int]:
    """The minutes of each slide; each heading begins one."""
    slides = re.split(r"^##? ", source, flags=re.M)[1:]
    found = [re.findall(r"^:::\{notes\} (\d+)$", slide, re.M) for slide in slides]
    assert [len(each) for each in found] == [1] * len(slides), "a slide without notes"
    return [int(each[0]) for each in found]


def plan_rows() -> list[tuple[int, int, int, int]]:
    """Of each part: the first and the last minute, the first and the last slide."""
    rows = re.findall(r"^\| (\d+) to (\d+) \|[^|]*\| (\d+) to (\d+) \|", PLAN, re.M)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in rows]


def test_the_slides_take_ninety_minutes() -> None:
    assert sum(minutes_of(SLIDES)) == LENGTH


def test_a_slide_without_notes_is_noticed() -> None:
    with pytest.raises(AssertionError, match="without notes"):
        minutes_of("# One\n\n:::{notes} 3\nSay it.\n:::\n\n## Two\n\nText.\n")


def test_the_plan_has_the_minutes_of_the_slides() -> None:
    minutes, rows = minutes_of(SLIDES), plan_rows()
    assert len(rows) == 5
    ends = [(0, 0, 0, 0), *rows]
    for (_, before, _, last), (begin, end, first, until) in zip(ends, rows, strict=False):
        assert (begin, first) == (before, last + 1)
        assert end - begin == sum(minutes[first - 1 : until])
    assert (rows[-1][1], rows[-1][3]) == (LENGTH, len(minutes))
    assert f"{len(minutes)} of them" in PLAN


def test_slides_say_little() -> None:
    """One idea a slide: few words beside the picture, the formula or the program."""
    shown = re.sub(r"^:::\{notes\}.*?^:::$", "", SLIDES, flags=re.M | re.S)
    shown = re.sub(r"^```.*?^```$|<[^>]*>|\$\$.*?\$\$", "", shown, flags=re.M | re.S)
    for slide in re.split(r"^##? ", shown, flags=re.M)[1:]:
        assert len(slide.split()) <= 40, slide


def test_the_exercises_are_those_of_the_plan(extensions: Path) -> None:
    source = (extensions / "lecture.py").read_text("utf-8")
    written = re.findall(r'"(exercise-\d\.py)": "(.*?)"', source)
    assert len(written) == 3
    asked = re.findall(r"^gradcheck exercise (--seed .*) -o homework.py$", PLAN, re.M)
    assert [options for _, options in written] == asked
    assert f"!gradcheck exercise {asked[0]} -o {written[0][0]}" in SLIDES
    for name, _ in written:
        assert f'href="{name}"' in PLAN


def test_the_sheet_is_one_page_of_a4(sheet: Any, tmp_path: Path) -> None:
    path = tmp_path / "five-steps.pdf"
    sheet.write_sheet(path)
    pdf = path.read_bytes()
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    box = re.search(rb"/MediaBox \[ ([\d. ]+) \]", pdf)
    assert box is not None
    assert [float(each) for each in box[1].split()] == pytest.approx([0, 0, *A4], abs=0.5)
    sheet.write_sheet(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == pdf


def test_the_sheet_can_be_read_and_nothing_touches(sheet: Any) -> None:
    figure = sheet.draw_sheet()
    figure.canvas.draw()
    width, height = figure.bbox.width, figure.bbox.height
    boxes = []
    for text in figure.texts:
        assert text.get_fontsize() >= LEAST_TYPE, text.get_text()
        box = text.get_window_extent()
        assert box.x0 > 0.05 * width, text.get_text()
        assert box.x1 < 0.93 * width, text.get_text()
        assert box.y0 > 0.03 * height, text.get_text()
        assert box.y1 < 0.99 * height, text.get_text()
        boxes.append((text.get_text(), box.padded(1)))
    for number, (words, box) in enumerate(boxes):
        for others, other in boxes[:number]:
            assert not box.overlaps(other), (words, others)


def test_the_sheet_has_the_steps_of_the_slides(sheet: Any) -> None:
    for number, step in enumerate(sheet.STEPS, start=1):
        assert re.search(rf"^## Step {number}: ", SLIDES, re.M)
        assert step.code in SLIDES


def test_a_page_becomes_slides_side_by_side(extensions: Path) -> None:
    pytest.importorskip("sphinx")
    lecture = importlib.import_module("lecture")
    notes = '<aside class="notes" data-minutes="{}">Say it.</aside>'
    body = (
        '<section class="tex2jax_ignore" id="a">\n<h1>A<a class="headerlink" href="#a">#</a></h1>'
        f'{notes.format(2)}\n<section id="b">\n<h2>B</h2>{notes.format(3)}\n</section>\n'
        f'<section id="c">\n<h2>C</h2>{notes.format(1)}\n</section>\n</section>\n'
    )
    slides = lecture.as_slides(body)
    assert re.findall(r'<section data-timing="(\d+)">', slides) == ["120", "180", "60"]
    assert slides.count("</section>") == 3
    assert "headerlink" not in slides
    assert re.findall(r"<h\d>(.)</h\d>", slides) == ["A", "B", "C"]
