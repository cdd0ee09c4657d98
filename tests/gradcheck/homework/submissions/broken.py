"""Nothing to be checked: what is missing, odd or raises."""

import ctypes
import os
import sys
import time

import numpy as np
from book import Network as Book


class NoBiases(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        del self.biases


class NoBackprop:
    def __init__(self, sizes):
        self.weights = [np.ones((n, m)) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.ones((n, 1)) for n in sizes[1:]]

    def feedforward(self, a):
        return a


class NoFeedforward(NoBackprop):
    feedforward = None

    def backprop(self, x, y):
        return self.biases, self.weights


class OtherConstructor(Book):
    def __init__(self, sizes, temperament, mood, zeal):
        super().__init__(sizes)


class HiddenSizeOnly:
    def __init__(self, hidden):
        self.weights = [np.zeros((hidden, 784))]


class OtherSizes(Book):
    def __init__(self, sizes):
        super().__init__([784, 30, 10])


class Strings(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.weights = ["w1", "w2"]


class NaNWeights(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.weights[0][0, 0] = np.nan


class ReturnsNone(Book):
    def backprop(self, x, y):
        super().backprop(x, y)


class ReturnsThree(Book):
    def backprop(self, x, y):
        return (*super().backprop(x, y), 0.5)


class WrongShapes(Book):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return nabla_b, [w.T for w in nabla_w[:1]] + nabla_w[1:]


class OneArgument(Book):
    def backprop(self, data):
        return super().backprop(*data)


class Raises(Book):
    def backprop(self, x, y):
        return self.helper(x)

    def helper(self, x):
        return np.ones((3, 4)) @ np.ones((5, 6))


class Deep(Book):
    def backprop(self, x, y):
        return self.backprop(x, y)


class RaisesInCost(Book):
    def cost(self, a, y):
        raise RuntimeError("not yet written\nat all")


class ComputesWithCopies(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.layers = [(w.copy(), b.copy()) for w, b in zip(self.weights, self.biases)]

    def feedforward(self, a):
        for w, b in self.layers:
            a = 1 / (1 + np.exp(-(w @ a + b)))
        return a


class CostIsNone(Book):
    def cost(self, a, y):
        np.sum((a - y) ** 2)


class CostIsNaN(Book):
    def cost(self, a, y):
        return float("nan")


class Dropout(Book):
    def feedforward(self, a):
        return super().feedforward(a) * np.random.rand()


class SysExit(Book):
    def backprop(self, x, y):
        sys.exit("done")


class OsExit(Book):
    def backprop(self, x, y):
        os._exit(0)


class ForksAndExits(Book):
    """Leaves behind a process that nobody waits for."""

    def backprop(self, x, y):
        if os.fork() == 0:
            time.sleep(600)
        os._exit(3)


class Crashes(Book):
    def backprop(self, x, y):
        ctypes.string_at(0)


class Endless(Book):
    def backprop(self, x, y):
        while True:
            pass


class EndlessInCost(Book):
    calls = 0

    def cost(self, a, y):
        self.calls += 1
        while self.calls > 200:
            time.sleep(0.01)
        return 0.5 * np.sum((a - y) ** 2)


class ExitsInCost(EndlessInCost):
    def cost(self, a, y):
        self.calls += 1
        if self.calls > 200:
            os._exit(7)
        return 0.5 * np.sum((a - y) ** 2)


class Hog(Book):
    def backprop(self, x, y):
        return [np.ones(10**9) for _ in range(100)]


class SlowHog(Book):
    """Holds more and more, a little at a time, for a parent that watches."""

    def backprop(self, x, y):
        held = []
        while True:
            held.append(np.ones(10**6))
            time.sleep(0.001)


class PrintsMegabytes(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        sys.stdout.write("spam and eggs " * 300_000)
        sys.stderr.write("\x1b[31m\udce9 \u2603 done")


class AsksForInput(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.name = input("your name? ")


class WritesEverywhere(Book):
    """Writes rubbish to every file descriptor that it can find."""

    def backprop(self, x, y):
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, b"rubbish\n")
            except OSError:
                continue
        return super().backprop(x, y)


class DeletesItself(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        if os.path.exists(__file__):
            os.remove(__file__)

    def backprop(self, x, y):
        raise ValueError("still here")


NotAClass = 7


class Forks(Book):
    """Two processes go on from here."""

    forked = False

    def __init__(self, sizes):
        if not Forks.forked:
            Forks.forked = True
            os.fork()
        super().__init__(sizes)


class LeavesAProcess(Book):
    """Dies, and what it has left behind holds its pipes open."""

    def backprop(self, x, y):
        if os.fork() == 0:
            os.setsid()
            time.sleep(3600)
            os._exit(0)
        time.sleep(0.2)
        os._exit(4)


class ReplacesFunctionsOfNumPy(Book):
    def __init__(self, sizes):
        super().__init__(sizes)
        np.stack = lambda *given, **more: np.zeros(1)


class HogsAlone(Book):
    """One process with 30 MB."""

    processes = 1

    def backprop(self, x, y):
        for _ in range(self.processes):
            reading, writing = os.pipe()
            if os.fork() == 0:
                kept = b"x" * 30_000_000
                os.write(writing, b"1")
                time.sleep(600)
            os.read(reading, 1)
        if self.processes:
            time.sleep(1)
        type(self).processes = 0
        return super().backprop(x, y)


class HogsTogether(HogsAlone):
    """Three processes with 30 MB each, which is 90 MB in all."""

    processes = 3
