"""An adapter for code that only updates: the gradient is before minus after, over the rate."""

import numpy as np


def build(module, sizes):
    network, row, wish = module.initialize_network(*sizes), [0.3, -0.8, 0.5, 0.9], [0.0, 1.0]

    def put(layers):
        for layer, rows in zip(network, layers.values(), strict=True):
            for neuron, weights in zip(layer, rows.tolist(), strict=True):
                neuron["weights"] = weights

    def get():
        return {f"layer {k}": np.array([n["weights"] for n in layer]) for k, layer in enumerate(network, 1)}

    def cost(layers):
        put(layers)
        return module.sum_error(network, row, wish)

    def gradients(layers):
        cost(layers)
        module.backward_propagate_error(network, wish)
        module.update_weights(network, row, 0.1)
        return {name: (layers[name] - after) / 0.1 for name, after in get().items()}

    return {"arrays": get(), "cost": cost, "gradients": gradients}
