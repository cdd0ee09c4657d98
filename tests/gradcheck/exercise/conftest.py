"""Exercises are checked as somebody's homework is."""

from tests.gradcheck.homework.conftest import in_this_process, time_to_look

__all__ = ["in_this_process", "time_to_look"]
