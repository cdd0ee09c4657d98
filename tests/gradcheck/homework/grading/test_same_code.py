"""The same code is found whatever the comments, and other code is not taken for it."""

from pathlib import Path

import pytest

from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.same_code import same_code, with_same_code

CODE = "def relu(x):\n    return x * (x > 0)\n"
LAYOUT = '"""Mine."""\n\n# my own\ndef relu( x ):\n    """ReLU."""\n    return x*(x>0)  # !\n'


def others(folder: Path, files: dict[str, str | bytes]) -> dict[str, list[str]]:
    for name, text in files.items():
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return same_code(find_submissions(folder / "in")[0], [Path("given.py")])


def test_comments_and_layout_make_no_difference(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"ann.py": CODE, "ben.py": LAYOUT, "cy/homework.py": CODE}
    files["dee.py"] = CODE.replace("0", "1")
    found = others(tmp_path, {**files, "cy/given.py": "x = 1\n"})
    assert found == {
        "ann.py": ["ben.py", "cy"],
        "ben.py": ["ann.py", "cy"],
        "cy": ["ann.py", "ben.py"],
    }


def test_all_files_of_a_folder_count(tmp_path: Path) -> None:
    main = "from layers import relu\n"
    files: dict[str, str | bytes] = {f"{name}/homework.py": main for name in ("ann", "ben", "cy")}
    found = others(
        tmp_path,
        {**files, "ann/layers.py": CODE, "ben/layers.py": LAYOUT, "cy/layers.py": "relu = abs\n"},
    )
    assert found == {"ann": ["ben"], "ben": ["ann"]}


@pytest.mark.parametrize("content", ["", "# nothing yet\n", '"""Only words."""\n'])
def test_files_without_code_are_not_the_same(tmp_path: Path, content: str) -> None:
    assert others(tmp_path, {"ann.py": content, "ben.py": content}) == {}


def test_what_is_no_python_is_compared_as_it_is(tmp_path: Path) -> None:
    text = b"print 'caf\xe9'\n"
    found = others(tmp_path, {"ann.py": text, "ben.py": b"\n" + text, "cy.py": b"print 'tea'\n"})
    assert found == {"ann.py": ["ben.py"], "ben.py": ["ann.py"]}


def test_the_remark_changes_with_the_class() -> None:
    row = with_same_code(Row("a", "agree", remarks="It printed."), {"a": ["b.py", "c.py"]})
    assert row.remarks == "It printed. Its code is that of b.py, c.py, comments aside."
    again = with_same_code(row, {"a": ["c.py"]})
    assert again.remarks == "It printed. Its code is that of c.py, comments aside."
    assert with_same_code(again, {}).remarks == "It printed."
