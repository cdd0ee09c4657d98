"""The Python in a script and in a notebook."""

import json
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.loading.source import Source, read_source
from gradcheck.homework.student_code import Unread

CODE = "class Network:\n    pass\n"


def read(tmp_path: Path, content: str | bytes, name: str = "homework.py") -> Source:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_source(path)


def notebook(*cells: str | list[str], **more: Any) -> str:
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "# HW"}, *listed], **more})


def test_a_script_is_taken_as_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, CODE)
    assert (found.code, found.text, found.findings) == (CODE.encode(), CODE, ())


def test_a_script_may_say_its_encoding(tmp_path: Path) -> None:
    content = b"# coding: latin-1\nname = 'caf\xe9'\n"
    assert read(tmp_path, content).code == content


@pytest.mark.parametrize("begins", [b"", b"# -*- coding: utf-8 -*-\n"])
def test_a_script_of_an_older_editor_is_read_with_a_remark(tmp_path: Path, begins: bytes) -> None:
    found = read(tmp_path, begins + b"name = 'caf\xe9'  # \x80 5\r\n" + CODE.encode())
    assert found.code == found.text == f"{begins.decode()}name = 'café'  # € 5\n{CODE}"
    (finding,) = found.findings
    line = 2 if begins else 1
    assert (finding.kind, finding.text) == (
        "oddity",
        f"homework.py, line {line} is not UTF-8 (byte 0xe9). It was read as cp1252. Save it as "
        'UTF-8, or let it begin with the line "# coding: cp1252".',
    )


def test_a_script_for_python_2_is_read_with_a_remark(tmp_path: Path) -> None:
    found = read(tmp_path, "print 'a'\n")
    assert found.code == found.text == "print('a')\n"
    (finding,) = found.findings
    assert finding.text.startswith("homework.py is written for Python 2. It was read as Python 3")
    assert found.is_python_2
    assert not read(tmp_path, CODE).is_python_2


def test_so_is_a_notebook(tmp_path: Path) -> None:
    found = read(tmp_path, notebook("print 'a'", "b = 2"), "homework.ipynb")
    assert found.text == "print('a')\n\nb = 2\n"
    assert [each.text.partition(".")[0] for each in found.findings] == ["homework"]
    assert found.is_python_2


def test_the_cells_of_a_notebook_are_joined(tmp_path: Path) -> None:
    found = read(tmp_path, notebook(["a = 1\n", "b = 2"], "c = 3"), "homework.ipynb")
    assert found.code == found.text == "a = 1\nb = 2\n\nc = 3\n"


def test_a_notebook_may_begin_with_a_mark_and_have_any_name(tmp_path: Path) -> None:
    found = read(tmp_path, notebook(CODE).encode("utf-8-sig"))
    assert found.code == f"{CODE.rstrip()}\n"


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\na = 1", "pass\na = 1"),
        ("if True:\n    !pip install numpy", "if True:\n    pass"),
        ("np.dot?\na = 1", "pass\na = 1"),
        ("?np.dot", "pass"),
        ("%%time\na = 1", "pass\na = 1"),
        ("%%bash\nls", ""),
        ("a = 7 % 4", "a = 7 % 4"),
    ],
)
def test_lines_for_ipython_are_left_out(tmp_path: Path, cell: str, python: str) -> None:
    assert read(tmp_path, notebook(cell, CODE)).text == f"{python}\n\n{CODE.rstrip()}\n"


@pytest.mark.parametrize(
    ("wrong", "which"),
    [(["print 'a"], "cell 1 cannot"), (["print 'a", "a = = 1"], "cells 1, 2 cannot")],
)
def test_cells_that_are_no_python_are_left_out_and_told(
    tmp_path: Path, wrong: list[str], which: str
) -> None:
    found = read(tmp_path, notebook(*wrong, CODE))
    assert found.text.strip() == CODE.strip()
    (finding,) = found.findings
    assert finding.kind == "oddity"
    assert finding.text == (f"Of the notebook's cells with code, {which} be read as Python 3.")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "homework.py is empty; it should have a class or functions in it"),
        (b"\xef\xbb\xbf\n", "homework.py is empty; it should have a class or functions in it"),
        (" \n\n", "homework.py is empty; it should have a class or functions in it"),
        (CODE.encode("utf-16"), "homework.py is UTF-16; save it as UTF-8"),
        (b"\x89PNG\r\n\x00", "homework.py is not text; give a Python file or a notebook"),
        (
            b"%PDF-1.4\n%\xe2\xe3\n",
            "homework.py, line 2 is not UTF-8 (byte 0xe2); save the file as UTF-8",
        ),
        (
            CODE.encode() + b"name = caf\xe9!\n",
            "homework.py, line 3 is not UTF-8 (byte 0xe9); save the file as UTF-8",
        ),
        (
            b"# coding: ascii\nname = 'caf\xc3\xa9'\n",
            "homework.py, line 2 is not ASCII (byte 0xc3); save the file as UTF-8",
        ),
        (notebook(), "homework.py has no Python in its cells"),
        (notebook("print 'a"), "homework.py has no Python in its cells"),
        (
            notebook(CODE)[:-3],
            "homework.py looks like a notebook, but cannot be read as one; save it again, or as a "
            "Python file",
        ),
        (
            '{"cells": [{"cell_type": "code"}]}',
            "homework.py looks like a notebook, but cannot be read as one; save it again, or as a "
            "Python file",
        ),
    ],
)
def test_a_file_without_python_is_refused(tmp_path: Path, content: str | bytes, line: str) -> None:
    with pytest.raises(Unread) as error:
        read(tmp_path, content)
    assert error.value.line == line


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unread, match=r"^gone\.py cannot be read: No such file"):
        read_source(tmp_path / "gone.py")
