"""Networks too large for the memory are refused in one line, before anything is allocated."""

from dataclasses import dataclass

import pytest

from gradcheck.commands.runs import memory
from nets.errors import BadInput
from nets.shapes import parameter_count
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sizes", "1e9,1e9"), ("1000000000,1000000000", "GB of memory", "are free here")),
        (("--sizes", "99999999999,99999999999"), ("use smaller layers or a smaller batch",)),
        (("--sizes", "1e300,10"), ("GB of memory",)),
        (("--sizes", "1e308,1e308"), ("GB of memory",)),
        (("--batch-size", "1000000000000"), ("a batch of 1000000000000 needs about", "GB")),
        (("--batch-size", "9" * 4000), ("GB of memory",)),
    ],
    ids=["large", "larger", "far too large", "beyond a float", "a batch", "a batch beyond a float"],
)
def test_what_does_not_fit_is_refused(
    gradcheck_command: Command, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    for form in ((), ("--json",)):
        expect_bad_input(gradcheck_command("verify", *options, *form), *words)


@dataclass
class Free:
    """A place with so much free memory."""

    size: int

    def free_memory(self) -> int:
        return self.size


def test_the_limit_is_what_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = (1000, 800, 10)
    needed = 8 * (3 * parameter_count(sizes) + memory.NUMBERS_FOR_A_NEURON * sum(sizes) * 5)
    monkeypatch.setattr(memory, "place", {"cpu": Free(needed)}.__getitem__)
    memory.expect_memory(sizes, 5, 3)
    monkeypatch.setattr(memory, "place", {"cpu": Free(needed - 1)}.__getitem__)
    with pytest.raises(BadInput, match=r"sizes 1000,800,10 with a batch of 5 needs about 0\.0 GB"):
        memory.expect_memory(sizes, 5, 3)


def test_for_a_small_network_the_system_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(memory, "place", asked.append)
    memory.expect_memory((30, 20, 10), 5, 3)
    assert not asked


def test_a_gpu_is_asked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    free = {"cpu": Free(10**12), "gpu": Free(0)}
    monkeypatch.setattr(memory, "place", free.__getitem__)
    memory.expect_memory((3, 2), 1, 1, "cpu")
    with pytest.raises(BadInput, match=r"0\.0 GB are free on the GPU"):
        memory.expect_memory((3, 2), 1, 1, "gpu")
