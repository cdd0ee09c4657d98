"""What a cell prints, on the site."""

import importlib
import importlib.util
from typing import Any

import pytest

from tests.conftest import ROOT


def pieces(*texts: str) -> list[Any]:
    """Outputs of a cell: a stream that came in these pieces, and a picture after the first."""
    nbformat = pytest.importorskip("nbformat")
    streams = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in texts]
    return [streams[0], nbformat.v4.new_output("display_data"), *streams[1:]]


def test_a_line_that_came_in_pieces_stays_a_line() -> None:
    utils = pytest.importorskip("myst_nb.core.utils")
    path = ROOT / "docs" / "extensions" / "whole_streams.py"
    found = importlib.util.spec_from_file_location("whole_streams", path)
    assert found is not None
    assert found.loader is not None
    extension = importlib.util.module_from_spec(found)
    found.loader.exec_module(extension)
    line = ("as little as", " 0.000006 %\nwould", " be noticed.\n")
    stream, picture = extension.whole_streams(pieces(*line))
    assert stream["text"] == "as little as 0.000006 %\nwould be noticed.\n"
    assert picture["output_type"] == "display_data"
    # Without the extension the line is broken; when it no longer is, remove the extension.
    assert utils.coalesce_streams(pieces(*line))[0]["text"] != stream["text"]
