"""Networks in which the mistakes of the zoo are planted, and where each changes something."""

from dataclasses import dataclass, fields, replace

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.drawn import previous_batch
from gradcheck.bugs.planting import Bug, layers_to_plant, wrong_backprop
from gradcheck.bugs.zoo import BUGS
from nets.arrays import Place, to_numpy
from nets.layers import LayerGradients
from nets.network import Network
from tests.gradcheck.problems import problem

__all__ = ["FIELDS", "HABITATS", "PLACES", "Habitat", "in_float32"]

# Of what a backprop returns for a layer.
FIELDS = tuple(field.name for field in fields(LayerGradients))


@dataclass(frozen=True)
class Habitat:
    """A network, a mini-batch, and the mini-batch before."""

    network: Network
    batch: MiniBatch
    previous: MiniBatch

    @classmethod
    def of(cls, *sizes: int, activation: str, cost: str, seed: int = 3) -> "Habitat":
        given = problem(*sizes, activation=activation, cost=cost, batch_size=3, seed=seed)
        batch = MiniBatch(given.inputs, given.targets)
        return cls(given.network, batch, previous_batch(batch, seed))

    def at(self, where: Place) -> "Habitat":
        """The same numbers at another place."""

        def put(batch: MiniBatch) -> MiniBatch:
            return MiniBatch(where.put(batch.inputs), where.put(batch.targets))

        network = self.network.with_parameters([where.put(a) for a in self.network.parameters])
        return Habitat(network, put(self.batch), put(self.previous))

    def right(self) -> tuple[LayerGradients, ...]:
        return self.network.backprop(self.batch.inputs, self.batch.targets)

    def with_bug(self, bug: Bug, layer: int) -> tuple[LayerGradients, ...]:
        return wrong_backprop(self.network, self.batch, bug, layer, self.previous)

    def layers_for(self, bug: Bug) -> tuple[int, ...]:
        return layers_to_plant(self.network, self.batch, bug, self.previous)


HABITATS = {
    "deep sigmoid": Habitat.of(4, 4, 4, 4, 3, activation="sigmoid", cost="quadratic"),
    "relu softmax": Habitat.of(
        5, 6, 6, 3, activation="relu", cost="fused-softmax-cross-entropy", seed=4
    ),
    "tanh cross-entropy": Habitat.of(
        3, 5, 5, 5, 2, activation="tanh", cost="fused-sigmoid-cross-entropy", seed=5
    ),
}


# Every habitat, mistake and layer in which it changes something.
PLACES = [
    (name, bug.name, layer)
    for name, habitat in HABITATS.items()
    for bug in BUGS.values()
    for layer in habitat.layers_for(bug)
]


def in_float32(gradients: tuple[LayerGradients, ...]) -> list[LayerGradients]:
    """The same, rounded to float32."""
    return [
        replace(
            layer,
            **{
                name: to_numpy(array).astype(np.float32)
                for name in FIELDS
                if (array := getattr(layer, name)) is not None
            },
        )
        for layer in gradients
    ]
