"""JavaScript modules put together into one."""

import pytest

from gradcheck.show.page.modules import one_module


def together(first: str, **files: str) -> str:
    return one_module(first, lambda name: files[name.removesuffix(".js")])


def test_a_module_stands_behind_what_it_imports_and_only_once() -> None:
    text = together(
        "a.js",
        a='import { b } from "./b.js";\nimport {\n  c,\n} from "./c.js";\nb(c);\n',
        b='import { c } from "./c.js";\nexport function b() {}\n',
        c="export const c = 1;\n",
    )
    assert [line for line in text.splitlines() if line and not line.startswith("//")] == [
        "const c = 1;",
        "function b() {}",
        "b(c);",
    ]


BAD = {
    "a circle": (
        {"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'},
        "circle",
    ),
    "one name twice": (
        {"a": 'import { b } from "./b.js";\nconst x = 1;\n', "b": "const x = 2;\n"},
        "x is in b.js and in a.js",
    ),
    "a default": ({"a": 'import b from "./b.js";\n'}, "write otherwise"),
    "another name": ({"a": 'import { b as c } from "./b.js";\n'}, "write otherwise"),
    "an export in the end": ({"a": "const a = 1;\nexport { a };\n"}, "write otherwise"),
}


@pytest.mark.parametrize(("files", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_put_together_is_refused(files: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        together("a.js", **files)
