"""``gradcheck page`` as it is typed."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.zoo import BUGS
from nets.network import Network
from tests.conftest import Command
from tests.idx import write_digits

# Without its numbers; the limit is that of a page which anybody can send by mail.
LARGEST_PAGE = 400_000


def written(file: Path) -> dict[str, Any]:
    """The data of a page."""
    found = re.search(r'id="data">(.*?)</script>', file.read_text("utf-8"), re.S)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_page_is_written_and_said(gradcheck_command: Command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    ended = gradcheck_command("page", "-o", file)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        f"Wrote {file}: The 2-3-1 network has 13 weights and biases. Open the file in a browser.\n"
    )
    data = written(file)
    assert file.stat().st_size - len(json.dumps(data)) < LARGEST_PAGE
    assert data["bugs"] == {bug.name: bug.says for bug in BUGS.values()}


def test_the_page_begins_with_the_network_that_verify_checks(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    arguments = ("--sizes", "4,3,2", "--activation", "tanh", "--seed", "5", "--batch-size", "6")
    assert gradcheck_command("page", *arguments, "-o", file).code == 0
    data = written(file)
    assert [each["seed"] for each in data["seeds"]] == list(range(5, 13))
    first = data["seeds"][0]
    network = Network.create([4, 3, 2], activation="tanh", seed=5)
    for layer, numbers in zip(network.layers, first["layers"], strict=True):
        assert np.array_equal(layer.weights, numbers["weights"])
        assert np.array_equal(layer.biases, numbers["biases"])
    checked = json.loads(gradcheck_command("verify", *arguments, "--json").out)
    cost = network.cost(np.array(first["inputs"]), np.array(first["targets"]))
    assert checked["cost"] == pytest.approx(float(cost), rel=1e-12)


def test_the_same_options_write_the_same_page(gradcheck_command: Command, tmp_path: Path) -> None:
    for name in ("one.html", "other.html"):
        gradcheck_command("page", "--sizes", "3,3,2", "-o", tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_images_of_a_few_pixels_fit(gradcheck_command: Command, tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(0, 256, (60, 4, 4))
    write_digits(tmp_path / "digits", images=images)
    file = tmp_path / "page.html"
    ended = gradcheck_command(
        "page", "--sizes", "16,8,10", "--data", tmp_path / "digits", "-o", file
    )
    assert ended.code == 0, ended.err
    seeds = written(file)["seeds"]
    assert np.shape(seeds[0]["inputs"]) == (16, 4)
    assert seeds[0]["inputs"] == seeds[7]["inputs"]
    assert seeds[0]["layers"] != seeds[7]["layers"]


BAD = {
    "too many parameters": (("--sizes", "784,30,10"), "a live page has room for 500; use smaller"),
    "no such mistake": (("--bug", "half-mising"), "did you mean half-missing?"),
    "a mistake that the network cannot show": (
        ("--bug", "relu-derivative-one"),
        "this network cannot show the bug relu-derivative-one",
    ),
    "pixels that do not fit": (
        ("--data", "digits", "--sizes", "3,2,10"),
        "have 16 pixels, but the first layer has 3 neurons; give one of 1, 4, 16 neurons",
    ),
    "too many examples": (("--batch-size", "51"), "--batch-size"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_one_line(
    gradcheck_command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_digits(tmp_path / "digits")
    ended = gradcheck_command("page", "-o", "page.html", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
    assert ended.err.count("\n") == 1
    assert not list(tmp_path.glob("*.html"))


def test_a_file_that_cannot_be_written_is_said_before_the_work(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Network, "create", lambda *_: pytest.fail("the work has begun"))
    ended = gradcheck_command("page", "-o", "no/such/folder/page.html")
    assert ended.code == 2
    assert "cannot be written" in ended.err
