import numpy as np

rng = np.random.default_rng(0)


def init_params(layer_sizes):
    params = {}
    for i, (n, m) in enumerate(zip(layer_sizes[:-1], layer_sizes[1:]), start=1):
        params[f"W{i}"] = rng.normal(scale=np.sqrt(2 / n), size=(n, m))
        params[f"b{i}"] = np.zeros(m)
    return params


def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)


def forward_pass(params, X):
    """everything that was computed goes into one dictionary"""
    n = len(params) // 2
    values = {"A0": X}
    for i in range(1, n + 1):
        values[f"Z{i}"] = values[f"A{i-1}"] @ params[f"W{i}"] + params[f"b{i}"]
        if i < n:
            values[f"A{i}"] = np.maximum(0.01 * values[f"Z{i}"], values[f"Z{i}"])
        else:
            values[f"A{i}"] = softmax(values[f"Z{i}"])
    return values


def cross_entropy(values, Y):
    n = max(int(k[1:]) for k in values)
    return -np.sum(Y * np.log(values[f"A{n}"])) / Y.shape[0]


def backward_pass(params, values, Y):
    n = len(params) // 2
    grads = {}
    dZ = (values[f"A{n}"] - Y) / Y.shape[0]
    for i in range(n, 0, -1):
        grads[f"W{i}"] = values[f"A{i-1}"].T @ dZ
        grads[f"b{i}"] = dZ.sum(axis=0)
        if i > 1:
            dA = dZ @ params[f"W{i}"].T
            dZ = dA * np.where(values[f"Z{i-1}"] >= 0, 1, 0.01)
    return grads


def sgd(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in params}


if __name__ == "__main__":
    X = rng.normal(size=(200, 2))
    labels = (X[:, 0] * X[:, 1] > 0).astype(int)
    Y = np.eye(2)[labels]
    params = init_params([2, 32, 16, 2])
    for epoch in range(300):
        values = forward_pass(params, X)
        params = sgd(params, backward_pass(params, values, Y), 0.3)
    print("acc", (values["A3"].argmax(1) == labels).mean())
