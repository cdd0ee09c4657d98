"""Guesses and oddities are told apart by their kind."""

from gradcheck.homework.finding import GUESS, ODDITY, Finding, guess, oddity


def test_the_kinds() -> None:
    assert guess("It takes columns.") == Finding(GUESS, "It takes columns.")
    assert oddity("It prints.") == Finding(ODDITY, "It prints.")
    assert guess("It prints.") != oddity("It prints.")
