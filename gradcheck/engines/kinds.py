"""The table of engines: each measures a network's cost changes in its own way."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from gradcheck.engines.batched import Batched
from gradcheck.engines.blas_threads import one_blas_thread
from gradcheck.engines.engine import Engine, Progress
from gradcheck.engines.one_by_one import OneByOne
from nets.arrays import Array
from nets.errors import BadInput, expect_one_of, in_one_line, is_whole
from nets.network import Network

__all__ = ["ENGINES", "EngineKind", "engine_for", "engine_named"]


class Start(Protocol):
    """How an engine is started for a network and its mini-batch."""

    def __call__(
        self,
        network: Network,
        inputs: Array,
        targets: Array,
        progress: Progress | None = None,
        *,
        threads: int | None = None,
    ) -> Engine:
        """Start the engine.

        Args:
            network: whose cost it evaluates, in the dtype of its arrays.
            inputs: (n_input, batch).
            targets: (n_output, batch).
            progress: called now and then with the number of costs evaluated so far.
            threads: how many threads work; None for the engine's own choice.

        Raises:
            BadInput: the cost is not finite, or ``threads`` cannot be used.

        """
        ...


def start_one_by_one(
    network: Network,
    inputs: Array,
    targets: Array,
    progress: Progress | None = None,
    *,
    threads: int | None = None,
) -> OneByOne:
    """See ``Start``. Entries are moved in place, so only one thread can work.

    Inputs are (n_input, batch), and targets (n_output, batch).

    Raises:
        BadInput: more threads are asked for, or the cost is not finite.

    """
    if threads is not None and not (is_whole(threads) and int(threads) == 1):
        raise BadInput(
            f"threads is {in_one_line(threads)}, but the engine one-by-one works in a single "
            "thread; leave threads out, or use the engine batched"
        )
    return OneByOne.of_network(network, inputs, targets, progress)


@dataclass(frozen=True)
class EngineKind:
    """A way to measure cost changes.

    Attributes:
        name: what ``--engine`` calls it.
        start: makes the engine for a network and its mini-batch.
        full_passes: whether each cost is a forward pass from end to end, as in the book. If not,
            a check measures some entries by full passes too, and compares the two.

    """

    name: str
    start: Start
    full_passes: bool

    def at_work(self) -> AbstractContextManager[object]:
        """A context for the time of a check: BLAS leaves the cores to the engine's own threads.

        It is entered before the engine starts, since BLAS's threads stay awake for a while after
        each product.
        """
        return nullcontext() if self.full_passes else one_blas_thread()

    def reference(self, network: Network, inputs: Array, targets: Array) -> Engine | None:
        """An engine to compare this one with; None if this one makes full passes itself.

        Args:
            network: as for ``start``.
            inputs: (n_input, batch).
            targets: (n_output, batch).

        """
        return None if self.full_passes else OneByOne.of_network(network, inputs, targets)


ENGINES = {
    kind.name: kind
    for kind in (
        EngineKind("batched", Batched, full_passes=False),
        EngineKind("one-by-one", start_one_by_one, full_passes=True),
    )
}


def engine_named(name: str) -> EngineKind:
    """The engine of that name.

    Raises:
        BadInput: there is no engine of that name.

    """
    return ENGINES[expect_one_of("engine", name, ENGINES)]


def engine_for(name: str, network: Network) -> EngineKind:
    """The engine of that name, or ``one-by-one`` if that engine cannot measure this network.

    The batched engine computes the layers itself, in its own way. If a subclass of ``Network`` or
    ``DenseLayer`` has its own forward pass, only ``one-by-one`` can measure it, because it calls
    that forward pass. A subclass that has only its own backward pass costs the same as a plain
    network, so any engine can measure it.

    Args:
        name: the engine that was asked for.
        network: which is to be measured.

    Raises:
        BadInput: there is no engine of that name, or the network is no ``nets.Network``.

    """
    kind = engine_named(name)
    if not isinstance(network, Network):
        raise BadInput(
            f"the network is a {type(network).__name__}; give a nets.Network (check_gradients "
            "checks any other code)"
        )
    if kind.full_passes or network.plain() is not None:
        return kind
    return ENGINES["one-by-one"]
