"""Files for Python 2 are read as Python 3, line by line the same."""

import importlib
import sys
from pathlib import Path

import pytest

from gradcheck.homework.loading.python_2 import (
    as_python_3,
    import_python_2,
    is_python_3,
    with_lists,
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('print "a", 1\n', 'print("a", 1)\n'),
        ("print\n", "print()\n"),
        ('print "a",\n', 'print("a", end=" ")\n'),
        ('print ("%d") % 3\n', 'print(("%d") % 3)\n'),
        ('if x: print "a"; print "b"  # why\n', 'if x: print("a"); print("b")  # why\n'),
        ('print >>sys.stderr, "a", x\n', 'print("a", x, file=sys.stderr)\n'),
        ("print >>sys.stderr\n", "print(file=sys.stderr)\n"),
        ('print "{0}".format(\n    1)\n', 'print("{0}".format(\n    1))\n'),
        ('raise ValueError, "bad"\n', 'raise ValueError( "bad")\n'),
        (
            "try:\n    pass\nexcept (KeyError, ValueError), e:\n    pass\n",
            "try:\n    pass\nexcept (KeyError, ValueError) as e:\n    pass\n",
        ),
        (
            "for k in d.iteritems(): print k, d.has_key(k)\n",
            "for k in d.items(): print(k, d.__contains__(k))\n",
        ),
        (
            "def f():\n\tprint 1\n        print 2\n",
            "def f():\n        print(1)\n        print(2)\n",
        ),
    ],
)
def test_what_is_changed(old: str, new: str) -> None:
    # The last line makes it Python 2 in any case: Python 3 reads ``print`` alone as a name.
    assert as_python_3(f'{old}print "."\n') == f'{new}print(".")\n'


def test_calls_are_left_as_they_are() -> None:
    changed = as_python_3('print("a"), 1\nprint (1, 2)\nprint "b: c", {1: 2}\n')
    assert changed == 'print(("a"), 1)\nprint (1, 2)\nprint("b: c", {1: 2})\n'


@pytest.mark.parametrize("text", ['print("a")\n', "x = d.iteritems()\n", "print = 1\n"])
def test_python_3_is_left_as_it_is(text: str) -> None:
    assert as_python_3(text) is None


@pytest.mark.parametrize("text", ["print 'a'\ndef f(:\n", "x = (1\n", "print 'a'\nx = `1`\n"])
def test_what_is_neither_stays_unread(text: str) -> None:
    assert as_python_3(text) is None
    assert not is_python_3(text)


def test_lists_where_python_3_has_iterators() -> None:
    names = with_lists()
    assert names["zip"]([1], [2]) == [(1, 2)]
    assert names["map"](abs, [-1]) == [1]
    assert names["range"](2) == [0, 1]
    assert names["len"] is len


def test_modules_for_python_2_can_be_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "of_python_2.py").write_bytes(b"VALUE = 3\r\nprint 'loaded', VALUE\r\n")
    (tmp_path / "of_no_python.py").write_text("VALUE = (\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import_python_2()
    import_python_2()  # the second time changes nothing
    assert importlib.import_module("of_python_2").VALUE == 3
    with pytest.raises(SyntaxError):
        importlib.import_module("of_no_python")
