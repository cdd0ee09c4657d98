"""A Chromium for the tests of pages; they are skipped where there is none."""

import sys
from collections.abc import Iterator

import pytest

from tests.browser import Browser, browser, chromium


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None or sys.platform == "win32":
        pytest.skip("there is no Chromium to open pages with")
    with browser(program, tmp_path_factory.mktemp("chromium")) as opened:
        yield opened
