"""The lessons as they are written: a picture first, something to try soon, and honest times."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import ROOT, Command

LESSONS = sorted((ROOT / "docs" / "lessons").glob("*.md"))
CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
FORMULA = re.compile(r"^\$\$$.*?^\$\$$", re.M | re.S)
# What a reader does not see, or not before he unfolds it.
UNSEEN = re.compile(r"<details>.*?</details>|<div class=\"live\">.*?</div>", re.S)
ALT = re.compile(r"alt: >-\n((?:      .*\n)+)")
TIME = re.compile(
    r"^\*\*Time:\*\* (\d+) minutes to read and try, (\d+) minutes for the exercises\."
)
TRY = "> **Try it.**"
# Words before the first thing to do, and in the text that stands before the exercises.
MOST_WORDS = 900
# What a student reads, works out and tries, at an estimate.
WORDS_A_MINUTE, LINES_A_MINUTE, FORMULAS_A_MINUTE, MINUTES_TO_TRY = 100, 10, 2, 3


@dataclass(frozen=True)
class Lesson:
    """A lesson in Markdown, without its front matter."""

    text: str

    @property
    def opening(self) -> str:
        """What stands before the first heading under the title."""
        return self.text.split("\n## ")[0]

    @property
    def shown(self) -> str:
        """What a reader sees before the exercises without unfolding anything."""
        return UNSEEN.sub("", self.text.split("\n## Exercises")[0])

    @property
    def words(self) -> int:
        """In the sentences of that; formulas and cells have their own time."""
        return len(FORMULA.sub("", FENCED.sub("", self.shown)).split())

    @property
    def minutes(self) -> float:
        """How long a student needs before the exercises."""
        cells = CELL.findall(self.shown)[1:]  # the first one draws the picture
        lines = [line for cell in cells for line in cell.splitlines()[1:-1] if line.strip()]
        return (
            self.words / WORDS_A_MINUTE
            + len(lines) / LINES_A_MINUTE
            + len(FORMULA.findall(self.shown)) / FORMULAS_A_MINUTE
            + self.shown.count(TRY) * MINUTES_TO_TRY
        )

    def problems(self) -> list[str]:
        """What is missing or too long."""
        found = []
        blocks = [block for block in re.split(r"\n{2,}", self.opening.strip()) if block]
        cell = CELL.search(self.opening)
        alt = ALT.search(cell[0]) if cell else None
        if alt is None or not blocks[3].startswith("```{code-cell}"):
            found.append("no picture with words under the title, the notebook and the time")
        elif len(alt[1].split()) < 40:
            found.append("the words of the picture do not say its idea")
        if cell and not re.match(r"\n\n\*[^*]", self.opening[cell.end() :]):
            found.append("no caption in italics under the picture")
        if TRY not in self.text or len(self.text.split(TRY)[0].split()) > MOST_WORDS:
            found.append(f"nothing to try within {MOST_WORDS} words")
        if self.words > MOST_WORDS:
            found.append(f"{self.words} words before the exercises")
        time = TIME.match(blocks[2])
        if time is None:
            found.append("no time at the top")
        elif not self.minutes <= int(time[1]) < self.minutes + 10.0:
            found.append(f"{time[1]} minutes to read and try, estimated {self.minutes:.0f}")
        return found


def lesson_of(path: Path) -> Lesson:
    return Lesson(path.read_text("utf-8").split("---\n", 2)[2])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_opens_with_a_picture_and_soon_has_something_to_do(path: Path) -> None:
    assert lesson_of(path).problems() == []


def test_a_lesson_without_these_is_noticed() -> None:
    right = lesson_of(LESSONS[0]).text
    assert Lesson(right).problems() == []
    for wrong, problem in {
        right.replace("    alt: >-", "    title: >-"): "no picture",
        right.replace("\n**Time:**", "\nA sentence.\n\n**Time:**"): "no picture",
        re.sub(r"(alt: >-\n)(?: {6}.*\n)+", r"\1      A picture.\n", right): "the words of the",
        right.replace("\n*A layer", "\nA layer"): "no caption",
        right.replace(TRY, "> "): "nothing to try",
        right.replace("## One neuron", "## One neuron\n\n" + 300 * "word "): "words before the",
        right.replace("**Time:**", "**Length:**"): "no time",
        right.replace("20 minutes to read", "10 minutes to read"): "10 minutes to read",
        right.replace("20 minutes to read", "60 minutes to read"): "60 minutes to read",
    }.items():
        assert any(
            found.startswith(problem) or problem in found for found in Lesson(wrong).problems()
        )


def test_there_are_eight_lessons_and_the_readme_says_how_long_they_take() -> None:
    assert len(LESSONS) == 8
    minutes = [
        int(match[1])
        for path in LESSONS
        if (match := re.search(TIME.pattern, lesson_of(path).text, re.M))
    ]
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert f"Each takes {min(minutes)} to {max(minutes)} minutes" in readme


def test_the_picture_of_lesson_3_has_the_numbers_of_explain(gradcheck_command: Command) -> None:
    text = lesson_of(LESSONS[2]).text
    asked = "explain --sizes 2,3,1 --batch-size 1 --seed 9 --weight 2,1,3"
    assert f"`gradcheck {asked}`" in text
    told = json.loads(gradcheck_command(*asked.split(), "--json").out)
    (drawn,) = re.findall(r"inputs, targets = np\.array\((.*?)\), np\.array\((.*?)\)\n", text)
    shown = [np.asarray(json.loads(numbers)) for numbers in drawn]
    cost = next(step for step in told["steps"] if step["name"] == "cost")
    inputs = np.asarray(told["steps"][0]["terms"][-1]["values"])
    targets = np.asarray(cost["terms"][1]["values"])
    assert np.allclose(shown[0], inputs, atol=1e-8)
    assert np.array_equal(shown[1], targets)
    assert f"{told['entry']['backprop']:.5f}" in text


RECORDED = re.compile(
    r"For (?P<sizes>[\d-]+) with (?P<batch>[\d,]+|one) examples?, backprop takes "
    r"(?P<passes>[\d.]+) forward passes \((?P<paper>[\d.]+) on paper\), "
    r"(?P<backprop>[\d.]+ \ws); equation \(46\) takes (?P<one>[\d.,]+ \w?s)(?: \(estimated\))? "
    r"one by one and (?P<batched>[\d.]+ \w?s)(?: \(estimated\))? batched"
)
SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6}


def in_seconds(text: str) -> float:
    amount, unit = text.split()
    return float(amount.replace(",", "")) * SECONDS[unit]


def test_lesson_6_shows_the_recorded_run() -> None:
    """docs/costs.svg was drawn by cost-compare; its title holds the figures of that run."""
    title = re.search(r"<title>(.*?)</title>", (ROOT / "docs" / "costs.svg").read_text("utf-8"))
    assert title is not None
    rows = list(RECORDED.finditer(title[1]))
    text = lesson_of(LESSONS[5]).text
    for name, label in {"one": "one by one", "batched": "batched", "backprop": "backprop"}.items():
        drawn = re.search(rf'"(?:\(46\), )?{label}": (\[.*?\])', text)
        assert drawn is not None
        measured = [in_seconds(row[name]) for row in rows if row["batch"] == "10"]
        assert json.loads(drawn[1]) == pytest.approx(measured)
    for row in rows:
        if row["sizes"] == "784-30-10":
            microseconds = f"{1e6 * in_seconds(row['backprop']):,.0f} µs"
            batch = row["batch"].replace(",", "").replace("one", "1")
            expected = f"| {batch} | {row['paper']} | {row['passes']} | {microseconds} |"
            assert expected in text
