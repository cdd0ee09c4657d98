"""What is shortened and what is left out where not everything fits on one screen."""

from gradcheck.show.screen import LINES, Block, fitted
from gradcheck.show.text import Part, Sentence, plain_text

HEAD, END = Sentence("AGREE all is well."), Sentence("The end.")


def lines(*texts: str) -> Sentence:
    return Sentence("\n".join(texts))


def shown(blocks: list[Block], count: int) -> list[Part]:
    return fitted([HEAD], blocks, END, plain=True, lines=count)


def test_everything_is_shown_where_there_is_room() -> None:
    one, other = Sentence("One."), Sentence("Other.")
    assert shown([Block((one,)), Block((other,))], LINES) == [HEAD, one, other, END]


def test_what_is_more_important_is_given_room_first_and_the_order_stays() -> None:
    long, short = lines("a", "b", "c", "d"), lines("a")
    low, high = Block((long, short), 1), Block((Sentence("Settings."),), 2)
    assert shown([low, high], 11)[1] == long
    assert shown([low, high], 9) == [HEAD, short, Sentence("Settings."), END]
    assert shown([low, high], 7) == [HEAD, Sentence("Settings."), END]


def test_head_and_end_are_shown_in_any_case() -> None:
    assert shown([Block((Sentence("More."),))], 1) == [HEAD, END]


def test_the_lines_are_not_exceeded() -> None:
    blocks = [Block(tuple(lines(*"x" * n) for n in range(9, 0, -1)), at % 3) for at in range(9)]
    for count in range(4, 40):
        assert len(plain_text(shown(blocks, count)).splitlines()) < count
