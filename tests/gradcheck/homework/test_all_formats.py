"""All formats are found, and each has a rank of its own."""

from gradcheck.homework.all_formats import all_formats


def test_formats_come_in_the_order_of_their_ranks() -> None:
    ranks = [each.rank for each in all_formats()]
    assert ranks == sorted(ranks)
    assert len({each.name for each in all_formats()}) == len(ranks) >= 9
    assert all_formats()[-1].name == "whatever an adapter reads"
