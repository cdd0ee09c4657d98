"""How long something will take, rounded as a person says it."""

__all__ = ["rough_duration"]


def rough_duration(seconds: float) -> str:
    """About how long, such as ``about half a second``, ``about 20 seconds``.

    >>> [rough_duration(seconds) for seconds in (0.008, 0.4, 1.2, 7.4)]
    ['less than half a second', 'about half a second', 'about a second', 'about 7 seconds']
    >>> [rough_duration(seconds) for seconds in (37.0, 80.0, 700.0, 4000.0)]
    ['about 35 seconds', 'about a minute', 'about 12 minutes', 'about an hour']
    """
    if seconds < 0.3:
        return "less than half a second"
    if seconds < 0.75:
        return "about half a second"
    if seconds < 55.0:
        return _counted(seconds, "a second", "seconds")
    if seconds < 55.0 * 60.0:
        return _counted(seconds / 60.0, "a minute", "minutes")
    return _counted(seconds / 3600.0, "an hour", "hours")


def _counted(number: float, one: str, many: str) -> str:
    """A whole number of them; beyond 20 a multiple of 5, because it is an estimate."""
    count = max(1, round(number) if number < 20.0 else 5 * round(number / 5.0))
    return f"about {one}" if count == 1 else f"about {count:,} {many}"
