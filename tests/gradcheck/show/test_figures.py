"""Figures: their style, and that they are written whole or not at all."""

import base64
import re
from pathlib import Path

import pytest
from matplotlib import rcParams
from matplotlib.figure import Figure

from gradcheck.show.figures import expect_plot_file, figure_html, large_type, save_figure
from nets.errors import BadInput


def figure() -> Figure:
    with large_type():
        drawn = Figure()
        drawn.subplots().plot([1.0, 2.0], [3.0, 5.0])
    return drawn


def test_type_is_large_within_and_as_before_afterwards() -> None:
    before = rcParams["font.size"]
    with large_type():
        assert rcParams["font.size"] >= 16 > before
    assert rcParams["font.size"] == before


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".PNG"])
def test_every_format_is_written_with_its_description(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"figure{suffix}"
    save_figure(figure(), path, "what it shows")
    content = path.read_bytes()
    starts = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}
    assert content.startswith(starts[suffix.lower()])
    if suffix == ".svg":
        assert re.search(r"<title>what it shows</title>", content.decode("utf-8"))
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_figure_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        save_figure(figure(), tmp_path / name, "words")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize("name", ["figure.jpg", "figure", "missing/figure.png", "folder.svg"])
def test_a_figure_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(BadInput, match=r"give a (name|file)"):
        expect_plot_file(tmp_path / name)


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "figure.png"
    path.write_text("old", encoding="utf-8")

    class Broken:
        def savefig(self, *arguments: object, **options: object) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(BadInput, match="No space left"):
        save_figure(Broken(), path, "words")  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_figure_for_a_notebook_is_a_picture_with_an_escaped_description() -> None:
    html = figure_html(figure(), 'a "line" <script>')
    found = re.fullmatch(r'<img src="data:image/png;base64,([^"]+)" alt="([^"]*)" [^<>]*>', html)
    assert found is not None
    assert base64.b64decode(found[1]).startswith(b"\x89PNG")
    assert found[2] == "a &quot;line&quot; &lt;script&gt;"
