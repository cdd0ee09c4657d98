"""Which format a file is in, and which object in it is meant."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.homework.all_formats import all_formats
from gradcheck.homework.asked import Asked
from gradcheck.homework.choose_format import Opened, open_module
from gradcheck.homework.contract import Contract, NamedArray, NamedGradients, Part, PartCost
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import StudentError, Unread
from tests.gradcheck.homework.students import caller

ARRAY = NamedArray("w", np.ones(3))
PART = Part(
    "square",
    (ARRAY,),
    PartCost("sum of squares", lambda values: float(np.sum(values[0] ** 2))),
    lambda values: [NamedGradients("as it is", False, [2 * values[0]])],
)


def of(name: str, rank: int, *recognised: tuple[str, Sureness], breaks: bool = False) -> Format:
    """A format that recognises these names, or none."""

    def opened(asked: Asked, guard: object) -> Contract:
        if breaks:
            raise StudentError(f"{name} is broken")
        return Contract((PART,))

    found = [Recognised(each, sureness, opened) for each, sureness in recognised]
    return Format(name, rank, lambda module, asked: found or NotMine(f"It is not {name}", rank))


def chosen(*formats: Format, name: str | None = None, **names: object) -> Opened:
    module = StudentModule(Path("homework.py"), names or {"A": object, "B": object})
    return open_module(module, Asked(name=name), caller(), formats)


def test_the_surest_is_taken() -> None:
    found = chosen(of("one", 1, ("A", Sureness.LIKELY)), of("two", 2, ("A", Sureness.CERTAIN)))
    assert (found.name, found.format.name) == ("A", "two")
    assert found.contract.parts == (PART,)


def test_of_equally_sure_ones_the_lower_rank_is_taken() -> None:
    found = chosen(of("one", 1, ("A", Sureness.LIKELY)), of("two", 2, ("B", Sureness.LIKELY)))
    assert found.name == "A"


def test_what_does_not_work_after_all_leaves_it_to_the_next() -> None:
    broken = of("one", 1, ("A", Sureness.CERTAIN), breaks=True)
    assert chosen(broken, of("two", 2, ("A", Sureness.POSSIBLE))).format.name == "two"
    with pytest.raises(StudentError, match="one is broken"):
        chosen(broken, of("two", 2, ("B", Sureness.POSSIBLE)))


def test_a_function_that_does_not_work_leaves_it_to_other_networks_of_the_file() -> None:
    broken = of("one", 1, ("f", Sureness.LIKELY), breaks=True)
    whole = of("two", 2, ("homework", Sureness.POSSIBLE))
    assert chosen(broken, whole).format.name == "two"
    pieces = of("three", 50, ("homework", Sureness.POSSIBLE))
    with pytest.raises(StudentError, match="one is broken"):
        chosen(broken, pieces)


def test_several_that_could_be_meant_are_listed() -> None:
    both = of("one", 1, ("A", Sureness.LIKELY), ("B", Sureness.LIKELY))
    with pytest.raises(Unread) as error:
        chosen(both)
    assert error.value.line == (
        "homework.py has 2 objects that could be checked: A, B. Choose one, such as --net "
        "homework.py:A"
    )
    usual = of("one", 1, ("A", Sureness.LIKELY), ("Network", Sureness.LIKELY))
    assert chosen(usual).name == "Network"


def test_where_nothing_fits_the_nearest_says_why() -> None:
    with pytest.raises(Unread) as error:
        chosen(of("one", 1), of("two", 2))
    assert error.value.line == (
        "homework.py is in no known format; it has no class and no function. It is not two. For "
        "any other code write an adapter: --adapter FILE.py"
    )


def test_where_nothing_is_near_all_formats_are_told() -> None:
    with pytest.raises(Unread, match=r"It should have a class with backprop\(x, y\) or loss"):
        chosen(of("one", 0))


def test_what_the_user_says_comes_before_everything() -> None:
    sure, told = of("one", 1, ("A", Sureness.CERTAIN)), of("two", 2, ("A", Sureness.TOLD))
    assert chosen(sure, told).format.name == "two"
    broken = of("two", 2, ("A", Sureness.TOLD), breaks=True)
    with pytest.raises(StudentError, match="two is broken"):
        chosen(sure, broken)


def test_a_name_that_is_not_there_or_is_nothing_to_check() -> None:
    with pytest.raises(Unread, match="has no class or function C"):
        chosen(of("one", 1), name="C")
    with pytest.raises(Unread, match=r"A in homework\.py is of type int"):
        chosen(of("one", 1), name="A", A=3)


def test_every_format_has_a_name_and_a_rank_of_its_own() -> None:
    formats = all_formats()
    assert {"a class like the book's", "a class with a dict of parameters"} <= {
        each.name for each in formats
    }
    assert len({each.rank for each in formats}) == len(formats)
    assert [each.rank for each in formats] == sorted(each.rank for each in formats)


def test_every_format_says_in_a_line_what_it_needs() -> None:
    empty = StudentModule(Path("homework.py"), {})
    for each in all_formats():
        found = each.recognise(empty, Asked())
        assert isinstance(found, NotMine)
        assert found.nearness == 0
        assert found.line
        assert "\n" not in found.line
        assert not found.line.endswith(".")


def test_a_class_that_another_one_is_made_from_is_not_meant() -> None:
    base = type("Base", (), {"__module__": ""})
    own = type("Own", (base,), {"__module__": ""})
    both = of("one", 1, ("Base", Sureness.LIKELY), ("Own", Sureness.LIKELY))
    assert chosen(both, Base=base, Own=own).name == "Own"


def test_a_class_that_another_one_uses_is_not_meant() -> None:
    def made(self: object) -> object:
        return Cell()  # type: ignore[name-defined]  # noqa: F821

    cell = type("Cell", (), {"__module__": ""})
    net = type("Net", (), {"__module__": "", "__init__": made})
    both = of("one", 1, ("Cell", Sureness.LIKELY), ("Net", Sureness.LIKELY))
    assert chosen(both, Cell=cell, Net=net).name == "Net"


def test_pieces_are_checked_without_a_network_that_cannot_be_built() -> None:
    def __init__(self: object, layers: object) -> None:  # noqa: N807
        raise TypeError("no such layers")

    net = type("Net", (), {"__module__": "", "__init__": __init__})

    def built(asked: Asked, guard: object) -> Contract:
        with caller().calling("Net(3)"):
            net(3)
        return Contract((PART,))

    network = Format("one", 1, lambda *_: [Recognised("Net", Sureness.LIKELY, built)])
    pieces = of("layers", 50, ("2 layers", Sureness.LIKELY))
    found = chosen(network, pieces, Net=net)
    assert found.name == "2 layers"
    assert [(each.name, each.is_open) for each in found.contract.left_out] == [("Net", False)]
    # A network that is built, and fails later, is not left out.
    broken = of("one", 1, ("Net", Sureness.LIKELY), breaks=True)
    with pytest.raises(StudentError, match="one is broken"):
        chosen(broken, pieces, Net=net)
    with pytest.raises(StudentError, match="no such layers"):
        chosen(network, pieces, name="Net", Net=net)
