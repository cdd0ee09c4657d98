"""How long something takes, as a person says it."""

import pytest

from gradcheck.commands.output.durations import rough_duration


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "less than half a second"),
        (0.29, "less than half a second"),
        (0.3, "about half a second"),
        (0.74, "about half a second"),
        (0.75, "about a second"),
        (1.5, "about 2 seconds"),
        (19.4, "about 19 seconds"),
        (23.0, "about 25 seconds"),
        (54.9, "about 55 seconds"),
        (55.0, "about a minute"),
        (600.0, "about 10 minutes"),
        (3299.0, "about 55 minutes"),
        (3300.0, "about an hour"),
        (7300.0, "about 2 hours"),
        (3600.0 * 24000, "about 24,000 hours"),
    ],
)
def test_it_is_rounded_as_a_person_says_it(seconds: float, text: str) -> None:
    assert rough_duration(seconds) == text


def test_it_is_never_far_from_the_truth() -> None:
    units = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
    for tenths in range(8, 400000, 7):
        seconds = tenths / 10.0
        _, count, unit = rough_duration(seconds).split()
        said = (1 if count in ("a", "an") else int(count)) * units[unit.rstrip("s")]
        assert 0.6 < said / seconds < 1.6
